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
            #"{"flags":[{"account":{"id":"0000000000005","name":"A\u001b[2Jda"},"at_ms":1700000000000,"evidence":"dot run 7: point 3","is_banned":false,"reason":"burst"}]}"#
        ),
        (
            .feedback([.sample(by: nil)]),
            #"{"feedback":[{"at_ms":1700000000000,"id":3,"is_guest":true,"message":"More \u001b[31mred,\tplease!"}]}"#
        ),
        (
            .skins([.sample]), #"{"skins":[{"id":"noir","owners":12,"price":1500,"title":"Noir"}]}"#
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
