import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct ViewTests {
    @Test(
        "a frame has the screen's size, however small",
        arguments: [(0, 0), (1, 1), (20, 3), (36, 8), (35, 8), (300, 80)])
    func sizes(columns: Int, rows: Int) throws {
        for keys in ["", "?", "g12", "0", "++++"] {
            var model = try SampleModels.playing(columns: columns, rows: rows)
            _ = model.type(keys)
            let frame = View.frame(of: model)
            #expect(frame.cells.count == columns * rows)
            if let caret = frame.caret {
                #expect(caret.column < columns && caret.row < rows)
            }
        }
    }

    @Test("a window that is too small says what it is and what is needed")
    func tooSmall() throws {
        let frame = View.frame(of: try SampleModels.playing(columns: 30, rows: 6))
        let text = (0..<6).map { GridText.characters(frame, row: $0) }.joined()
        #expect(text.contains("Window too small"))
        #expect(text.contains("30×6, needs 36×8"))
    }

    @Test(
        "a name of any script leaves the frame its width",
        arguments: [
            "Ada", "日本語の名前です日本語の名前です日本語", "🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨", "שלום עולם", "a\u{301}\u{301}\u{301}",
            "\u{202e}evil\u{1b}[31m",
        ],
        [36, 57, 80])
    func names(name: String, columns: Int) throws {
        var model = try SampleModels.playing(columns: columns, rows: 12)
        _ = model.update(.server(.account(name: name)), nowMs: 60_000)
        _ = model.update(.server(.refused(request: nil, Failure(.internalError, name + name))), nowMs: 60_000)
        let frame = View.frame(of: model)
        for row in 0..<frame.rows {
            let text = GridText.characters(frame, row: row)
            #expect(TextWidth.of(text) == columns)
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202e })
        }
    }

    @Test("a placed pixel's color is on the screen at its place")
    func colorAtPlace() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.update(.server(.changed([Pixel(x: 20, y: 40, color: 7)], version: 1235)), nowMs: 60_000)
        let area = model.viewport.area(of: Place(x: 20, y: 40))
        let cell = View.frame(of: model)[area.columns.lowerBound, 1 + area.halfRows.lowerBound / 2]
        let ink = area.halfRows.lowerBound % 2 == 0 ? cell.foreground : cell.background
        #expect(ink == Ink(Palette.standard.colors[7]))
    }

    @Test(
        "the color that the cursor stands out from is the one that is drawn there, through every lens",
        arguments: [CanvasLens.heat, .untouched], ["", "0", "+"])
    func underCursor(lens: CanvasLens, zoom: String) throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, width: 200, height: 120)
        _ = model.type(zoom)
        model.lens = lens
        model.report(.changed([Pixel(x: 20, y: 40, color: 7)], version: 1_235), atMs: 60_000)
        model.cursor = Place(x: 100, y: 60)
        let canvas = try #require(model.canvas)
        let view = CanvasView(model: model, canvas: canvas, theme: Theme(model))
        var grid = CellGrid(columns: 80, rows: 24, fill: view.theme.ground)
        view.draw(into: &grid)
        let cursor = model.seenSpot(of: model.cursor)
        for halfRow in 0..<view.area.rows * 2 where abs(halfRow - cursor.halfRow) > 4 {
            for column in 0..<80 {
                let cell = grid[column, view.area.row + halfRow / 2]
                let isUpper = halfRow % 2 == 0 && cell.scalar != 0x20
                #expect(
                    (isUpper ? cell.foreground : cell.background)
                        == Ink(view.shown(column: column, halfRow: halfRow)))
            }
        }
    }

    @Test("the same model gives the same frame")
    func pure() throws {
        let model = try SampleModels.playing(columns: 80, rows: 24)
        #expect(View.frame(of: model) == View.frame(of: model))
    }

    @Test("latency is a dash while there is no connection")
    func latency() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        #expect(GridText.characters(View.frame(of: model), row: 23).contains("1.8 ms"))
        _ = model.update(.server(.link(.connecting(attempt: 2))), nowMs: 60_000)
        #expect(GridText.characters(View.frame(of: model), row: 23).contains("— ms"))
        #expect(GridText.characters(View.frame(of: model), row: 0).contains("connecting, attempt 2"))
    }

    @Test("without color a picture is told by shades, and edges stay sharp")
    func shades() {
        #expect(MonochromeShades.full(0) == " ")
        #expect(MonochromeShades.full(255) == "█")
        #expect(MonochromeShades.cell(upper: 255, lower: 0) == "▀")
        #expect(MonochromeShades.cell(upper: 0, lower: 255) == "▄")
        #expect(MonochromeShades.cell(upper: 128, lower: 128) == "▒")
    }
}
