import Protocol
import Raster
import Testing

@testable import TUI

/// Every page at every size of window, from one cell to more than is usual.
@Suite struct ScreenSizeTests {
    @Test("a page fits into any window, or says what it needs", arguments: 1...45)
    func sizes(rows: Int) throws {
        let pages = PageMatrix.pages
        for columns in 1...130 {
            // Each size has another page than the ones beside it, so that all pages meet all kinds of sizes.
            let page = pages[(columns * 5 + rows * 7) % pages.count]
            let look = PageMatrix.looks[(columns + rows) % PageMatrix.looks.count]
            let model = try page.model(columns: columns, rows: rows, look: look)
            let frame = View.frame(of: model)
            try Self.check(frame, model, "\(page.name) \(columns)×\(rows)")
        }
    }

    @Test("a page that was drawn at one size is drawn at any other", arguments: PageMatrix.pages)
    func resized(page: PageMatrix.Page) throws {
        var model = try page.model(columns: 120, rows: 40)
        for (columns, rows) in [(40, 20), (1, 1), (36, 8), (130, 9), (37, 45), (20, 20), (80, 24), (120, 40)]
        {
            _ = model.update(.resized(columns: columns, rows: rows), nowMs: model.clockMs)
            try Self.check(View.frame(of: model), model, "\(columns)×\(rows)")
        }
    }

    private static func check(_ frame: CellGrid, _ model: Model, _ note: Comment) throws {
        let (columns, rows) = (model.columns, model.rows)
        #expect(frame.cells.count == columns * rows, note)
        for row in 0..<rows { #expect(TextWidth.of(GridText.characters(frame, row: row)) == columns, note) }
        if let caret = frame.caret {
            #expect((0..<columns).contains(caret.column) && (0..<rows).contains(caret.row), note)
        }
        guard model.layout.fits else {
            #expect(frame.keySpots.isEmpty, note)
            let text = (0..<rows).map { GridText.characters(frame, row: $0) }.joined()
            if columns >= 22, rows >= 2 { #expect(text.contains("needs \(Layout.smallestColumns)"), note) }
            return
        }
        let canvas = model.layout.canvas
        #expect(canvas.rows > 0 && canvas.row + canvas.rows == model.layout.paletteRow, note)
        #expect(model.layout.touchBar.row + model.layout.touchRows == model.layout.statusRow, note)
        for spot in frame.keySpots {
            let area = spot.area
            #expect(area.column >= 0 && area.column + area.columns <= columns, note)
            #expect(area.row >= 0 && area.row + area.rows <= rows, note)
        }
    }
}
