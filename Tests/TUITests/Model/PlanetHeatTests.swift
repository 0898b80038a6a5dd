import Testing

@testable import TUI

@Suite struct PlanetHeatTests {
    @Test("the first total warms nothing: its clicks may be old")
    func first() {
        var heat = PlanetHeat()
        heat.take(total: 5_000, nowMs: 0)
        #expect(heat.level(nowMs: 0) == 0)
        #expect(heat.nextChangeMs(nowMs: 0) == nil)
    }

    @Test("more clicks are hotter, up to a bound")
    func hotter() {
        var former = 0
        for clicks in [1, 3, 10, 40, 200, 5_000, 10_000_000] {
            var heat = PlanetHeat()
            heat.take(total: 7, nowMs: 0)
            heat.take(total: 7 + clicks, nowMs: 1_000)
            let level = heat.level(nowMs: 1_000)
            #expect(level > former || level == PlanetHeat.maxLevel)
            former = level
        }
        #expect(former == PlanetHeat.maxLevel)
    }

    @Test("a planet cools step by step to cold, and then asks for no more frames")
    func cools() {
        var heat = PlanetHeat()
        heat.take(total: 0, nowMs: 0)
        heat.take(total: 100, nowMs: 1_000)
        var levels: [Int] = []
        var nowMs: Int64 = 1_000
        while let next = heat.nextChangeMs(nowMs: nowMs) {
            #expect(next > nowMs)
            levels.append(heat.level(nowMs: nowMs))
            nowMs = next
        }
        #expect(levels == levels.sorted(by: >))
        #expect(nowMs == 1_000 + PlanetHeat.windowMs)
        #expect(heat.level(nowMs: nowMs) == 0)
        #expect(heat.recent(nowMs: nowMs) == 0)
    }

    @Test("a total that falls, as after a restart of the server, warms nothing")
    func falls() {
        var heat = PlanetHeat()
        heat.take(total: 100, nowMs: 0)
        heat.take(total: 90, nowMs: 100)
        #expect(heat.recent(nowMs: 100) == 0)
        heat.take(total: 95, nowMs: 200)
        #expect(heat.recent(nowMs: 200) == 5)
    }
}
