import Protocol
import Testing

@testable import TUI

@Suite struct TourTests {
    @Test("a tour goes to the busiest places in turn, stays at each, and comes back")
    func tour() throws {
        let size = try #require(CanvasSize(width: 100, height: 100))
        var heat = HeatMap(size: size, nowMs: 0)
        for (number, x) in [8, 40, 72].enumerated() {
            for _ in 0...number { heat.add(x: x, y: 8, nowMs: 0) }
        }
        var tour = Tour(nowMs: 0)
        #expect(tour.stop(in: heat, nowMs: 0) == Place(x: 72, y: 8))
        #expect(tour.stop(in: heat, nowMs: 7_999) == nil)
        #expect(tour.stop(in: heat, nowMs: 8_000) == Place(x: 40, y: 8))
        #expect(tour.stop(in: heat, nowMs: 16_000) == Place(x: 8, y: 8))
        #expect(tour.stop(in: heat, nowMs: 24_000) == Place(x: 72, y: 8))
        #expect(tour.nextMs == 32_000)
    }

    @Test("a tour of a cold canvas stays where it is, and one of a single warm place stays there")
    func quiet() throws {
        let size = try #require(CanvasSize(width: 100, height: 100))
        var heat = HeatMap(size: size, nowMs: 0)
        var tour = Tour(nowMs: 0)
        #expect(tour.stop(in: heat, nowMs: 0) == nil)
        heat.add(x: 50, y: 50, nowMs: 1_000)
        #expect(tour.stop(in: heat, nowMs: 8_000) == Place(x: 56, y: 56))
        #expect(tour.stop(in: heat, nowMs: 16_000) == nil)
    }
}
