import Engine
import Protocol
import Testing

@testable import Storage

@Suite("A record of who plays")
struct SignInRecordTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Commits the lists in turn, each twice, and starts anew.
    private func recover(after commits: [Record]...) throws -> RecoveredState {
        let database = try Database.started(in: scratch.path)
        for records in commits {
            try database.commit(records)
            try database.commit(records)
        }
        database.close()
        let again = try Database(directory: scratch.path)
        defer { again.close() }
        return try again.recoverSmall()
    }

    /// A row's columns joined by blanks, read from a second connection.
    private func rows(_ columns: String, of table: String) throws -> [String] {
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        defer { connection.close() }
        var rows: [String] = []
        try connection.prepare("SELECT \(columns) FROM \(table) ORDER BY 1").forEachRow {
            (row) throws(SQLiteFailure) in
            rows.append(row.text(0))
            return true
        }
        return rows
    }

    @Test("keeps an account's role", arguments: Role.allCases)
    func keepsRole(role: Role) throws {
        var player = account(1)
        player.role = role
        #expect(try recover(after: [.account(player)]).accounts == [player, account(2), account(3)])
    }

    @Test(
        "keeps a deleted account for the canvas's history alone; its name and key are free for another at once"
    )
    func keepsTombstone() throws {
        let player = account(2)
        var stone = player
        stone.name = "deleted-\(player.id)"
        stone.publicKey = [UInt8](repeating: 0, count: 32)
        stone.deletedAtMs = 7_000
        let heir = AccountRecord(
            id: Identifier(rawValue: 77), name: player.name, publicKey: player.publicKey, createdAtMs: 7_001)
        let state = try recover(after: [.account(stone), .account(heir)])
        #expect(state.accounts == [account(1), account(3), heir])
    }

    @Test("keeps a sign-in through its refreshes, with the hash before the latest")
    func keepsSession() throws {
        let state = try recover(
            after: [.session(session(40))],
            [.session(session(40, generation: 1)), .session(session(41, of: 2))],
            [.session(session(40, generation: 2))])
        #expect(state.sessions == [session(40, generation: 2), session(41, of: 2)])
    }

    @Test("of a sign-in that ended takes it away with all its tokens, and no other's")
    func endsSession() throws {
        let state = try recover(
            after: [.session(session(40)), .session(session(41))], [.session(session(40, generation: 1))],
            [.sessionEnded(session(40).id)])
        #expect(state.sessions == [session(41)])
        #expect(try rows("session", of: "refresh_tokens") == ["41"])
    }

    @Test("of a sign-in nobody knows ends nothing")
    func endsNothing() throws {
        let unknown = Identifier(rawValue: 99)
        let state = try recover(
            after: [.session(session(40))],
            [.sessionEnded(unknown), .presenceEnded(session: unknown), .guestEnded(unknown)])
        #expect(state.sessions == [session(40)])
    }

    @Test("keeps who is here, guests and accounts alike, until that is over")
    func keepsPresence() throws {
        let database = try Database.started(in: scratch.path)
        var here = PresenceRecord(
            session: session(40).id, holder: account(1).id, isGuest: false, sinceMs: 1_000)
        let guest = PresenceRecord(
            session: Identifier(rawValue: 1 << 63), holder: Identifier(rawValue: .max), isGuest: true,
            sinceMs: 2_000)
        let columns = "session || ' ' || holder || ' ' || kind || ' ' || since_ms"
        for _ in 0..<2 { try database.commit([.presence(here), .presence(guest)]) }
        #expect(
            try rows(columns, of: "presences") == ["\(Int64.min) -1 guest 2000", "40 1 account 1000"])
        here.sinceMs = 3_000
        try database.commit([.presence(here), .presenceEnded(session: guest.session)])
        #expect(try rows(columns, of: "presences") == ["40 1 account 3000"])
        database.close()
    }

    @Test("keeps what a guest's token doesn't say, until the token ends")
    func keepsGuest() throws {
        func guest(_ number: UInt64, _ name: String, isRemoved: Bool = false) -> GuestRecord {
            GuestRecord(
                id: Identifier(rawValue: number), name: name, isRemoved: isRemoved, expiresAtMs: 86_400_000)
        }
        let state = try recover(
            after: [.guest(guest(5, "Zoë 🎨")), .guest(guest(6, "six"))],
            [
                .guest(guest(5, "Zoë 🎨", isRemoved: true)), .guest(guest(7, "Zoë 🎨")),
                .guestEnded(guest(6, "").id),
            ])
        #expect(state.guests == [guest(5, "Zoë 🎨", isRemoved: true), guest(7, "Zoë 🎨")])
    }

    @Test("keeps each flag once, in order of time", arguments: FlagRecord.Reason.allCases)
    func keepsFlags(reason: FlagRecord.Reason) throws {
        let flags = [(1, 5), (1, 6), (2, 5)].map { (player: UInt64, atMs: Int64) in
            FlagRecord(account: account(player).id, reason: reason, atMs: atMs)
        }
        _ = try recover(after: flags.map { .flag($0) })
        #expect(
            try rows("account || ' ' || reason || ' ' || at_ms", of: "flags") == [
                "1 \(reason.rawValue) 5", "1 \(reason.rawValue) 6", "2 \(reason.rawValue) 5",
            ])
    }
}
