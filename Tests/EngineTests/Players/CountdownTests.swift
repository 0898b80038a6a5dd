import Engine
import Protocol
import Testing

/// A client counts down to the last deadline it was told; these hold that it may.
@Suite("The countdown to idling")
struct CountdownTests {
    private func desk(_ change: (inout EngineConfiguration) -> Void = { _ in }) -> Desk {
        var desk = Desk(recovered: Desk.withAccounts(), change)
        desk.play(1)
        return desk
    }

    /// When the socket was told a deadline, since its start, and which, both in milliseconds.
    private func deadlines(_ desk: Desk, since started: Moment) -> [[Int64]] {
        desk.heard(by: 1, since: started.monotonicUs).compactMap { ms, told in
            guard case .playing(let deadlineMs?) = told.status else { return nil }
            return [ms, deadlineMs - started.wallMs]
        }
    }

    @Test("an action in it is answered by the new deadline at once, unasked")
    func within() {
        var desk = desk()
        let started = desk.now
        desk.run(ms: 100_000, hearing: [1])
        desk.place(1, 0, 0, 1)
        #expect(desk.sent(to: 1).first == ServerEnvelope(.status(desk.playing())))
        #expect(deadlines(desk, since: started) == [[0, 120_000], [100_000, 220_000]])
    }

    @Test("an action before it is told when it would begin, not at each action")
    func before() {
        var desk = desk()
        let started = desk.now
        for _ in 0..<9 {
            desk.run(ms: 10_000)
            desk.place(1, 0, 0, 1)
        }
        #expect(deadlines(desk, since: started) == [[0, 120_000]])
        desk.run(ms: 9_999)
        #expect(deadlines(desk, since: started).count == 1)
        desk.run(ms: 1)
        #expect(deadlines(desk, since: started) == [[0, 120_000], [100_000, 210_000]])
        desk.run(ms: 110_000, hearing: [1])
        #expect(deadlines(desk, since: started).count == 2, "nothing moved: the client counts down by itself")
        #expect(desk.engine.counts.players == 0)
    }

    @Test("who goes on acting is told once a countdown's worth, and never counts down wrongly")
    func busy() {
        var desk = desk()
        let started = desk.now
        for _ in 0..<600 {
            desk.run(ms: 1_000)
            desk.place(1, 0, 0, 1)
            guard let told = deadlines(desk, since: started).last else { return }
            let nowMs = (desk.now.monotonicUs - started.monotonicUs) / 1000
            #expect(nowMs < told[1] - 20_000 || told[1] == nowMs + 120_000)
        }
        #expect(deadlines(desk, since: started).count < 10)
    }

    @Test("is half of idle-seconds where twenty seconds are more")
    func short() {
        var desk = desk { $0.idleSeconds = 10 }
        let started = desk.now
        desk.run(ms: 4_000)
        desk.place(1, 0, 0, 1)
        desk.run(ms: 1_000)
        #expect(deadlines(desk, since: started) == [[0, 10_000], [5_000, 14_000]])
        desk.run(ms: 4_001)
        desk.place(1, 0, 0, 1)
        #expect(deadlines(desk, since: started).last == [9_001, 19_001])
    }

    @Test("a deadline that HTTP moved is told on the socket alike")
    func overHTTP() {
        var desk = desk()
        let started = desk.now
        desk.run(ms: 110_000, hearing: [1])
        _ = desk.ask(.placePixel(Pixel(x: 0, y: 0, color: 1)), .valid(Desk.account(1)))
        #expect(deadlines(desk, since: started).last == [110_000, 230_000])
    }

    @Test("play again tells the deadline as it stands")
    func askedFor() {
        var desk = desk()
        desk.run(ms: 30_000)
        desk.place(1, 0, 0, 1)
        desk.run(ms: 30_000)
        desk.say(1, .play, id: 3)
        #expect(desk.sent(to: 1) == [ServerEnvelope(replyTo: 3, .status(desk.playing(forMs: 90_000)))])
    }
}
