import Engine
import Protocol
import Testing

@testable import Storage

@Suite("What a host changes")
struct HostingTests {
    private let scratch: Scratch
    private let database: Database

    init() throws {
        scratch = try Scratch()
        database = try Database.started(in: scratch.path)
    }

    private func entries(_ limit: Int, before: Int? = nil) -> [AuditEntry] {
        guard case .audit(let entries) = database.answer(.audit(limit: limit, before: before)) else {
            return []
        }
        return entries
    }

    private static let records: [AuditRecord] = [
        AuditRecord(
            atMs: 1_500, actor: .console, action: "grant", subject: account(1).id.description,
            account: account(1).id, detail: "admin"),
        AuditRecord(
            atMs: 1_500, actor: .account(account(1).id), action: "set_knob", subject: "ads", detail: "off"),
        AuditRecord(
            atMs: 2_500, actor: .telegram(user: -7), action: "ban", subject: account(2).id.description,
            account: account(2).id, detail: "for good: \"x\""),
    ]

    @Test("is answered from the audit with names, the newest first and in pages, each row once")
    func audit() throws {
        for _ in 0..<2 { try database.commit(Self.records.map { .audit($0) }) }
        let all = entries(10)
        #expect(all.map(\.id) == [3, 2, 1])
        #expect(all.map(\.actor) == [.telegram(user: -7), .account(account(1).id), .console])
        #expect(all.map(\.actorName) == [nil, "player 1", nil])
        #expect(all.map(\.subjectName) == ["player 2", nil, "player 1"])
        #expect(all.map(\.detail) == ["for good: \"x\"", "off", "admin"])
        #expect(all.map(\.atMs) == [2_500, 1_500, 1_500])
        #expect(entries(2).map(\.id) == [3, 2])
        #expect(entries(2, before: 2).map(\.id) == [1])
        #expect(entries(2, before: 1).isEmpty)
        database.close()
    }

    @Test("is readable in SQL, with whoever is gone by number")
    func readable() throws {
        var gone = account(2)
        (gone.name, gone.deletedAtMs) = ("deleted-2", 5)
        try database.commit(Self.records.map { .audit($0) } + [.account(gone)])
        #expect(entries(1).map(\.subjectName) == [nil])
        #expect(
            try rows(
                "at || ' ' || actor || ' ' || coalesce(actor_id, '-') || ' ' || action || ' ' || subject",
                of: "audit_readable ORDER BY id", in: scratch)
                == [
                    "1970-01-01T00:00:01.500Z console - grant \(account(1).id)",
                    "1970-01-01T00:00:01.500Z account \(account(1).id) set_knob ads",
                    "1970-01-01T00:00:02.500Z telegram -7 ban \(account(2).id)",
                ])
        database.close()
    }

    @Test("of knobs is what a start finds, the last value of each")
    func knobs() throws {
        try database.commit([
            .knob(KnobRecord(name: "max-players", value: "7", atMs: 1)),
            .knob(KnobRecord(name: "ads", value: "off", atMs: 2)),
        ])
        try database.commit([
            .knob(KnobRecord(name: "max-players", value: "8", atMs: 3)),
            .knob(KnobRecord(name: "ads", value: nil, atMs: 4)),
        ])
        #expect(
            try database.recoverSmall().knobs == [KnobRecord(name: "max-players", value: "8", atMs: 3)])
        #expect(
            try rows("name || ' ' || value || ' ' || set_at", of: "knobs_readable", in: scratch)
                == ["max-players 8 1970-01-01T00:00:00.003Z"])
        database.close()
    }

    @Test("of bans has an end, which a start and the list of flags find")
    func bans() throws {
        var banned = account(3)
        (banned.banReason, banned.banUntilMs) = ("a bot", 1_700_000_000_123)
        try database.commit([
            .account(banned),
            .flag(FlagRecord(account: banned.id, reason: .burst, evidence: "x", atMs: 5)),
        ])
        #expect(try database.recoverSmall().accounts.contains(banned))
        #expect(database.flags().map(\.banUntilMs) == [1_700_000_000_123])
        #expect(
            try rows(
                "ban_reason || ' ' || ban_until", of: "accounts_readable WHERE ban_until IS NOT NULL",
                in: scratch)
                == ["a bot 2023-11-14T22:13:20.123Z"])
        database.close()
    }
}
