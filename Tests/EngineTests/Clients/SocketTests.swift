import Engine
import Protocol
import Testing

@Suite("Sockets")
struct SocketTests {
    @Test("welcome comes first, then play's status")
    func welcome() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(3)
        let sent = desk.sent(to: 3)
        #expect(sent.count == 2)
        guard case .welcome(let welcome) = sent.first?.message else {
            Issue.record("no welcome: \(sent)")
            return
        }
        #expect(welcome.account == AccountName(id: Identifier(rawValue: 3), name: "Player 3"))
        #expect(welcome.canvas.version == 0)
        #expect(welcome.heartbeatMs == 15_000)
        #expect(sent.last == ServerEnvelope(.status(desk.playing())))
        #expect(desk.engine.counts.players == 1)
    }

    @Test("a guest may open one but not play")
    func guests() {
        var desk = Desk()
        desk.give(.opened(Desk.socket(1), Desk.guest(77), address: "a", play: false, relay: nil))
        #expect(desk.sent(to: 1).count == 1)
        desk.say(1, .play, id: 4)
        #expect(desk.sent(to: 1).first?.code == .signInRequired)
        #expect(desk.sent(to: 1).first?.replyTo == 4)
        desk.place(1, 0, 0, 0)
        #expect(desk.sent(to: 1).first?.code == .signInRequired)
    }

    @Test("an account that no longer exists, or whose sign-in is over, is shown out")
    func unknownAccount() {
        var nobody = Desk()
        nobody.play(3)
        #expect(nobody.closed(3) == .signedOut)
        #expect(nobody.engine.counts.connections == 0)
        var recovered = Desk.withAccounts()
        recovered.sessions = []
        var signedOut = Desk(recovered: recovered)
        signedOut.play(3)
        #expect(signedOut.closed(3) == .signedOut)
        #expect(signedOut.engine.counts.players == 0)
    }

    @Test("play again answers status; leave makes afk and keeps the socket")
    func playAndLeave() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(3)
        desk.say(3, .play, id: 9)
        #expect(desk.sent(to: 3) == [ServerEnvelope(replyTo: 9, .status(desk.playing()))])
        desk.say(3, .leave, id: 10)
        #expect(desk.sent(to: 3) == [ServerEnvelope(replyTo: 10, .status(.afk))])
        #expect(desk.engine.counts.connections == 1)
        #expect(desk.engine.counts.players == 0)
        desk.place(3, 0, 0, 1)
        #expect(desk.sent(to: 3).first?.code == .notPlaying)
    }

    @Test("a message over the rate closes with 4008, malformed ones counted alike")
    func messageRate() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.messageRate = Rate(perSecond: 1, burst: 4) }
        desk.play(1)
        let failure = Failure(.badRequest, "no JSON")
        for turn in 0..<4 {
            if turn.isMultiple(of: 2) {
                desk.say(1, .heartbeat)
            } else {
                desk.give(.malformed(Desk.socket(1), id: 5, failure))
                #expect(desk.sent(to: 1) == [ServerEnvelope(replyTo: 5, .error(failure))])
            }
            #expect(desk.closed(1) == nil)
        }
        desk.say(1, .heartbeat)
        #expect(desk.closed(1) == .tooManyMessages)
        #expect(desk.sent(to: 1).isEmpty)
        #expect(desk.engine.counts.stalled == 1, "that costs nobody a place")
        desk.say(1, .heartbeat)
        #expect(desk.effects.isEmpty, "whatever comes after the close is not heard")
    }

    @Test("a heartbeat tells the server's time")
    func heartbeat() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        desk.say(1, .heartbeat, id: nil)
        #expect(desk.sent(to: 1) == [ServerEnvelope(.heartbeat(serverTimeMs: desk.now.wallMs))])
    }

    struct Proof: Sendable {
        var credential: Credential
        var code: ErrorCode?
    }

    static let proofs = [
        Proof(credential: .valid(Desk.account(1)), code: nil),
        Proof(credential: .valid(Desk.account(2)), code: .unauthorized),
        Proof(credential: .expired, code: .tokenExpired),
        Proof(credential: .invalid, code: .unauthorized),
        Proof(credential: .none, code: .unauthorized),
    ]

    @Test("authenticate takes a fresh token of the same account only", arguments: proofs)
    func authenticate(_ proof: Proof) {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        desk.give(.authenticate(Desk.socket(1), id: 3, proof.credential))
        #expect(desk.sent(to: 1).first?.replyTo == 3)
        #expect(desk.sent(to: 1).first?.code == proof.code)
        if proof.code == nil { #expect(desk.sent(to: 1).first?.message == .ok) }
    }

    @Test("while nothing happens nothing is planned but the ends of what there is")
    func idle() throws {
        var empty = Desk()
        empty.run(ms: 60_000)
        #expect(empty.engine.nextWakeUs == nil)
        var desk = Desk(recovered: Desk.withAccounts())
        let families = try #require(desk.engine.nextWakeUs)
        #expect(families == desk.now.monotonicUs + Int64(Limits.refreshTokenSeconds) * 1_000_000)
        desk.play(1)
        let played = desk.now
        desk.run(ms: 1_000)
        #expect(desk.engine.nextWakeUs == played.monotonicUs + 45_000_000, "silence")
        desk.give(.alive(Desk.socket(1)))
        desk.run(ms: 99_000, hearing: [1])
        #expect(desk.engine.nextWakeUs.map { $0 > desk.now.monotonicUs } == true)
        desk.lose(1)
        desk.run(ms: 960_000)
        #expect(desk.engine.nextWakeUs == families, "all that was here is gone")
    }
}
