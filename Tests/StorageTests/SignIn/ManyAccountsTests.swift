import Engine
import Protocol
import Testing

@testable import Storage

@Suite("100,000 accounts with sign-ins")
struct ManyAccountsTests {
    private static let count: UInt64 = 100_000

    @Test("are ready in under a second, and a used token is found among theirs without a search")
    func start() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        for first in stride(from: UInt64(1), through: Self.count, by: 5_000) {
            let numbers = first..<first + 5_000
            try database.commit(numbers.map { .account(account($0)) })
            for generation in 0...1 {
                try database.commit(numbers.map { .session(signIn($0, generation: generation)) })
            }
            database.maintain()
        }
        database.close()

        let clock = ContinuousClock()
        let began = clock.now
        let again = try Database(directory: scratch.path)
        let state = try again.recoverSmall()
        let took = began.duration(to: clock.now)
        #expect(state.accounts.count == Int(Self.count))
        #expect(state.sessions.count == Int(Self.count))
        #expect(state.sessions.allSatisfy { $0 == signIn($0.account.rawValue, generation: 1) })
        #expect(took < .seconds(1), "ready in \(took)")
        print("\(Self.count) accounts with sign-ins: ready in \(took)")

        let searched = clock.now
        for number in stride(from: UInt64(1), through: Self.count, by: 100) {
            let record = signIn(number, generation: 0)
            #expect(again.session(ofHash: record.refreshHash) == record.id)
        }
        // A search through the table would take ten times as long.
        #expect(searched.duration(to: clock.now) < .seconds(1))
        again.close()
    }

    /// A sign-in whose id and hash lie scattered as real ones do.
    private func signIn(_ number: UInt64, generation: Int) -> SessionRecord {
        var record = session(number, of: number, generation: generation)
        let scattered = number &* 0x9e37_79b9_7f4a_7c15
        func hash(_ generation: Int) -> [UInt8] {
            (0..<32).map {
                UInt8(truncatingIfNeeded: scattered >> UInt64($0 % 8 * 8)) ^ UInt8(generation + $0 / 8)
            }
        }
        record.id = Identifier(rawValue: scattered)
        record.refreshHash = hash(generation)
        record.previousHash = generation > 0 ? hash(generation - 1) : nil
        return record
    }
}
