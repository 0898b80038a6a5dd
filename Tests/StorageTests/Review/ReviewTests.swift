import Engine
import Protocol
import Testing

@testable import Storage

@Suite("A host's question")
struct ReviewTests {
    private let scratch: Scratch
    private let database: Database

    init() throws {
        scratch = try Scratch()
        database = try Database.started(in: scratch.path)
    }

    private func flag(
        _ player: UInt64, _ reason: FlagRecord.Reason = .burst, _ evidence: String = "", atMs: Int64
    ) -> Record {
        .flag(
            FlagRecord(account: Identifier(rawValue: player), reason: reason, evidence: evidence, atMs: atMs))
    }

    @Test("about flags is answered with every reason's word and evidence, the newest first, each once")
    func listsFlags() throws {
        let reasons = FlagRecord.Reason.allCases
        for _ in 0..<2 {
            try database.commit(
                reasons.enumerated().map { flag(1, $1, "evidence \($0)", atMs: Int64(100 + $0 / 2)) })
        }
        let expected = reasons.enumerated().reversed().map { index, reason in
            HostFlag(
                account: AccountName(id: account(1).id, name: "player 1"), reason: reason.rawValue,
                evidence: "evidence \(index)", atMs: Int64(100 + index / 2), isBanned: false)
        }
        #expect(database.flags() == expected)
        database.close()
    }

    @Test("about flags tells two of a kind within a millisecond apart by their evidence")
    func flagsAtOnce() throws {
        for _ in 0..<2 {
            try database.commit(["one", "other"].map { flag(1, .foreignRun, $0, atMs: 100) })
        }
        #expect(database.flags().map(\.evidence) == ["other", "one"])
        database.close()
    }

    @Test("about flags shows everyone who has some, however many others have since")
    func hidesNobody() throws {
        try database.commit([flag(1, .foreignRun, "the one", atMs: 100)])
        try database.commit(
            (0..<600).map { flag(2 + UInt64($0 % 2), .burst, "\($0)", atMs: Int64(200 + $0)) })
        let flags = database.flags()
        #expect(flags.count == 41)
        #expect(flags.first?.evidence == "599")
        #expect(flags.last?.evidence == "the one")
        for player: UInt64 in [2, 3] {
            #expect(flags.count { $0.account.id == account(player).id } == 20)
        }
        database.close()
    }

    @Test("about flags leaves out those that were cleared and those of the deleted, and marks the banned")
    func leavesOutCleared() throws {
        var gone = account(2)
        (gone.name, gone.deletedAtMs) = ("gone", 5)
        var banned = account(3)
        banned.banReason = "a bot"
        try database.commit([
            flag(1, atMs: 100), flag(2, atMs: 200), flag(3, atMs: 300), .account(gone), .account(banned),
        ])
        for _ in 0..<2 { try database.commit([.flagsCleared(account: account(1).id, atMs: 400)]) }
        #expect(database.flags().map(\.account.name) == ["player 3"])
        #expect(database.flags().map(\.isBanned) == [true])
        // The flag of before, written again, stays cleared; a new one doesn't.
        try database.commit([flag(1, atMs: 100), flag(1, .offTarget, atMs: 500)])
        #expect(database.flags().map(\.reason) == ["off_target", "burst"])
        try database.commit([.flagsCleared(account: account(1).id, atMs: 600)])
        #expect(
            try rows(
                "name || ' ' || at || ' ' || cleared_at",
                of: "flags_readable WHERE account = '\(account(1).id)' ORDER BY id", in: scratch)
                == [
                    "player 1 1970-01-01T00:00:00.100Z 1970-01-01T00:00:00.400Z",
                    "player 1 1970-01-01T00:00:00.500Z 1970-01-01T00:00:00.600Z",
                ])
        database.close()
    }

    @Test("is answered with the newest 5,000 flags and the newest 500 messages")
    func isBounded() throws {
        let players = (0...FlagTable.maxShown / FlagTable.maxShownOfAccount).map { 1_000 + UInt64($0) }
        try database.commit(players.map { .account(account($0)) })
        let flagCount = players.count * FlagTable.maxShownOfAccount
        try database.commit((1...flagCount).map { flag(players[$0 % players.count], atMs: Int64($0)) })
        let shown = (flagCount - FlagTable.maxShown + 1...flagCount).reversed().map(Int64.init)
        #expect(database.flags().map(\.atMs) == shown)
        let count = FeedbackTable.maxShown + 3
        try database.commit(try (1...count).map { .feedback(try feedback("no. \($0)", atMs: Int64($0))) })
        #expect(database.messages().map(\.message) == (4...count).reversed().map { "no. \($0)" })
        database.close()
    }

    @Test("about feedback is answered with who wrote, where that is an account that is here")
    func listsFeedback() throws {
        var gone = account(2)
        (gone.name, gone.deletedAtMs) = ("gone", 5)
        let written = [
            try feedback("First: “quotes” & 'ticks'", from: 1, atMs: 900),
            try feedback("Second", from: 2, atMs: 901),
            try feedback("Third", from: 0xfedc_ba98_0000_0009, isGuest: true, atMs: 901),
            // Of the same moment, and yet another one.
            try feedback("Fourth", from: 1, atMs: 900),
        ]
        for _ in 0..<2 { try database.commit(written.map { .feedback($0) }) }
        try database.commit([.account(gone)])
        let entries = database.messages()
        #expect(entries.map(\.id) == [4, 3, 2, 1])
        #expect(entries.map(\.account?.name) == ["player 1", nil, nil, "player 1"])
        #expect(entries.map(\.isGuest) == [false, true, false, false])
        #expect(entries.map(\.message) == written.reversed().map(\.message.text))
        #expect(entries.map(\.atMs) == [900, 901, 901, 900])
        #expect(try database.recoverSmall().feedback == [written[0], written[3], written[1], written[2]])
        #expect(
            try rows("holder || ' ' || kind", of: "feedback_readable WHERE id = 3", in: scratch)
                == ["\(written[2].holder) guest"])
        database.close()
    }

    @Test("about feedback of the last hour is what a start asks")
    func recoversLastHour() throws {
        let early = try feedback("early", atMs: 10_000)
        let late = try feedback("late", atMs: 20_000)
        try database.commit([.feedback(late), .feedback(early)])
        let hourMs: Int64 = 3_600_000
        #expect(try database.recoverSmall(nowMs: 9_999 + hourMs).feedback == [early, late])
        #expect(try database.recoverSmall(nowMs: 10_000 + hourMs).feedback == [late])
        #expect(try database.recoverSmall(nowMs: 20_000 + hourMs).feedback == [])
        database.close()
    }
}
