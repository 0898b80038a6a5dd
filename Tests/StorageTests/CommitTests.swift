import Engine
import Protocol
import Testing

@testable import Storage

@Suite("A commit")
struct CommitTests {
    @Test("of every kind of record comes back at the next start as it was")
    func roundTrips() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let highest = AccountRecord(
            id: Identifier(rawValue: .max), name: "Zoë 🎨", publicKey: [UInt8](repeating: 255, count: 32),
            createdAtMs: 77)
        let session = SessionRecord(
            id: Identifier(rawValue: 1 << 63), account: highest.id,
            refreshHash: [UInt8](repeating: 9, count: 32),
            generation: 3, refreshedAtMs: 800_000, expiresAtMs: 900_000)
        let undo = ChangeRecord(version: 2, cell: 5, color: 0, account: highest.id, atMs: 12, undoes: 1)
        try database.commit([
            .account(highest), .session(session), change(1), snapshot(at: 1, size: .small()), .change(undo),
        ])
        database.close()
        let again = try Database(directory: scratch.path)
        let state = try again.recoverSmall()
        #expect(state.accounts.contains(highest))
        #expect(state.accounts.count == 4)
        #expect(state.sessions == [session])
        #expect(state.tail == [undo])
        #expect(state.snapshot?.version == 1)
        #expect(state.version == 2)
        again.close()
    }

    @Test("with one record that contradicts the store keeps none of them, and no commit follows")
    func isAtomic() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        try database.commit([change(1)])
        let fault = try #require(throws: StorageFault.self) {
            try database.commit([change(2), .account(account(9)), change(1)])
        }
        #expect(fault != .full)
        #expect(throws: fault) { try database.commit([change(2)]) }
        database.close()
        let again = try Database(directory: scratch.path)
        let state = try again.recoverSmall()
        #expect(state.version == 1)
        #expect(state.accounts.count == 3)
        again.close()
    }

    @Test("of an account or a session written again replaces it")
    func replaces() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        var player = account(1)
        player.name = "renamed"
        try database.commit([.account(player), .session(session(40))])
        try database.commit([.session(session(40, generation: 1))])
        let state = try database.recoverSmall()
        #expect(state.accounts.contains(player))
        #expect(state.sessions == [session(40, generation: 1)])
        database.close()
    }

    @Test("leaves how long it took to be read")
    func measures() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        try database.commit([change(1)])
        #expect(database.lastCommitUs > 0)
        database.close()
    }
}
