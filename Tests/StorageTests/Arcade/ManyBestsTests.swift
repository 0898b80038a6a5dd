import Engine
import Game
import Protocol
import Testing

@testable import Storage

@Suite("100,000 best runs")
struct ManyBestsTests {
    private static let count: UInt64 = 100_000

    @Test(
        "are ready in under a second with their accounts, and ranked in another, however many runs there were"
    )
    func start() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        for first in stride(from: UInt64(1), through: Self.count, by: 5_000) {
            let numbers = first..<first + 5_000
            try database.commit(
                numbers.map { .account(account($0)) } + numbers.map { .score(best($0, run: 0)) }
                    + numbers.map { .score(best($0, run: 1)) })
            database.maintain()
        }
        database.close()

        let clock = ContinuousClock()
        let began = clock.now
        let again = try Database(directory: scratch.path)
        let state = try again.recoverSmall()
        let took = began.duration(to: clock.now)
        #expect(state.bests.count == Int(Self.count))
        #expect(took < .seconds(1), "ready in \(took)")
        print("\(Self.count) best runs with their accounts: ready in \(took)")

        // Handed over best first: in another order each would move half of the others.
        let ranked = clock.now
        var book = BestBook()
        for best in state.bests { book.put(best.game, account: best.account, score: best.score) }
        #expect(ranked.duration(to: clock.now) < .seconds(1))
        let last = try #require(state.bests.last)
        #expect(book.rank(of: last.score + 1, for: last.account, in: .steps) == Int(Self.count))

        let searched = clock.now
        guard case .leaderboard(let board) = again.answer(.leaderboard(.arcade(.steps), sinceMs: 0)) else {
            Issue.record("the query failed")
            return
        }
        let answered = searched.duration(to: clock.now)
        #expect(board.map(\.score) == state.bests.prefix(Limits.maxBoardEntries).map(\.score))
        // A search through 200,000 scores would take twenty times as long.
        #expect(answered < .milliseconds(20), "answered in \(answered)")
        again.close()
    }

    /// One of two runs of an account, the other a second slower; their times lie scattered as real ones do.
    private func best(_ number: UInt64, run: Int) -> ScoreRecord {
        let scattered = number &* 0x9e37_79b9_7f4a_7c15
        return ScoreRecord(
            board: .arcade(.steps), account: Identifier(rawValue: number),
            score: 10_000 + Int(scattered >> 40) % 600_000 + (run == Int(number % 2) ? 0 : 1_000),
            source: Identifier(rawValue: scattered &+ UInt64(run)), atMs: Int64(number))
    }
}
