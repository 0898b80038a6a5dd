import Testing

@testable import TUI

@Suite struct PixelPaceTests {
    @Test("what came within the last minute counts, and no more once it is over")
    func minute() {
        var pace = PixelPace()
        #expect(pace.perMinute(nowMs: 0) == 0 && pace.nextChangeMs(nowMs: 0) == nil)
        pace.add(10, nowMs: 1_000)
        pace.add(5, nowMs: 4_000)
        pace.add(7, nowMs: 31_000)
        #expect(pace.perMinute(nowMs: 31_000) == 22)
        #expect(pace.perMinute(nowMs: 59_999) == 22)
        #expect(pace.perMinute(nowMs: 60_000) == 7)
        #expect(pace.perMinute(nowMs: 90_000) == 0)
    }

    @Test("a long pause leaves nothing behind")
    func pause() {
        var pace = PixelPace()
        pace.add(10, nowMs: 1_000)
        pace.add(3, nowMs: 10_000_000)
        #expect(pace.perMinute(nowMs: 10_000_000) == 3)
    }

    @Test("time alone changes the number at its next stretch, until nothing is left")
    func ticks() {
        var pace = PixelPace()
        pace.add(1, nowMs: 1_000)
        var nowMs: Int64 = 1_000
        var ticks = 0
        while let nextMs = pace.nextChangeMs(nowMs: nowMs) {
            #expect(nextMs > nowMs)
            nowMs = nextMs
            ticks += 1
        }
        #expect(pace.perMinute(nowMs: nowMs) == 0 && ticks == 12)
    }
}
