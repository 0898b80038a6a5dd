import Protocol
import Testing

@testable import TUI

@Suite struct HeatMapTests {
    private static func map(width: Int = 100, height: Int = 60, nowMs: Int64 = 0) throws -> HeatMap {
        HeatMap(size: try #require(CanvasSize(width: width, height: height)), nowMs: nowMs)
    }

    @Test("a pixel warms its cell and the squares around it, and half of that is gone a minute later")
    func cooling() throws {
        var map = try Self.map()
        let place = Place(x: 17, y: 33)
        map.add(x: place.x, y: place.y, nowMs: 5_000)
        #expect(abs(map.heat(at: place, nowMs: 5_000) - 1) < 0.001)
        #expect(abs(map.heat(at: place, nowMs: 65_000) - 0.5) < 0.001)
        #expect(abs(map.heat(at: place, nowMs: 125_000) - 0.25) < 0.001)
        #expect(map.heat(at: Place(x: 18, y: 33), nowMs: 5_000) == 0)
        #expect(abs(map.heat(at: Place(x: 19, y: 32), squaresAtLeast: 3, nowMs: 5_000) - 1) < 0.001)
        #expect(map.heat(at: Place(x: 20, y: 32), squaresAtLeast: 3, nowMs: 5_000) == 0)
        #expect(abs(map.heat(at: Place(x: 31, y: 47), squaresAtLeast: 16, nowMs: 5_000) - 1) < 0.001)
        #expect(abs(map.heat(at: Place(x: 63, y: 0), squaresAtLeast: 512, nowMs: 5_000) - 1) < 0.001)
    }

    @Test("heat adds up, the later counting more")
    func sum() throws {
        var map = try Self.map()
        map.add(x: 1, y: 1, nowMs: 0)
        map.add(x: 1, y: 1, nowMs: 60_000)
        map.add(x: 1, y: 1, nowMs: 60_000)
        #expect(abs(map.heat(at: Place(x: 1, y: 1), nowMs: 60_000) - 2.5) < 0.001)
    }

    @Test("days change nothing of how warm a pixel is when it comes")
    func days() throws {
        var map = try Self.map()
        map.add(x: 1, y: 1, nowMs: 0)
        for hour in stride(from: Int64(1), through: 96, by: 1) {
            let nowMs = hour * 3_600_000
            #expect(!map.isWarm(nowMs: nowMs))
            map.add(x: 2, y: 2, nowMs: nowMs)
            #expect(abs(map.heat(at: Place(x: 2, y: 2), nowMs: nowMs) - 1) < 0.001)
            #expect(map.isWarm(nowMs: nowMs))
        }
        #expect(map.heat(at: Place(x: 1, y: 1), nowMs: 96 * 3_600_000) == 0)
    }

    @Test("what lies outside the canvas warms nothing")
    func outside() throws {
        var map = try Self.map()
        for (x, y) in [(-1, 0), (0, -1), (100, 0), (0, 60), (Int.max, Int.min)] {
            map.add(x: x, y: y, nowMs: 0)
        }
        #expect(!map.isWarm(nowMs: 0))
        map.add(x: 99, y: 59, nowMs: 0)
        #expect(map.isWarm(nowMs: 0))
    }

    @Test("the busiest place is the middle of the warmest square, inside the canvas, and cold ones are none")
    func busiest() throws {
        var map = try Self.map()
        #expect(map.busiest(leavingOut: [], nowMs: 0) == nil)
        for _ in 0..<3 { map.add(x: 99, y: 59, nowMs: 0) }
        map.add(x: 20, y: 20, nowMs: 0)
        let first = try #require(map.busiest(leavingOut: [], nowMs: 0))
        #expect(first == Place(x: 99, y: 56))
        #expect(map.busiest(leavingOut: [first], nowMs: 0) == Place(x: 24, y: 24))
        #expect(map.busiest(leavingOut: [first, Place(x: 24, y: 24)], nowMs: 0) == nil)
        #expect(map.busiest(leavingOut: [], nowMs: 3_600_000) == nil)
    }

    @Test("the largest canvas is mapped in squares that memory holds")
    func largest() throws {
        var map = try Self.map(width: 4096, height: 4096)
        map.add(x: 4095, y: 4095, nowMs: 0)
        #expect(abs(map.heat(at: Place(x: 4095, y: 4095), nowMs: 0) - 1) < 0.001)
        #expect(map.heat(at: Place(x: 4091, y: 4091), nowMs: 0) == 0)
    }
}
