import Engine
import Protocol
import Testing

@testable import Server

@Suite struct HostReportTests {
    @Test("tells of a banned account why it is banned")
    func banned() {
        let account = HostAccount(
            id: Identifier(rawValue: 5), name: "Ada", status: .afk, role: .player, position: nil,
            idleLeftMs: nil, isConnected: false, sessions: 1, banReason: "bursts\u{1b}[2J")
        #expect(HostReport.text(.accounts([account], total: 1)).contains("  banned: bursts[2J  player"))
        #expect(HostReport.json(.accounts([account], total: 1)).contains(#""ban_reason":"bursts"#))
    }

    @Test(
        "says what a rollback came to",
        arguments: [
            (
                RollbackReport(id: nil, cells: 2, placements: 3, accounts: 1),
                "Would take back 3 placements of 1 account: 2 cells would change. --apply does it."
            ),
            (RollbackReport(id: nil, cells: 0, placements: 0, accounts: 0), "There is nothing to take back."),
            (
                RollbackReport(id: 4, cells: 1, placements: 1, accounts: 1, skipped: 2),
                "Rollback 4 took back 1 placement of 1 account: 1 cell changed. 2 cells changed meanwhile and stayed."
            ),
            (
                RollbackReport(id: 5, undid: 4, cells: 2, placements: 0, accounts: 1),
                "Rollback 5 brought back 2 cells of rollback 4."
            ),
            (
                RollbackReport(id: nil, undid: 4, cells: 0, placements: 0, accounts: 0),
                "Nothing is left of it to bring back."
            ),
        ])
    func rollback(report: RollbackReport, words: String) {
        #expect(HostReport.text(.rollback(report)) == words)
    }

    @Test func `rollbacks and protected areas are tables, and no terminal is commanded by a note`() {
        let box = CanvasBox(0, 0, 3, 4)
        let first = Rollback(
            id: 1, epoch: 1, actor: .telegram(user: 7), atMs: 1_700_000_000_000,
            target: .placements(account: nil, fromMs: 0, toMs: Limits.lastMomentMs, box), firstVersion: 9,
            cells: 4, placements: 5)
        let text = HostReport.text(.rollbacks([first]))
        #expect(text.contains("1   2023-11-14T22:13:20.000Z  telegram 7  4      5           stopped midway"))
        #expect(text.hasSuffix("everyone in 0,0 3,4"))
        #expect(HostReport.text(.rollbacks([])) == "Nothing was taken back yet.")
        let area = HostProtectedArea(
            area: ProtectedArea(id: 2, box: box, note: "a\u{1b}[2Jb"), actor: .console, atMs: 0)
        #expect(HostReport.text(.protectedAreas([area])).hasSuffix("console  0,0 3,4  a[2Jb"))
        #expect(HostReport.text(.protectedAreas([])) == "Nothing is protected.")
    }

    @Test func `a list is a table, with what was left out`() {
        let account = HostAccount(
            id: Identifier(rawValue: 5), name: "A\u{1b}[2Jda", status: .queued, role: .moderator, position: 3,
            idleLeftMs: nil, isConnected: true, sessions: 2)
        let text = HostReport.text(.accounts([account], total: 4))
        #expect(
            text == """
                ID             NAME    STATE     ROLE       CONNECTED  SIGN-INS
                0000000000005  A[2Jda  queued 3  moderator  yes        2
                … and 3 more
                """)
        #expect(HostReport.text(.accounts([], total: 0)) == "Nobody is here.")
        #expect(HostReport.json(.accounts([account], total: 4)).contains(#""position":3"#))
    }

    @Test func `what was seen of accounts is a table with times, and no terminal is commanded by it`() {
        var banned = HostFlag.sample
        banned.isBanned = true
        banned.evidence = "\u{1b}]0;x\u{7}dot\nrun"
        #expect(
            HostReport.text(.flags([.sample, banned])) == """
                TIME                      ACCOUNT        NAME    BANNED  REASON  EVIDENCE
                2023-11-14T22:13:20.000Z  0000000000005  A[2Jda  no      burst   dot run 7: point 3
                2023-11-14T22:13:20.000Z  0000000000005  A[2Jda  yes     burst   ]0;xdot run
                """)
        #expect(HostReport.text(.flags([])) == "There is nothing to review.")
    }

    @Test("tells when a ban ends, of accounts and of what was seen of them")
    func banEnds() {
        var account = HostAccount(
            id: Identifier(rawValue: 5), name: "Ada", status: .afk, role: .player, position: nil,
            idleLeftMs: nil, isConnected: false, sessions: 1, banReason: "bursts")
        account.banUntilMs = 1_700_000_000_000
        #expect(
            HostReport.text(.accounts([account], total: 1)).contains(
                "banned until 2023-11-14T22:13:20.000Z: bursts  player"))
        var flag = HostFlag.sample
        (flag.isBanned, flag.banUntilMs) = (true, 1_700_000_000_000)
        #expect(HostReport.text(.flags([flag])).contains("  until 2023-11-14T22:13:20.000Z  burst"))
    }

    @Test("tells who changed what, what knobs there are, and how the server stands")
    func hosting() {
        let entries = [
            AuditEntry(
                id: 2, atMs: 1_700_000_000_000, actor: .account(Identifier(rawValue: 5)),
                actorName: "A\u{1b}da", action: "ban", subject: "0000000000006", subjectName: "Bob",
                detail: "for good: \nx"),
            AuditEntry(
                id: 1, atMs: 1_700_000_000_000, actor: .telegram(user: 7), actorName: nil, action: "set_knob",
                subject: "ads", subjectName: nil, detail: "off"),
        ]
        #expect(
            HostReport.text(.audit(entries)) == """
                NO.  TIME                      WHO         WHAT      OF   DETAIL
                2    2023-11-14T22:13:20.000Z  Ada         ban       Bob  for good:  x
                1    2023-11-14T22:13:20.000Z  telegram 7  set_knob  ads  off
                """)
        #expect(HostReport.text(.audit([])) == "Nothing was changed yet.")
        let knob = KnobEntry(name: "ads", value: "off", option: "on", isSet: true, wanted: "on or off")
        #expect(
            HostReport.text(.knobs([knob])) == """
                NAME  VALUE  SET  OPTION  TAKES
                ads   off    yes  on      on or off
                """)
        let status = HostReport.text(.status(.sample)).split(separator: "\n")
        #expect(status.first == "release   1.2.3")
        #expect(status.contains("canvas    8x9, epoch 7, version 6"))
    }

    @Test func `what players wrote is a table that tells accounts, guests and those who are gone apart`() {
        var gone = FeedbackEntry.sample(by: nil)
        gone.isGuest = false
        let entries = [.sample(by: .sample), .sample(by: nil), gone]
        #expect(
            HostReport.text(.feedback(entries)) == """
                TIME                      FROM           NAME    MESSAGE
                2023-11-14T22:13:20.000Z  0000000000005  A[2Jda  More [31mred, please!
                2023-11-14T22:13:20.000Z  guest          -       More [31mred, please!
                2023-11-14T22:13:20.000Z  gone           -       More [31mred, please!
                """)
        #expect(HostReport.text(.feedback([])) == "Nobody wrote yet.")
    }

    @Test func `skins are a table with prices and owners`() {
        #expect(
            HostReport.text(.skins([.sample])) == """
                ID    TITLE  PRICE  OWNERS
                noir  Noir   1500   12
                """)
        #expect(HostReport.text(.skins([])) == "There are no skins.")
    }

    @Test(arguments: [
        (
            HostAnswer.flags([.sample]),
            #"{"flags":[{"account":{"id":"0000000000005","name":"A\u001B[2Jda"},"reason":"burst","evidence":"dot run 7: point 3","at_ms":1700000000000,"is_banned":false}]}"#
        ),
        (
            .feedback([.sample(by: nil)]),
            #"{"feedback":[{"id":3,"is_guest":true,"message":"More \u001B[31mred,\u0009please!","at_ms":1700000000000}]}"#
        ),
        (
            .skins([.sample]), #"{"skins":[{"id":"noir","title":"Noir","price":1500,"owners":12}]}"#
        ),
        (.flags([]), #"{"flags":[]}"#), (.feedback([]), #"{"feedback":[]}"#), (.skins([]), #"{"skins":[]}"#),
        (.done("Ada is \"banned\"."), #"{"message":"Ada is \"banned\"."}"#),
    ])
    func `programs get one JSON document`(answer: HostAnswer, json: String) {
        #expect(HostReport.json(answer) == json)
    }
}

extension AccountName {
    /// A name that would clear a terminal's screen.
    static let sample = AccountName(id: Identifier(rawValue: 5), name: "A\u{1b}[2Jda")
}

extension HostFlag {
    static let sample = HostFlag(
        account: .sample, reason: "burst", evidence: "dot run 7: point 3", atMs: 1_700_000_000_000,
        isBanned: false)
}

extension HostStatus {
    static let sample = HostStatus(
        release: "1.2.3", uptimeMs: 61_000, players: 1, queued: 2, connections: 4, spectators: 3, accounts: 5,
        version: 6, epoch: 7, width: 8, height: 9, isStorageHealthy: true, pendingRecords: 10)
}

extension FeedbackEntry {
    static func sample(by account: AccountName?) -> FeedbackEntry {
        FeedbackEntry(
            id: 3, account: account, isGuest: account == nil, message: "More \u{1b}[31mred,\tplease!",
            atMs: 1_700_000_000_000)
    }
}

extension HostSkin {
    static let sample = HostSkin(id: "noir", title: "Noir", price: 1_500, owners: 12)
}
