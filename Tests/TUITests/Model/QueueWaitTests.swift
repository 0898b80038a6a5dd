import Testing

@testable import TUI

@Suite struct QueueWaitTests {
    /// A wait that begins at 0 and moves to the next place at each of the moments.
    static func wait(from position: Int, movesMs: [Int64]) -> QueueWait {
        var wait = QueueWait(position: position, joinedServerMs: 1, sinceMs: nil, nowMs: 0)
        for (step, atMs) in movesMs.enumerated() { wait.move(to: position - step - 1, nowMs: atMs) }
        return wait
    }

    @Test("nothing is promised while no place was gained, or too short a time has passed to see a pace")
    func unknown() {
        #expect(Self.wait(from: 5, movesMs: []).leftMs(nowMs: 60_000) == nil)
        #expect(Self.wait(from: 5, movesMs: [900]).leftMs(nowMs: 4_999) == nil)
    }

    @Test("the estimate is the pace of late times the places left, and runs down between two moves")
    func estimate() {
        let wait = Self.wait(from: 5, movesMs: [10_000, 20_000])
        #expect(wait.position == 3)
        #expect(wait.leftMs(nowMs: 20_000) == 30_000)
        #expect(wait.leftMs(nowMs: 26_000) == 24_000)
    }

    @Test("an overdue move makes the estimate longer, never less than nothing")
    func overdue() {
        let wait = Self.wait(from: 5, movesMs: [10_000, 20_000])
        #expect(wait.leftMs(nowMs: 60_000) == 40_000)
        let last = Self.wait(from: 2, movesMs: [10_000])
        #expect(last.leftMs(nowMs: 3_600_000) == 0)
    }

    @Test("old moves are forgotten: a queue that has become faster says so")
    func recent() throws {
        var wait = QueueWait(position: 500, joinedServerMs: 1, sinceMs: nil, nowMs: 0)
        wait.move(to: 499, nowMs: 600_000)
        for step in 1...99 { wait.move(to: 499 - step, nowMs: 600_000 + Int64(step) * 1_000) }
        #expect(try #require(wait.leftMs(nowMs: 699_000)) == 400_000)
    }

    @Test("falling back begins a new pace, and the way done is measured from the farthest place")
    func back() {
        var wait = Self.wait(from: 5, movesMs: [10_000])
        wait.move(to: 7, nowMs: 12_000)
        #expect(wait.leftMs(nowMs: 60_000) == nil)
        #expect(wait.firstPosition == 7)
    }

    @Test(
        "what no server would say does no harm",
        arguments: [0, -1, Int.min, Int.max], [nil, Int64.min, Int64.max] as [Int64?])
    func absurd(position: Int, sinceMs: Int64?) {
        var wait = QueueWait(position: position, joinedServerMs: 1, sinceMs: sinceMs, nowMs: 50_000)
        #expect(wait.position >= 1)
        #expect(wait.sinceMs <= 50_000)
        wait.move(to: Int.max, nowMs: 60_000)
        wait.move(to: 2, nowMs: 3_000_000)
        #expect(wait.leftMs(nowMs: 90_000_000_000).map { $0 >= 0 } ?? true)
    }

    @Test(
        "times and places are said as people say them",
        arguments: [
            (Spelled.ordinal(1), "1st"), (Spelled.ordinal(2), "2nd"), (Spelled.ordinal(3), "3rd"),
            (Spelled.ordinal(4), "4th"), (Spelled.ordinal(11), "11th"), (Spelled.ordinal(12), "12th"),
            (Spelled.ordinal(113), "113th"), (Spelled.ordinal(1_022), "1,022nd"),
            (Spelled.clock(seconds: 7), "0:07"), (Spelled.clock(seconds: 750), "12:30"),
            (Spelled.clock(seconds: 3_723), "1:02:03"), (Spelled.about(milliseconds: 9_999), "any moment"),
            (Spelled.about(milliseconds: 44_000), "about 40 s"),
            (Spelled.about(milliseconds: 119_000), "about 2 min"),
            (Spelled.about(milliseconds: 9_000_000), "about 3 h"),
            (Spelled.about(milliseconds: .max), "about 2,562,047,788,015 h"),
        ])
    func spelled(said: String, expected: String) {
        #expect(said == expected)
    }
}
