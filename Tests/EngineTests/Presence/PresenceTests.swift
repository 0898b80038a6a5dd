import Engine
import Protocol
import Testing

@Suite("Presence")
struct PresenceTests {
    private func kept(_ desk: Desk) -> [String] {
        desk.kept.compactMap { record in
            switch record {
            case .presence(let presence): "here \(presence.holder.rawValue)"
            case .presenceEnded: "gone"
            case .presencesCleared: "nobody"
            default: nil
            }
        }
    }

    struct Sign: Sendable, CustomStringConvertible {
        var description: String
        var input: @Sendable (inout Desk) -> Input
    }

    static let signs = [
        Sign(description: "a frame") { _ in .message(Desk.socket(1), ClientEnvelope(.heartbeat)) },
        Sign(description: "a malformed frame") { _ in
            .malformed(Desk.socket(1), id: nil, Failure(.badRequest, "no JSON"))
        },
        Sign(description: "a pong") { _ in .alive(Desk.socket(1)) },
        Sign(description: "an authenticate") { _ in
            .authenticate(Desk.socket(1), id: nil, .valid(Desk.account(1)))
        },
        Sign(description: "a request") { desk in
            .request(
                desk.nextRequest(), .me, Caller(address: "b", credential: .valid(Desk.account(1))), .none)
        },
        Sign(description: "a request that is refused") { desk in
            .request(
                desk.nextRequest(), .undoPixel, Caller(address: "b", credential: .valid(Desk.account(1))),
                .none)
        },
    ]

    @Test("is kept up by any sign of life", arguments: signs)
    func heard(_ sign: Sign) {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.open(1)
        for _ in 0..<5 {
            desk.run(ms: 44_999)
            #expect(desk.engine.counts.presences == 1)
            let input = sign.input(&desk)
            desk.give(input)
        }
        desk.run(ms: 44_999)
        #expect(desk.engine.counts.presences == 1)
        desk.run(ms: 1)
        #expect(desk.engine.counts.presences == 0)
    }

    @Test("isn't kept up by a bad or expired token, nor by what the edge merely measures")
    func unheard() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.open(1)
        desk.run(ms: 30_000)
        _ = desk.ask(.me, .expired)
        _ = desk.ask(.me, .invalid)
        desk.give(.backlog(Desk.socket(1), bytes: 5))
        desk.give(.backlog(Desk.socket(1), bytes: 0))
        desk.run(ms: 15_000)
        #expect(desk.engine.counts.presences == 0)
    }

    @Test("silent for the timeout is cleared: in memory, in storage, and the socket with it")
    func cleared() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.heartbeatTimeoutMs = 10_000 }
        desk.open(1)
        desk.run(ms: 1_000)
        #expect(kept(desk) == ["here 1"])
        desk.run(ms: 9_000)
        #expect(desk.closed(1) == .goingAway)
        #expect(CloseCode.goingAway.allowsReconnect)
        #expect(desk.logs.contains(.presenceCleared(session: Desk.account(1).sessionID)))
        #expect(kept(desk) == ["here 1", "gone"])
        #expect(desk.engine.counts.connections == 0)
        _ = desk.ask(.me, .valid(Desk.account(1)))
        desk.run(ms: 100)
        #expect(kept(desk) == ["here 1", "gone", "here 1"], "the next sign of life begins it anew")
    }

    @Test("cleared touches no deadline, no place and no refresh family")
    func untouched() throws {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.maxPlayers = 1 }
        desk.play(1)
        desk.play(2)
        let deadline = desk.engine.idleDeadlineUs(of: Identifier(rawValue: 1))
        desk.run(ms: 45_000)
        #expect(desk.engine.counts.presences == 0)
        #expect(desk.engine.counts.stalled == 1)
        #expect(desk.engine.idleDeadlineUs(of: Identifier(rawValue: 1)) == deadline)
        #expect(desk.engine.queue.map(\.rawValue) == [2], "a position is kept like that of any lost socket")
        #expect(desk.engine.counts.sessions == 9)
        #expect(try SignedIn(desk.refresh(Desk.firstToken(1))).identity.generation == 1)
        desk.open(1, on: 10)
        #expect(desk.status(to: 10) == desk.playing(forMs: 75_000 - 25))
    }

    @Test("is a sign-in's: one that is silent doesn't take another of the same account with it")
    func perSession() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        let key = [UInt8](repeating: 77, count: 32)
        let first = try SignedIn(desk.signIn(key: key))
        let second = try SignedIn(desk.signIn(key: key))
        desk.give(.opened(Desk.socket(1), first.identity, address: "a", play: false, relay: nil))
        _ = desk.ask(.me, .valid(second.identity))
        #expect(desk.engine.counts.presences == 2)
        desk.run(ms: 30_000, hearing: [1])
        desk.run(ms: 30_000, hearing: [1])
        #expect(desk.engine.counts.presences == 1)
        #expect(desk.engine.counts.connections == 1)
    }

    @Test("of guests is kept alike")
    func guests() {
        var desk = Desk()
        desk.give(.opened(Desk.socket(1), Desk.guest(80), address: "a", play: false, relay: nil))
        desk.run(ms: 100)
        let records = desk.kept.compactMap { if case .presence(let presence) = $0 { presence } else { nil } }
        #expect(records.map(\.isGuest) == [true])
        desk.run(ms: 45_000)
        #expect(desk.closed(1) == .goingAway)
        #expect(kept(desk).last == "gone")
    }

    @Test("that storage couldn't take is settled once it takes writes again")
    func settledLater() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.open(1)
        desk.run(ms: 100)
        desk.isAutomatic = false
        desk.open(2)
        desk.give(.commitFailed(try #require(desk.commit).id, .full))
        desk.open(3)
        #expect(desk.commit == nil, "nothing is tried while storage is full")
        #expect(desk.engine.counts.presences == 3, "memory knows all the same")
        desk.lose(1)
        desk.run(ms: 44_999, hearing: [2, 3])
        desk.isAutomatic = true
        desk.run(ms: 10)
        #expect(desk.engine.counts.presences == 2)
        #expect(kept(desk) == ["here 1"])
        desk.give(.storageProbed(nil))
        desk.run(ms: 100)
        #expect(kept(desk).dropFirst() == ["nobody", "here 2", "here 3"])
    }
}
