import Engine
import Protocol
import Testing

@Suite("Positions in line")
struct PositionTests {
    /// Account 1 plays, those from 2 on wait.
    private func desk(waiting count: UInt64) -> Desk {
        var desk = Desk(recovered: Desk.withAccounts(count + 1)) {
            $0.maxPlayers = 1
            $0.idleSeconds = 100_000
            $0.heartbeatTimeoutMs = 100_000_000
        }
        for number in 1...count + 1 { desk.play(number) }
        return desk
    }

    /// The positions that a socket was told since a moment, with the milliseconds since then.
    private func positions(_ desk: Desk, of number: UInt64, since startUs: Int64) -> [[Int64]] {
        desk.heard(by: number, since: startUs).compactMap { ms, told in
            guard case .queued(let position, _) = told.status else { return nil }
            return [ms, Int64(position)]
        }
    }

    @Test("are told on joining, and never again while nothing changes")
    func joining() {
        var desk = desk(waiting: 5)
        for number in 2...6 as ClosedRange<UInt64> {
            #expect(positions(desk, of: number, since: 0).map(\.[1]) == [Int64(number) - 1])
        }
        let joined = desk.now.monotonicUs + 1
        desk.run(ms: 60_000)
        for number in 2...6 as ClosedRange<UInt64> {
            #expect(positions(desk, of: number, since: joined).isEmpty)
        }
    }

    @Test("of the first hundred are told at most once a second, the newest one, to whom it changed for")
    func near() {
        var desk = desk(waiting: 8)
        desk.run(ms: 60_000)
        let started = desk.now.monotonicUs
        desk.say(6, .leave)
        #expect(positions(desk, of: 7, since: started) == [[0, 5]], "after a quiet second at once")
        #expect(positions(desk, of: 5, since: started).isEmpty, "those before it keep theirs")
        desk.run(ms: 200)
        desk.say(3, .leave)
        desk.run(ms: 200)
        desk.say(4, .leave)
        desk.run(ms: 599)
        #expect(positions(desk, of: 7, since: started).count == 1)
        desk.run(ms: 1)
        #expect(positions(desk, of: 7, since: started) == [[0, 5], [1_000, 3]])
        #expect(positions(desk, of: 5, since: started) == [[1_000, 2]])
        desk.run(ms: 60_000)
        #expect(positions(desk, of: 7, since: started).count == 2)
    }

    @Test("of those behind are told every ten seconds, and each learns in the end where it stands")
    func behind() {
        var desk = desk(waiting: 150)
        desk.run(ms: 60_000)
        let started = desk.now.monotonicUs
        // One leaves each 700 ms for half a minute.
        for number in 10..<50 as Range<UInt64> {
            desk.say(number, .leave)
            desk.run(ms: 700)
        }
        desk.run(ms: 30_000)
        for number in 60...151 as ClosedRange<UInt64> {
            let told = positions(desk, of: number, since: started)
            for (earlier, later) in zip(told, told.dropFirst()) {
                let gapMs = later[0] - earlier[0]
                #expect(gapMs >= (later[1] > 100 ? 10_000 : 1_000))
                #expect(later[1] < earlier[1])
            }
            #expect(told.last?[1] == Int64(number) - 1 - 40)
        }
        #expect(positions(desk, of: 5, since: started).isEmpty)
    }

    @Test("who has just joined far behind learns of a change, too, though nothing changes after it")
    func joinedJustBefore() {
        for gapMs in stride(from: Int64(0), through: 10_000, by: 500) {
            var desk = desk(waiting: 130)
            desk.run(ms: 60_000)
            let started = desk.now.monotonicUs
            desk.say(50, .leave)
            desk.run(ms: gapMs)
            desk.say(130, .leave)
            desk.say(130, .play)
            desk.run(ms: 500)
            desk.say(51, .leave)
            desk.run(ms: 40_000)
            #expect(positions(desk, of: 130, since: started).last?[1] == 128, "\(gapMs)")
            #expect(positions(desk, of: 131, since: started).last?[1] == 127, "\(gapMs)")
        }
    }

    @Test("are not told to who is absent, and told to who is back")
    func absent() {
        var desk = desk(waiting: 5)
        desk.run(ms: 60_000)
        desk.lose(4)
        let started = desk.now.monotonicUs
        desk.say(2, .leave)
        desk.run(ms: 5_000)
        #expect(positions(desk, of: 4, since: started).isEmpty)
        desk.open(4, on: 40)
        #expect(desk.status(to: 40).map { if case .queued(2, _) = $0 { true } else { false } } == true)
        desk.run(ms: 30_000)
        #expect(positions(desk, of: 40, since: started).count == 1)
    }

    @Test("let the engine rest once everyone knows")
    func rests() {
        var desk = desk(waiting: 120)
        desk.say(5, .leave)
        desk.run(ms: 60_000)
        #expect(desk.engine.nextWakeUs.map { $0 > desk.now.monotonicUs + 10_000_000 } == true)
    }
}
