import Engine
import Game
import Protocol
import Testing

@Suite("Relays in time")
struct RelayTimeTests {
    private func desk() -> Desk {
        Desk(recovered: Desk.withAccounts()) { $0.admins = [Identifier(rawValue: 9)] }
    }

    private func points(_ desk: inout Desk, _ id: Identifier) -> [Int]? {
        desk.relay(.points(id), as: 8)?.points
    }

    @Test("points drain by themselves, interval by interval, whoever is connected")
    func drains() {
        var desk = desk()
        let id = desk.startRelay([1, 2])
        desk.run(ms: 10_000)
        #expect(points(&desk, id) == [90, 90])
        desk.run(ms: 80_000)
        #expect(points(&desk, id) == [10, 10])
        desk.run(ms: 11_000)
        #expect(points(&desk, id) == [0, 0])
        #expect(Shelf(desk.kept).relay(id)?.endReason == .allOut)
        #expect(Shelf(desk.kept).scores.isEmpty)
    }

    @Test("the last one standing ends it, and is paid once")
    func lastStanding() throws {
        var desk = desk()
        let id = desk.startRelay([1, 2]) { $0.startPoints = 8 }
        desk.open(3)
        desk.say(3, .join(relay: id))
        _ = desk.relay(.newPuzzle(id), as: 1)
        #expect(desk.attempt(id, as: 1)?.attempt?.isCorrect == true)
        #expect(desk.heard(in: id).map(\.word) == ["solved", "points", "assigned"])
        desk.run(ms: 7_000)
        desk.recorded = []
        desk.run(ms: 1_000)
        #expect(
            desk.heard(in: id, sinceRecording: true).map(\.word)
                == ["points", "eliminated", "team", "ended"])
        #expect(Shelf(desk.kept).relay(id)?.endReason == .lastStanding)
        #expect(Shelf(desk.kept).scores.map(\.score) == [10])
        #expect(Shelf(desk.kept).scores.map(\.account.rawValue) == [2])
        guard case .me(let me) = desk.ask(.me, .valid(Desk.account(2))) else {
            Issue.record("no account")
            return
        }
        #expect(me.points == 10)
        #expect(desk.relay(.decay(id), as: 9)?.points?.first == 0)
        desk.run(ms: 60_000)
        #expect(Shelf(desk.kept).scores.count == 1)
        #expect(desk.attempt(id, as: 1) == nil)
        #expect(desk.relay(.newPuzzle(id), as: 2)?.code == .relayNotRunning)
    }

    @Test("a wrong answer can put its giver out, which ends a relay of two")
    func putOut() {
        var desk = desk()
        let id = desk.startRelay([1, 2]) {
            $0.startPoints = 5
            $0.decayPoints = 0
        }
        _ = desk.relay(.newPuzzle(id), as: 1)
        #expect(desk.attempt(id, as: 1, isRight: false)?.attempt?.points == 0)
        #expect(desk.logs.contains(.relayEnded(id, .lastStanding)))
        #expect(Shelf(desk.kept).scores.map(\.account.rawValue) == [2])
        #expect(desk.relay(.newPuzzle(id), as: 1)?.code == .relayNotRunning)
    }

    @Test("an interval longer than what is left doesn't make it last longer")
    func shortTime() {
        var desk = desk()
        let id = desk.startRelay([1, 2]) {
            $0.seconds = 5
            $0.decayIntervalMs = 3_000
        }
        desk.run(ms: 4_900)
        #expect(Shelf(desk.kept).relay(id)?.status == .running)
        desk.run(ms: 200)
        #expect(Shelf(desk.kept).relay(id)?.endReason == .time)
    }

    @Test("its time ends it: all who are in are paid; alone nobody is")
    func time() {
        var desk = desk()
        let team = desk.startRelay([1, 2, 3]) { $0.seconds = 5 }
        let solo = desk.startRelay([4]) { $0.seconds = 5 }
        desk.run(ms: 6_000)
        #expect(Shelf(desk.kept).relay(team)?.endReason == .time)
        #expect(Shelf(desk.kept).relay(solo)?.endReason == .time)
        #expect(Shelf(desk.kept).scores.map(\.account.rawValue) == [1, 2, 3])
    }

    @Test("one that nobody starts ends, and stays for a while for whoever looks", .timeLimit(.minutes(1)))
    func expires() {
        var desk = desk()
        let id = desk.makeRelay([1])
        desk.run(ms: Int64(Limits.relayWaitMs) + 1_000)
        #expect(Shelf(desk.kept).relay(id)?.status == .ended)
        #expect(desk.relay(.list, as: 1)?.relays?.isEmpty == true)
        #expect(points(&desk, id) != nil)
        desk.run(ms: Int64(Limits.relayAftermathMs) + 1_000)
        #expect(desk.relay(.points(id), as: 8)?.code == .notFound)
    }

    @Test("however one ends, it can be looked at for a while and is dropped then", arguments: [0, 1, 2, 3])
    func aftermath(_ way: Int) {
        var desk = desk()
        let id = desk.makeRelay([1, 2]) {
            $0.startPoints = 3
            $0.penalty = 3
            $0.decayIntervalMs = way == 0 ? 1_000 : 3_600_000
            $0.seconds = 24 * 3_600
        }
        // Half an hour after it was made nobody would have started it.
        if way < 3 { desk.run(ms: Int64(Limits.relayWaitMs) - 5_000) }
        _ = desk.relay(.start(id), as: 1)
        switch way {
        case 0: desk.run(ms: 4_500)
        case 1: for _ in 0..<3 { _ = desk.relay(.decay(id), as: 9) }
        default:
            if way == 3 { desk.run(ms: Int64(Limits.relayWaitMs) + 60_000) }
            _ = desk.relay(.newPuzzle(id), as: 1)
            _ = desk.attempt(id, as: 1, isRight: false)
        }
        #expect(Shelf(desk.kept).relay(id)?.status == .ended)
        desk.run(ms: Int64(Limits.relayAftermathMs) - 20_000)
        #expect(points(&desk, id) != nil)
        desk.run(ms: 40_000)
        #expect(desk.relay(.points(id), as: 8)?.code == .notFound)
    }

    @Test("who is in a running relay doesn't idle; the deadline comes back with its end")
    func exempt() {
        var desk = desk()
        desk.play(1)
        desk.play(3)
        let id = desk.startRelay([1, 2]) { $0.startPoints = 300 }
        desk.run(ms: 200_000, hearing: [1, 3])
        #expect(desk.engine.state(of: Identifier(rawValue: 1)) == .playing)
        #expect(desk.engine.state(of: Identifier(rawValue: 3)) == .afk)
        desk.run(ms: 101_000, hearing: [1])
        #expect(Shelf(desk.kept).relay(id)?.status == .ended)
        desk.run(ms: 121_000, hearing: [1])
        #expect(desk.engine.state(of: Identifier(rawValue: 1)) == .afk)
    }

    @Test("a deleted account leaves what nobody has started; a relay of nobody ends; a running one drains on")
    func deletion() throws {
        var desk = desk()
        let waiting = desk.makeRelay([2, 1])
        let own = desk.makeRelay([1])
        let running = desk.startRelay([1, 2])
        guard case .done = desk.call(.deleteAccount, as: Desk.account(1)) else {
            Issue.record("not deleted")
            return
        }
        #expect(Shelf(desk.kept).relay(waiting)?.players.map(\.account.id.rawValue) == [2])
        #expect(Shelf(desk.kept).relay(own)?.status == .ended)
        desk.run(ms: 5_000)
        #expect(desk.relay(.points(running), as: 2)?.points == [95, 95])
        desk.run(ms: 300_000)
        #expect(Shelf(desk.kept).relay(running)?.status == .ended)
    }

    @Test("a stopping server's relays stand still, and their calls are refused")
    func drain() {
        var desk = desk()
        let id = desk.startRelay([1, 2])
        desk.run(ms: 2_000)
        desk.isAutomatic = false
        desk.give(.drain)
        #expect(desk.relay(.newPuzzle(id), as: 1)?.code == .shuttingDown)
        desk.run(ms: 10_000)
        #expect(points(&desk, id) == [98, 98])
    }
}
