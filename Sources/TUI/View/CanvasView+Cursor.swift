import Protocol
import Raster

/// The cursor on the canvas.
extension CanvasView {
    /// Oblique pixels at least so many half cells long are framed, smaller ones marked.
    private static let framedScale = 2.5
    /// Framed pixels at least so many half cells long have room for the color that a key would place.
    private static let swatchScale = 8

    func drawCursor(into grid: inout CellGrid) {
        let spot = model.seenSpot(of: model.cursor)
        let scale = viewport.zoom.scale
        guard spot.column >= 0, spot.halfRow >= 0, spot.column < area.columns, spot.halfRow < area.rows * 2
        else { return }
        let color = shown(column: spot.column, halfRow: spot.halfRow)
        var (column, row) = (spot.column, spot.halfRow / 2)
        if model.glide != nil || !viewport.turn.isSquare {
            drawOblique(color, at: spot, into: &grid)
        } else if scale == 1 {
            drawPoint(color, column: column, halfRow: spot.halfRow, into: &grid)
        } else {
            let seen = model.seenArea(of: model.cursor)
            (column, row) = (seen.columns.lowerBound, Self.row(seen.halfRows.lowerBound))
            drawLarge(color, column: column, row: row, scale: scale, into: &grid)
            column = min(max(column, 0), area.columns - 1)
            row = min(max(row, 0), area.rows - 1)
        }
        if model.overlay == .none { grid.caret = CellGrid.Spot(column: column, row: area.row + row) }
    }

    private func drawLarge(
        _ color: Palette.Color, column: Int, row: Int, scale: Int, into grid: inout CellGrid
    ) {
        let brush = theme.frame(on: color, atMs: model.clockMs)
        guard scale > 2 else {
            put("[", brush, column: column, row: row, into: &grid)
            put("]", brush, column: column + 1, row: row, into: &grid)
            return
        }
        if scale >= Self.swatchScale, theme.hasColor, case .playing = model.play {
            drawSwatch(column: column, row: row, scale: scale, into: &grid)
        }
        drawFrame(brush, column: column, row: row, columns: scale, rows: scale / 2, into: &grid)
    }

    /// The color that a key would place, small in the middle of the cursor's pixel.
    private func drawSwatch(column: Int, row: Int, scale: Int, into grid: inout CellGrid) {
        let half = scale / 8
        let middle = scale / 2
        let ink = Ink(canvas.color(model.color))
        for halfRow in middle - half..<middle + half {
            for inner in middle - half..<middle + half {
                paint(ink, column: column + inner, halfRow: row * 2 + halfRow, into: &grid)
            }
        }
    }

    /// The cursor on half a cell: a color that stands out, and faint arms that lead the eye to it.
    private func drawPoint(_ color: Palette.Color, column: Int, halfRow: Int, into grid: inout CellGrid) {
        guard theme.hasColor else {
            var cell = grid[column, area.row + halfRow / 2]
            cell.style = [.reverse, .bold]
            grid.put(cell, column: column, row: area.row + halfRow / 2)
            return
        }
        if model.depth != .ansi16 {
            for step in [-3, -2, 2, 3] {
                for (x, y) in [(column + step, halfRow), (column, halfRow + step)] {
                    guard canvas.extent.contains(model.seenPixel(column: x, halfRow: y)) else { continue }
                    let under = shown(column: x, halfRow: y)
                    let arm = theme.cursor(on: under, atMs: model.clockMs)
                    let tint = under.blended(with: arm, percent: 30)
                    paint(Ink(tint), column: x, halfRow: y, into: &grid)
                }
            }
        }
        paint(
            Ink(theme.cursor(on: color, atMs: model.clockMs)), column: column, halfRow: halfRow, into: &grid)
    }

    /// The cursor on a pixel that doesn't stand upright, or is on its way: its edge in a color that stands out.
    private func drawOblique(
        _ color: Palette.Color, at spot: ViewTransform.HalfCell, into grid: inout CellGrid
    ) {
        guard eye.scale >= Self.framedScale else {
            return drawPoint(color, column: spot.column, halfRow: spot.halfRow, into: &grid)
        }
        guard theme.hasColor else {
            let brush = theme.frame(on: color, atMs: model.clockMs)
            put("[", brush, column: spot.column - 1, row: spot.halfRow / 2, into: &grid)
            put("]", brush, column: spot.column + 1, row: spot.halfRow / 2, into: &grid)
            return
        }
        let ink = Ink(theme.cursor(on: color, atMs: model.clockMs))
        let cells = cells(of: model.cursor)
        for cell in cells {
            let isEdge = [(-1, 0), (1, 0), (0, -1), (0, 1)].contains { step in
                eye.pixel(column: cell.column + step.0, halfRow: cell.halfRow + step.1) != model.cursor
            }
            if isEdge { paint(ink, column: cell.column, halfRow: cell.halfRow, into: &grid) }
        }
        guard viewport.zoom.scale >= Self.swatchScale, model.glide == nil, case .playing = model.play else {
            return
        }
        for (column, halfRow) in [(0, 0), (-1, 0), (0, -1), (-1, -1)] {
            paint(
                Ink(canvas.color(model.color)), column: spot.column + column, halfRow: spot.halfRow + halfRow,
                into: &grid)
        }
    }

    private func drawFrame(
        _ brush: Brush, column: Int, row: Int, columns: Int, rows: Int, into grid: inout CellGrid
    ) {
        let right = column + columns - 1
        let bottom = row + rows - 1
        for x in column + 1..<right {
            put("─", brush, column: x, row: row, into: &grid)
            put("─", brush, column: x, row: bottom, into: &grid)
        }
        for y in row + 1..<max(bottom, row + 1) {
            put("│", brush, column: column, row: y, into: &grid)
            put("│", brush, column: right, row: y, into: &grid)
        }
        put("┌", brush, column: column, row: row, into: &grid)
        put("┐", brush, column: right, row: row, into: &grid)
        put("└", brush, column: column, row: bottom, into: &grid)
        put("┘", brush, column: right, row: bottom, into: &grid)
    }
}
