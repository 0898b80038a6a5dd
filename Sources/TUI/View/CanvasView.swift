import Protocol
import Raster

/// The canvas in half blocks: each cell shows two half rows, one as its foreground, one as its background.
struct CanvasView {
    let model: Model
    let canvas: CanvasImage
    let theme: Theme

    private var viewport: Viewport { model.viewport }
    private var area: Layout.Area { model.layout.canvas }

    /// Draws the pixels in view, those under way, and the cursor.
    func draw(into grid: inout CellGrid) {
        let columns = min(area.columns, grid.columns)
        let inks = canvas.palette.colors.map { Ink(shade($0)) }
        var upper = [Ink](repeating: theme.ground.background, count: columns)
        var lower = upper
        for row in 0..<area.rows {
            fill(&upper, halfRow: row * 2, inks)
            if viewport.zoom.scale > 1 { lower = upper } else { fill(&lower, halfRow: row * 2 + 1, inks) }
            grid.withRow(area.row + row) { cells in
                for column in 0..<columns { cells[column] = cell(upper[column], lower[column]) }
            }
        }
        drawPending(into: &grid)
        drawCursor(into: &grid)
    }

    // MARK: Pixels

    /// The colors of one half row; outside the canvas the ground's.
    private func fill(_ line: inout [Ink], halfRow: Int, _ inks: [Ink]) {
        let first = viewport.pixel(column: 0, halfRow: halfRow)
        let ground = theme.ground.background
        guard first.y >= 0, first.y < canvas.size.height else {
            for column in line.indices { line[column] = ground }
            return
        }
        let width = canvas.size.width
        if let reduction = canvas.reduction, case .reduced(let block) = viewport.zoom {
            let start = first.x / block
            let row = first.y / block
            for column in line.indices {
                let inside = start + column >= 0 && start + column < reduction.columns
                line[column] =
                    inside ? Ink(shade(reduction.mean(column: start + column, row: row))) : ground
            }
            return
        }
        let scale = viewport.zoom.scale
        let start = first.y * width
        canvas.cells.withUnsafeBufferPointer { cells in
            inks.withUnsafeBufferPointer { inks in
                for column in line.indices {
                    let x = first.x + column / scale
                    guard x >= 0, x < width else {
                        line[column] = ground
                        continue
                    }
                    let index = Int(cells[start + x])
                    line[column] = inks[index < inks.count ? index : 0]
                }
            }
        }
    }

    /// One cell of two half rows.
    private func cell(_ upper: Ink, _ lower: Ink) -> Cell {
        guard theme.hasColor else {
            let scalar = MonochromeShades.cell(upper: upper.rgb?.luma ?? 0, lower: lower.rgb?.luma ?? 0)
            return Cell(scalar, theme.ground)
        }
        // Alike halves become a space, which terminals draw without seams and ncurses can send as a run.
        if upper == lower { return Cell(" ", Brush(foreground: upper, background: lower)) }
        return Cell("▀", Brush(foreground: upper, background: lower))
    }

    /// Replaces one half of a cell.
    private func paint(_ ink: Ink, column: Int, halfRow: Int, into grid: inout CellGrid) {
        guard column >= 0, column < area.columns, halfRow >= 0, halfRow < area.rows * 2 else { return }
        let row = area.row + halfRow / 2
        let halves = halves(column: column, halfRow: halfRow, grid)
        let cell = halfRow % 2 == 0 ? cell(ink, halves.lower) : cell(halves.upper, ink)
        grid.put(cell, column: column, row: row)
    }

    /// What both halves of a cell show; without color they are looked up again.
    private func halves(column: Int, halfRow: Int, _ grid: CellGrid) -> (upper: Ink, lower: Ink) {
        guard theme.hasColor else {
            let top = halfRow / 2 * 2
            return (Ink(shown(column: column, halfRow: top)), Ink(shown(column: column, halfRow: top + 1)))
        }
        let cell = grid[column, area.row + halfRow / 2]
        return cell.scalar == 0x20 ? (cell.background, cell.background) : (cell.foreground, cell.background)
    }

    /// The color under a half cell.
    private func shown(column: Int, halfRow: Int) -> Palette.Color {
        let place = viewport.pixel(column: column, halfRow: halfRow)
        guard canvas.extent.contains(place) else { return Palette.Color(red: 0, green: 0, blue: 0) }
        if let reduction = canvas.reduction {
            return shade(reduction.mean(column: place.x / reduction.block, row: place.y / reduction.block))
        }
        return shade(model.shownIndex(at: place).map(canvas.color) ?? canvas.color(0))
    }

    /// A color as it is shown: a canvas of the past is pale, where the terminal has pale colors.
    private func shade(_ color: Palette.Color) -> Palette.Color {
        guard model.isCanvasOld, model.depth == .truecolor || model.depth == .ansi256,
            let ground = theme.ground.background.rgb
        else { return color }
        return color.blended(with: ground, percent: 60)
    }

    // MARK: Pixels under way

    /// Pixels that the server hasn't shown yet: a little of what lies under them shines through, and large ones
    /// bear a dot.
    private func drawPending(into grid: inout CellGrid) {
        guard viewport.zoom.block == 1 else { return }
        for pending in model.pending where canvas.extent.contains(pending.place) {
            var color = canvas.color(pending.color)
            if model.depth == .truecolor || model.depth == .ansi256 {
                color = color.blended(with: canvas.color(canvas.index(at: pending.place)), percent: 25)
            }
            let place = viewport.area(of: pending.place)
            for halfRow in place.halfRows {
                for column in place.columns {
                    paint(Ink(color), column: column, halfRow: halfRow, into: &grid)
                }
            }
            let scale = viewport.zoom.scale
            guard scale >= 4 else { continue }
            let row = (place.halfRows.lowerBound + scale / 2 - 1) / 2
            put(
                "·", theme.text(on: color), column: place.columns.lowerBound + scale / 2 - 1, row: row,
                into: &grid)
        }
    }

    // MARK: Cursor

    private func drawCursor(into grid: inout CellGrid) {
        let place = viewport.area(of: model.cursor)
        let column = place.columns.lowerBound
        let row = place.halfRows.lowerBound.advanced(by: 0) / 2
        guard column >= 0, place.halfRows.lowerBound >= 0, column < area.columns, row < area.rows else {
            return
        }
        let color = shown(column: column, halfRow: place.halfRows.lowerBound)
        let scale = viewport.zoom.scale
        if scale == 1 {
            drawPoint(color, column: column, halfRow: place.halfRows.lowerBound, into: &grid)
        } else if scale == 2 {
            put("[", theme.frame(on: color, atMs: model.clockMs), column: column, row: row, into: &grid)
            put("]", theme.frame(on: color, atMs: model.clockMs), column: column + 1, row: row, into: &grid)
        } else {
            drawFrame(
                theme.frame(on: color, atMs: model.clockMs), column: column, row: row, columns: scale,
                rows: scale / 2, into: &grid)
        }
        if model.overlay == .none { grid.caret = CellGrid.Spot(column: column, row: area.row + row) }
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
                    guard canvas.extent.contains(viewport.pixel(column: x, halfRow: y)) else { continue }
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

    private func put(
        _ scalar: Unicode.Scalar, _ brush: Brush, column: Int, row: Int, into grid: inout CellGrid
    ) {
        guard column >= 0, column < area.columns, row >= 0, row < area.rows else { return }
        grid.put(Cell(scalar, brush), column: column, row: area.row + row)
    }
}
