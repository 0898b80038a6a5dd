import Protocol
import Testing

@Suite struct HostAnswerTests {
    private static let ada = AccountName(id: Identifier(rawValue: 5), name: "Ada \"漢\"")

    private static let full = HostAccount(
        id: ada.id, name: ada.name, status: .queued, role: .moderator, position: 3, idleLeftMs: 20,
        isConnected: true, sessions: 2, banReason: "bursts", banUntilMs: 1_763_000_000_123)
    private static let bare = HostAccount(
        id: ada.id, name: "", status: .afk, role: .player, position: nil, idleLeftMs: nil, isConnected: false,
        sessions: 0)

    private static let actors: [(actor: Actor, name: String?)] = [
        (.console, nil), (.account(ada.id), "Ada"), (.account(ada.id), nil), (.telegram(user: -7), nil),
    ]
    private static let audits = actors.map { who in
        AuditEntry(
            id: 4, atMs: 9, actor: who.actor, actorName: who.name, action: "ban", subject: "x",
            subjectName: who.name, detail: "for good: y")
    }

    private static let targets: [Rollback.Target] = [
        .placements(account: ada.id, fromMs: 1, toMs: 2, CanvasBox(0, 1, 2, 3)),
        .placements(account: nil, fromMs: 1, toMs: 2, CanvasBox(0, 1, 2, 3)), .rollback(7),
    ]
    private static let rollbacks = targets.map {
        Rollback(
            id: 3, epoch: 7, actor: .account(ada.id), atMs: 9, target: $0, firstVersion: 8, cells: 4,
            placements: 5, isComplete: true)
    }

    static let answers: [(answer: HostAnswer, kind: HostAnswer.Kind)] = [
        (.accounts([full, bare], total: 7), .accounts), (.accounts([], total: 0), .accounts),
        (
            .flags([
                HostFlag(
                    account: ada, reason: "burst", evidence: "dot\n", atMs: 7, isBanned: true,
                    banUntilMs: 1_763_000_000_123),
                HostFlag(account: ada, reason: "burst", evidence: "", atMs: 7, isBanned: false),
            ]), .flags
        ),
        (
            .feedback([
                FeedbackEntry(id: 2, account: ada, isGuest: false, message: "More!", atMs: 9),
                FeedbackEntry(id: 1, account: nil, isGuest: true, message: "Hm", atMs: 8),
            ]), .feedback
        ),
        (.skins([HostSkin(id: "noir", title: "Noir", price: 15, owners: 2)]), .skins),
        (.audit(audits), .audit),
        (
            .knobs([KnobEntry(name: "ads", value: "off", option: "on", isSet: true, wanted: "on or off")]),
            .knobs
        ),
        (
            .status(
                HostStatus(
                    release: "1.2.3", uptimeMs: 61_000, players: 1, queued: 2, connections: 4, spectators: 3,
                    accounts: 5, version: 6, epoch: 7, width: 8, height: 9, isStorageHealthy: true,
                    pendingRecords: 10)), .status
        ),
        (
            .rollback(
                RollbackReport(id: 3, undid: nil, cells: 4, placements: 5, accounts: 2, skipped: 1)),
            .rollback
        ),
        (.rollback(RollbackReport(id: nil, undid: 2, cells: 0, placements: 0, accounts: 0)), .rollback),
        (.rollbacks(rollbacks), .rollbacks),
        (
            .protectedAreas([
                HostProtectedArea(
                    area: ProtectedArea(id: 2, box: CanvasBox(0, 1, 2, 3), note: "the flag"),
                    actor: .console, atMs: 9)
            ]), .protectedAreas
        ),
        (.done("Ada is \"banned\"."), .done),
    ]

    @Test("what is answered comes out of its JSON as it went in", arguments: answers)
    func roundTrip(answer: HostAnswer, kind: HostAnswer.Kind) throws {
        #expect(try HostAnswer(json: answer.json(), kind) == answer)
    }

    @Test("every kind of answer is among these")
    func complete() {
        #expect(Set(Self.answers.map(\.kind)) == Set(HostAnswer.Kind.allCases))
    }

    @Test("an actor says of which kind it is")
    func actors() {
        let text = String(decoding: Self.answers[5].answer.json(), as: UTF8.self)
        #expect(text.contains(#""actor":{"kind":"console"}"#))
        #expect(text.contains(#""actor":{"kind":"account","id":"0000000000005","name":"Ada"}"#))
        #expect(text.contains(#""actor":{"kind":"telegram","user":-7}"#))
    }

    @Test(
        "what isn't the answer that is expected is refused by its field",
        arguments: [
            (#"{}"#, HostAnswer.Kind.done, "message"), (#"{"accounts":[]}"#, .accounts, "total"),
            (#"{"accounts":[{"id":"x"}],"total":1}"#, .accounts, "accounts[0].id"),
            (#"{"knobs":[{"name":1}]}"#, .knobs, "knobs[0].name"),
            (
                #"{"entries":[{"id":1,"at_ms":1,"actor":{"kind":"king"}}]}"#, .audit, "entries[0].actor.kind"
            ),
        ])
    func refused(json: String, kind: HostAnswer.Kind, field: String) {
        let failure = #expect(throws: Failure.self) { try HostAnswer(json: Array(json.utf8), kind) }
        #expect(failure?.code == .badRequest)
        #expect(failure?.message.contains("\"\(field)\"") == true, "\(failure?.message ?? "")")
    }
}
