import Engine
import Game
import Protocol
import Testing

@Suite("Idling")
struct IdleTests {
    private func desk(_ change: (inout EngineConfiguration) -> Void = { _ in }) -> Desk {
        var desk = Desk(recovered: Desk.withAccounts(), change)
        desk.play(1)
        return desk
    }

    @Test("ends play idle-seconds after the last game action: status afk, then close 4001, and frames end")
    func ends() {
        var desk = desk { $0.idleSeconds = 40 }
        let started = desk.now.monotonicUs
        desk.run(ms: 39_999)
        #expect(desk.engine.counts.players == 1, "never before the deadline")
        desk.run(ms: 1)
        #expect(desk.engine.counts.players == 0)
        let last = desk.heard(by: 1, since: started).suffix(2)
        #expect(last.map(\.ms) == [40_000, 40_000])
        #expect(last.map(\.told.status) == [.afk, nil])
        #expect(last.map(\.told.code) == [nil, .afk])
        #expect(desk.engine.counts.connections == 0)
        #expect(!CloseCode.afk.allowsReconnect)
        #expect(
            desk.logs.contains(.wentAFK(account: Identifier(rawValue: 1), .idleDeadline)))
    }

    @Test("counts a pixel and an undo, over either door, and no heartbeat, pong, read or refused pixel")
    func actions() throws {
        var desk = desk()
        func deadline() -> Int64? { desk.engine.idleDeadlineUs(of: Identifier(rawValue: 1)) }
        func isMoved(by action: (inout Desk) -> Void) -> Bool {
            desk.run(ms: 1_000)
            action(&desk)
            return deadline() == desk.now.monotonicUs + 120_000_000
        }
        let me = Credential.valid(Desk.account(1))
        #expect(isMoved { $0.place(1, 0, 0, 1) })
        #expect(isMoved { $0.say(1, .undo) })
        #expect(isMoved { _ = $0.ask(.placePixel(Pixel(x: 0, y: 0, color: 2)), me) })
        #expect(isMoved { _ = $0.ask(.undoPixel, me) })
        #expect(!isMoved { $0.say(1, .heartbeat) })
        #expect(!isMoved { $0.give(.alive(Desk.socket(1))) })
        #expect(!isMoved { _ = $0.ask(.me, me) })
        #expect(!isMoved { $0.say(1, .play) }, "play again isn't an action")
        #expect(!isMoved { $0.place(1, 99, 0, 1) })
        #expect(!isMoved { $0.place(1, 0, 0, 200) })
        #expect(!isMoved { $0.say(1, .undo) }, "nothing to undo")
        #expect(!isMoved { $0.give(.authenticate(Desk.socket(1), id: 1, me)) })
    }

    @Test("ends the place of a stalled player at the same deadline, and its return finds it afk")
    func stalled() {
        var desk = desk()
        desk.run(ms: 50_000, hearing: [1])
        desk.lose(1)
        desk.run(ms: 69_999)
        #expect(desk.engine.counts.stalled == 1)
        desk.run(ms: 1)
        #expect(desk.engine.counts.players == 0)
        #expect(desk.engine.counts.stalled == 0)
        desk.open(1, on: 10)
        guard case .welcome(let welcome) = desk.sent(to: 10).first?.message else {
            Issue.record("no welcome")
            return
        }
        #expect(welcome.status == .afk)
        #expect(desk.sent(to: 10).count == 1, "only an explicit play leaves afk")
        desk.say(10, .play)
        #expect(desk.status(to: 10) == desk.playing())
    }

    @Test("a stalled player that places over HTTP moves its deadline, and hears of it when it is back")
    func stalledPlacement() {
        var desk = desk()
        desk.run(ms: 50_000, hearing: [1])
        desk.lose(1)
        desk.run(ms: 60_000)
        let answer = desk.call(.placePixel(Pixel(x: 0, y: 0, color: 1)), as: Desk.account(1))
        #expect(answer.map { if case .placed = $0 { true } else { false } } == true)
        desk.run(ms: 100_000)
        #expect(desk.engine.counts.stalled == 1)
        desk.open(1, on: 10)
        #expect(desk.status(to: 10) == desk.playing(forMs: 20_000))
    }

    @Test("goes by the clock that never steps")
    func clockSteps() {
        var desk = desk()
        let started = desk.now.monotonicUs
        desk.now.wallMs += 86_400_000
        desk.run(ms: 60_000, hearing: [1])
        desk.say(1, .play)
        #expect(desk.status(to: 1) == desk.playing(forMs: 60_000), "told on the clock that clients see")
        desk.now.wallMs -= 10 * 86_400_000
        desk.run(ms: 59_999, hearing: [1])
        #expect(desk.engine.counts.players == 1)
        desk.run(ms: 1)
        #expect(desk.engine.counts.players == 0)
        #expect(desk.now.monotonicUs == started + 120_000_000)
    }

    @Test("comes before whatever else happens at that time")
    func atTheDeadline() {
        var desk = desk { $0.maxPlayers = 1 }
        desk.play(2)
        desk.run(ms: 119_999, hearing: [1, 2])
        desk.pass(ms: 1)
        desk.place(1, 0, 0, 1)
        #expect(desk.closed(1) == .afk)
        #expect(desk.engine.headVersion == 0)
        #expect(desk.status(to: 2) == desk.playing())
    }
}
