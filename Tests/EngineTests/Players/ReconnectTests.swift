import Engine
import Protocol
import Testing

@Suite("Coming back")
struct ReconnectTests {
    private func deadline(_ desk: Desk) -> Int64? { desk.engine.idleDeadlineUs(of: Identifier(rawValue: 3)) }

    @Test("a socket lost while playing keeps its place, and the next one resumes with the deadline unmoved")
    func resumes() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.maxPlayers = 1 }
        desk.play(3)
        desk.play(4)
        let before = deadline(desk)
        desk.run(ms: 20_000, hearing: [3, 4])
        desk.lose(3)
        #expect(desk.engine.counts.stalled == 1)
        #expect(desk.engine.queue.map(\.rawValue) == [4], "its place is not given away")
        desk.run(ms: 30_000, hearing: [4])
        desk.open(3, on: 30)
        guard case .welcome(let welcome) = desk.sent(to: 30).first?.message else {
            Issue.record("no welcome")
            return
        }
        #expect(welcome.status == .playing)
        #expect(desk.sent(to: 30).dropFirst().map(\.message) == [.status(desk.playing(forMs: 70_000))])
        #expect(deadline(desk) == before)
        #expect(desk.engine.counts.stalled == 0)
        desk.place(30, 0, 0, 1)
        #expect(desk.engine.headVersion == 1)
    }

    @Test("a reconnect that asks to play resumes alike")
    func withPlay() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(3)
        let before = deadline(desk)
        desk.run(ms: 20_000)
        desk.lose(3)
        desk.run(ms: 20_000)
        desk.play(3, on: 30)
        #expect(desk.sent(to: 30).count == 2)
        #expect(deadline(desk) == before)
    }

    @Test(
        "the last accepted socket wins, the older is closed with 4003, and neither place nor deadline moves")
    func replaced() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(3)
        let before = deadline(desk)
        desk.run(ms: 5_000)
        desk.open(3, on: 30)
        #expect(desk.closed(3) == .replaced)
        #expect(!CloseCode.replaced.allowsReconnect)
        #expect(desk.engine.counts.connections == 1)
        #expect(desk.engine.counts.players == 1)
        #expect(desk.engine.counts.stalled == 0)
        #expect(deadline(desk) == before)
        #expect(desk.status(to: 30) == desk.playing(forMs: 115_000))
        desk.lose(3)
        #expect(desk.engine.counts.stalled == 0, "the older one's end changes nothing")
        desk.place(3, 0, 0, 1)
        #expect(desk.effects.isEmpty, "nor does what it still says")
        desk.lose(30)
        #expect(desk.engine.counts.stalled == 1)
    }

    @Test("another sign-in of the account replaces as well: one socket an account")
    func otherSession() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        let key = [UInt8](repeating: 77, count: 32)
        let first = try SignedIn(desk.signIn(key: key))
        let second = try SignedIn(desk.signIn(key: key))
        desk.give(.opened(Desk.socket(50), first.identity, address: "a", play: true, relay: nil))
        desk.give(.opened(Desk.socket(51), second.identity, address: "b", play: false, relay: nil))
        #expect(desk.closed(50) == .replaced)
        #expect(desk.status(to: 51) == desk.playing())
        #expect(desk.engine.counts.players == 1)
    }

    @Test("a guest may have several sockets")
    func guests() {
        var desk = Desk()
        desk.give(.opened(Desk.socket(1), Desk.guest(77), address: "a", play: false, relay: nil))
        desk.give(.opened(Desk.socket(2), Desk.guest(77), address: "a", play: false, relay: nil))
        #expect(desk.closed(1) == nil)
        #expect(desk.engine.counts.connections == 2)
    }

    @Test("dropping and coming back again and again moves no deadline")
    func again() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(3)
        let before = deadline(desk)
        for turn in 1...99 as ClosedRange<UInt64> {
            desk.run(ms: 600)
            if turn.isMultiple(of: 2) { desk.lose(100 + turn - 1) }
            desk.run(ms: 600)
            desk.open(3, on: 100 + turn)
            #expect(desk.status(to: 100 + turn) == desk.playing(forMs: 120_000 - 1_200 * Int64(turn)))
        }
        #expect(deadline(desk) == before)
        desk.run(ms: 120_000 - 1_200 * 99)
        #expect(desk.engine.counts.players == 0)
    }

    @Test(
        "a refresh raises the generation and changes nothing else: the new token resumes as the old one did")
    func refreshed() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(3)
        desk.run(ms: 10_000)
        let before = (deadline(desk), desk.engine.counts.connections)
        let renewed = try SignedIn(desk.refresh(Desk.firstToken(3)))
        #expect(renewed.identity.generation == 1)
        #expect(deadline(desk) == before.0)
        #expect(desk.engine.counts.connections == before.1)
        #expect(desk.closed(3) == nil)
        desk.lose(3)
        desk.give(.opened(Desk.socket(30), renewed.identity, address: "a", play: false, relay: nil))
        #expect(desk.status(to: 30) == desk.playing(forMs: 110_000))
    }

    @Test("a restart makes everyone afk, and signed in still")
    func restart() throws {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.maxPlayers = 1 }
        desk.play(3)
        desk.play(4)
        desk.engine = ServerEngine(
            configuration: Desk.configuration(), recovered: Desk.withAccounts(), at: desk.now)
        #expect(desk.engine.counts.players == 0)
        #expect(desk.engine.counts.queued == 0)
        desk.open(3, on: 30)
        guard case .welcome(let welcome) = desk.sent(to: 30).first?.message else {
            Issue.record("no welcome")
            return
        }
        #expect(welcome.status == .afk)
        #expect(desk.sent(to: 30).count == 1)
    }
}
