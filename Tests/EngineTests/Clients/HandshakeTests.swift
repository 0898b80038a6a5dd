import Engine
import Protocol
import Testing

@Suite("A WebSocket's handshake")
struct HandshakeTests {
    @Test("is answered by the identity to open it with, and whether to play", arguments: [false, true])
    func upgrades(_ play: Bool) {
        var desk = Desk(recovered: Desk.withAccounts())
        guard
            case .upgrade(let identity, let plays, nil) = desk.ask(
                .webSocket(play: play, relay: nil), .valid(Desk.account(1)))
        else {
            Issue.record("no upgrade")
            return
        }
        #expect(identity == Desk.account(1))
        #expect(plays == play)
        #expect(desk.engine.counts.connections == 0, "the socket comes once it is open")
    }

    @Test("needs a token that is worth something")
    func tokens() {
        var desk = Desk(recovered: Desk.withAccounts())
        let route = Route.webSocket(play: false, relay: nil)
        #expect(desk.ask(route)?.code == .unauthorized)
        #expect(desk.ask(route, .valid(Desk.account(99)))?.code == .unauthorized)
        #expect(desk.ask(route, .expired)?.code == .tokenExpired)
        #expect(desk.ask(route, .valid(Desk.guest(80)))?.code == nil)
    }

    @Test("is refused over an address's cap until one of its sockets is gone")
    func cap() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.maxConnectionsPerAddress = 2 }
        let route = Route.webSocket(play: false, relay: nil)
        for number in 1...2 as ClosedRange<UInt64> {
            #expect(desk.ask(route, .valid(Desk.account(number)))?.code == nil)
            desk.open(number)
        }
        #expect(desk.ask(route, .valid(Desk.account(3)))?.code == .rateLimited)
        #expect(desk.ask(route, .valid(Desk.account(3)), from: "10.0.0.2")?.code == nil)
        desk.lose(1)
        #expect(desk.ask(route, .valid(Desk.account(3)))?.code == nil)
        desk.open(3)
        #expect(desk.ask(route, .valid(Desk.account(4)))?.code == .rateLimited)
        desk.open(2, on: 20)
        #expect(desk.ask(route, .valid(Desk.account(4)))?.code == .rateLimited, "a replaced one counts once")
    }

    @Test("of several in one turn no more get a socket than the cap allows; one that replaces its own does")
    func capInOneTurn() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.maxConnectionsPerAddress = 2 }
        let route = Route.webSocket(play: false, relay: nil)
        for number in 1...4 as ClosedRange<UInt64> {
            #expect(desk.ask(route, .valid(Desk.account(number)))?.code == nil)
        }
        for number in 1...4 as ClosedRange<UInt64> { desk.open(number) }
        #expect(desk.engine.counts.connections == 2)
        #expect(desk.closed(4) == .goingAway)
        #expect(desk.ask(route, .valid(Desk.account(2)))?.code == nil, "its half-open socket goes")
        desk.open(2, on: 20)
        #expect(desk.closed(2) == .replaced)
        #expect(desk.engine.counts.connections == 2)
    }

    @Test("has no cap where that is 0")
    func uncapped() {
        var desk = Desk(recovered: Desk.withAccounts(200)) {
            $0.maxConnectionsPerAddress = 0
            $0.requestRate = Rate(perSecond: 0, burst: 1)
        }
        for number in 1...200 as ClosedRange<UInt64> {
            #expect(desk.ask(.webSocket(play: false, relay: nil), .valid(Desk.account(number)))?.code == nil)
            desk.open(number)
        }
        #expect(desk.engine.counts.connections == 200)
    }

    @Test("is refused by a server that stops")
    func draining() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.isAutomatic = false
        desk.give(.drain)
        #expect(desk.ask(.webSocket(play: false, relay: nil), .valid(Desk.account(1)))?.code == .shuttingDown)
    }
}
