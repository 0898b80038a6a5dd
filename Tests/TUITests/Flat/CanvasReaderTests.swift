import Protocol
import Testing

@testable import TUI

@Suite struct CanvasReaderTests {
    /// A canvas of white with a red pixel at 2,1 and a black line at the bottom; the cursor at 4,1.
    private func reader() throws -> CanvasReader {
        var model = Model.flat(
            purpose: .play, serverName: "here", settings: Settings(isFlat: true), page: .canvas)
        let size = try #require(CanvasSize(width: 9, height: 6))
        var cells = [UInt8](repeating: 0, count: size.cellCount)
        cells[size.cell(x: 2, y: 1)] = 7
        for x in 0..<9 { cells[size.cell(x: x, y: 5)] = 4 }
        model.canvas = CanvasImage(size: size, palette: .standard, cells: cells)
        model.cursor = Place(x: 4, y: 1)
        return CanvasReader(model: model, names: ColorNames(.standard))
    }

    @Test("the cursor's row is read with equal colors counted, and the cursor by itself")
    func line() throws {
        #expect(
            try reader().line.map(\.line) == [
                "canvas: row 1, 0 to 8: 2 white, red, white, cursor on white, 4 white"
            ])
    }

    @Test("a square is read from the top, and only what is on the canvas")
    func square() throws {
        #expect(
            try reader().square(radius: 2).map(\.text) == [
                "row 0, 2 to 6: 5 white", "row 1, 2 to 6: red, white, cursor on white, 2 white",
                "row 2, 2 to 6: 5 white", "row 3, 2 to 6: 5 white",
            ])
    }

    @Test("the whole canvas is read in nine parts with their commonest colors")
    func whole() throws {
        let parts = try reader().whole.map(\.text)
        #expect(parts.count == 9)
        #expect(parts[0] == "top left: white 83 percent, red 16 percent")
        #expect(parts[8] == "bottom right: white 50 percent, black 50 percent")
    }

    @Test("a canvas of one cell is read, too")
    func smallest() throws {
        var model = try reader().model
        let size = try #require(CanvasSize(width: 1, height: 1))
        model.canvas = CanvasImage(size: size, palette: .standard, cells: [4])
        model.cursor = Place(x: 0, y: 0)
        let reader = CanvasReader(model: model, names: ColorNames(.standard))
        #expect(reader.whole.map(\.text) == ["bottom right: black 100 percent"])
        #expect(reader.square(radius: 10).map(\.text) == ["row 0, 0 to 0: cursor on black"])
    }

    @Test("a pixel that is on its way is read as it will be")
    func pending() throws {
        var model = try reader().model
        model.pending = [PendingPixel(request: 1, place: model.cursor, color: 7)]
        let reader = CanvasReader(model: model, names: ColorNames(.standard))
        #expect(reader.cursor.line == "cursor: 4,1 red")
    }
}
