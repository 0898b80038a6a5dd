import Protocol
import Testing

@testable import TUI

@Suite struct TouchedCellsTests {
    private static let size = CanvasSize(width: 13, height: 7)

    @Test("what the server tells joins what came meanwhile")
    func join() throws {
        let size = try #require(Self.size)
        var touched = TouchedCells(size: size)
        touched.touch(x: 12, y: 6)
        touched.touch(x: 12, y: 6)
        var told = CellMask(size: size)
        for cell in [0, 5, 12, 90] { told[cell] = true }
        let isTaken = touched.take(told)
        #expect(isTaken)
        #expect(touched.knowledge == .whole)
        #expect(touched.count == 4)
        #expect(touched.untouchedPercent(at: Place(x: 0, y: 0), squaresAtLeast: 1) == 0)
        #expect(touched.untouchedPercent(at: Place(x: 1, y: 0), squaresAtLeast: 1) == 100)
        #expect(touched.untouchedPercent(at: Place(x: 12, y: 6), squaresAtLeast: 1) == 0)
    }

    @Test("squares tell the share of their own cells, at the canvas's edges, too")
    func shares() throws {
        var touched = TouchedCells(size: try #require(Self.size))
        touched.touch(x: 0, y: 0)
        #expect(touched.untouchedPercent(at: Place(x: 3, y: 3), squaresAtLeast: 2) == 93)
        // The last square is 1 by 3.
        touched.touch(x: 12, y: 4)
        #expect(touched.untouchedPercent(at: Place(x: 12, y: 6), squaresAtLeast: 4) == 66)
        #expect(touched.untouchedPercent(at: Place(x: 5, y: 5), squaresAtLeast: 500) == 97)
    }

    @Test("all is touched only when it is")
    func all() throws {
        let size = try #require(Self.size)
        var touched = TouchedCells(size: size)
        for y in 0..<7 { for x in 0..<13 where (x, y) != (3, 3) { touched.touch(x: x, y: y) } }
        #expect(touched.untouchedPercent == 1)
        touched.touch(x: 3, y: 3)
        #expect(touched.untouchedPercent == 0)
        touched.touch(x: 13, y: 3)
        touched.touch(x: -1, y: Int.min)
        #expect(touched.count == size.cellCount)
    }

    @Test("a mask of all cells touches all, one of another canvas changes nothing")
    func masks() throws {
        let size = try #require(Self.size)
        var touched = TouchedCells(size: size)
        let bytes = [UInt8](repeating: 0xff, count: 11) + [0b111]
        let isTaken = touched.take(try #require(CellMask(size: size, bytes: bytes)))
        #expect(isTaken)
        #expect(touched.count == size.cellCount)
        let other = try #require(CanvasSize(width: 7, height: 13))
        let isOtherTaken = touched.take(CellMask(size: other))
        #expect(!isOtherTaken)
    }
}
