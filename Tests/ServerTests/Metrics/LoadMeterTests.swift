import Game
import Testing
import Transport

@testable import Server

@Suite struct LoadMeterTests {
    @Test func `a loop that is held up is measured as late, and one that isn't as on time`() throws {
        let loop = try EventLoop()
        var readings: [LoadReading] = []
        let meter = LoadMeter(loop: loop, meters: Meters()) { reading in
            readings.append(reading)
            if readings.count == 2 { loop.stop() }
        }
        let blocker = loop.makeTimer {
            let end = ContinuousClock.now + .milliseconds(800)
            while ContinuousClock.now < end {}
        }
        blocker.schedule(afterMs: 100)
        loop.run()
        let late = try #require(readings.first)
        #expect(late.loopLagUs > 300_000, "held up from 0.1 s to 0.9 s, due at 0.5 s")
        #expect(late.loopLagUs < 10_000_000)
        #expect(readings[1].loopLagUs < late.loopLagUs / 2)
        #expect(late.sentBitsPerSecond == 0)
        withExtendedLifetime((meter, blocker)) {}
    }
}
