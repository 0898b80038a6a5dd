import Protocol

/// The small map: the whole canvas, and on it the part in view, turned as the view is.
struct MinimapView {
    let model: Model
    let map: Minimap
    let canvas: CanvasImage
    let theme: Theme

    func draw(into grid: inout CellGrid) {
        guard let reduction = canvas.map, reduction.block == map.block else { return }
        Box.draw(
            column: map.area.column, row: map.area.row, columns: map.area.columns, rows: map.area.rows,
            title: "", theme, into: &grid)
        let edge = theme.edge(row: 0, of: map.area.rows)
        grid.write(
            "────", column: map.area.column + 1, row: map.area.row,
            limit: map.area.column + map.area.columns - 1, edge)
        let marked = marked
        let outline = self.outline(marked, reduction)
        for row in 0..<(map.size.height + 1) / 2 {
            for column in 0..<map.size.width {
                let (upper, lower) = (row * 2, row * 2 + 1)
                let above = reduction.mean(column: column, row: upper)
                let below = lower < map.size.height ? reduction.mean(column: column, row: lower) : nil
                grid.put(
                    cell(
                        above, below, outline, isAbove: marked.contains(mark(column, upper)),
                        isBelow: marked.contains(mark(column, lower))),
                    column: map.area.column + 1 + column, row: map.area.row + 1 + row)
            }
        }
    }

    private func cell(
        _ upper: Palette.Color, _ lower: Palette.Color?, _ outline: Palette.Color, isAbove: Bool,
        isBelow: Bool
    ) -> Cell {
        guard theme.hasColor else {
            // The edge is as far from what it lies on as shades can be.
            func shade(_ luma: Int, _ isMarked: Bool) -> Int {
                isMarked ? (MonochromeShades.isBright(luma) ? 0 : 255) : luma
            }
            return Cell(
                MonochromeShades.cell(
                    upper: shade(upper.luma, isAbove), lower: shade(lower?.luma ?? 0, isBelow)), theme.ground)
        }
        func ink(_ color: Palette.Color, _ isMarked: Bool) -> Ink {
            guard isMarked else { return Ink(color) }
            return Ink(
                Legibility.isApart(outline, color, depth: theme.depth)
                    ? outline : theme.cursor(on: color, atMs: model.clockMs))
        }
        let above = ink(upper, isAbove)
        let below = lower.map { ink($0, isBelow) } ?? theme.bar.background
        return Cell(above == below ? " " : "▀", Brush(foreground: above, background: below))
    }

    // MARK: The part in view

    private func mark(_ column: Int, _ halfRow: Int) -> Int { halfRow * map.size.width + column }

    /// The color that stands out from most of what the edge of the view lies on: of several it would be torn.
    private func outline(_ marked: Set<Int>, _ reduction: Reduction) -> Palette.Color {
        var counts: [Palette.Color: Int] = [:]
        for half in marked {
            let below = reduction.mean(column: half % map.size.width, row: half / map.size.width)
            counts[theme.cursor(on: below, atMs: model.clockMs), default: 0] += 1
        }
        let most = counts.max { ($0.value, $0.key.hex) < ($1.value, $1.key.hex) }
        return most?.key ?? theme.cursor(on: Palette.Color(red: 0, green: 0, blue: 0), atMs: model.clockMs)
    }

    /// The half cells of the map on the edge of the view.
    private var marked: Set<Int> {
        let (columns, halfRows) = (Double(model.viewport.columns), Double(model.viewport.halfRows))
        let eye = model.eye
        let corners = [(0, 0), (columns, 0), (columns, halfRows), (0, halfRows)].map { corner in
            inMap(eye.point(under: ViewTransform.Point(x: corner.0, y: corner.1)))
        }
        var marked: Set<Int> = []
        for (number, corner) in corners.enumerated() {
            line(from: corner, to: corners[(number + 1) % corners.count]) { x, y in
                if x >= 0, x < map.size.width, y >= 0, y < map.size.height { marked.insert(mark(x, y)) }
            }
        }
        return marked
    }

    /// A point of the canvas in half cells of the map; the edges of an upright view stay on it.
    private func inMap(_ point: ViewTransform.Point) -> ViewTransform.Point {
        let (x, y) = (point.x / Double(map.block), point.y / Double(map.block))
        guard model.viewport.turn.isSquare else { return ViewTransform.Point(x: x, y: y) }
        func kept(_ value: Double, _ length: Int) -> Double {
            // A view ends before the half cell that its far corner is the beginning of.
            min(max(value, 0), Double(length) - 0.01)
        }
        return ViewTransform.Point(x: kept(x, map.size.width), y: kept(y, map.size.height))
    }

    /// Marks a line of half cells, one for each step along its longer side, so that it is as thin as it can be.
    private func line(
        from start: ViewTransform.Point, to end: ViewTransform.Point, _ mark: (Int, Int) -> Void
    ) {
        let farthest = 10_000.0
        guard [start.x, start.y, end.x, end.y].allSatisfy({ abs($0) < farthest }) else { return }
        let (x, y) = (start.x.rounded(.down), start.y.rounded(.down))
        let (width, height) = (end.x.rounded(.down) - x, end.y.rounded(.down) - y)
        let steps = max(abs(width), abs(height))
        guard steps > 0 else { return mark(Int(x), Int(y)) }
        for step in 0...Int(steps) {
            let part = Double(step) / steps
            mark(Int((x + width * part).rounded()), Int((y + height * part).rounded()))
        }
    }
}
