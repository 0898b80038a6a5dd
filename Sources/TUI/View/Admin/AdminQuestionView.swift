import Protocol

/// Where a question stands, and the canvas beside it.
struct AdminQuestionLayout: Hashable {
    let box: Layout.Area
    let lines: [String]
    /// The canvas in small, where the question is about it and there is room.
    let miniature: Layout.Area?

    private static let widest = 50
    /// What the words need beside the canvas.
    private static let leastWords = 42
    private static let widestMiniature = 56

    init(_ question: AdminQuestion, _ model: Model) {
        let area = model.layout.canvas
        let isAboutCanvas =
            if case .canvas(let route) = question.route, route.isAboutCells { true } else { false }
        let hasMiniature = isAboutCanvas && model.canvas != nil && area.columns >= 76 && area.rows >= 12
        let beside = hasMiniature ? min(area.columns - 2 - Self.leastWords, Self.widestMiniature) : 0
        let words = min(area.columns - 2 - beside, Self.widest)
        lines = question.lines.flatMap {
            TextWidth.wrapped(PlayerName.displayed($0), columns: max(words - 4, 1), lines: 3)
        }
        let wanted = hasMiniature ? min(area.rows - 2, 24) : lines.count + 3
        let rows = min(wanted, area.rows)
        let columns = words + beside
        box = Layout.Area(
            column: (area.columns - columns) / 2, row: area.row + max((area.rows - rows) / 2, 0),
            columns: columns,
            rows: rows)
        miniature =
            hasMiniature
            ? Layout.Area(
                column: box.column + words, row: box.row + 1, columns: beside - 2,
                rows: rows - 2) : nil
    }

    /// The zoom at which the whole canvas is seen in its place; nil where it isn't shown.
    func zoom(of canvas: CanvasImage?) -> Zoom? {
        guard let miniature, let size = canvas?.size else { return nil }
        return .whole(
            width: size.width, height: size.height, columns: miniature.columns, halfRows: miniature.rows * 2)
    }
}

extension AdminCanvasRoute {
    /// Whether it is about some cells of the canvas.
    fileprivate var isAboutCells: Bool {
        switch self {
        case .rollBack, .unprotect: true
        case .newGame, .rollbacks, .undoRollback, .protectedAreas, .protect: false
        }
    }
}

/// What is asked before something is done, in a frame over the lists.
struct AdminQuestionView {
    let question: AdminQuestion
    let model: Model
    let theme: Theme

    func draw(into grid: inout CellGrid) {
        let layout = AdminQuestionLayout(question, model)
        let box = layout.box
        Box.draw(
            column: box.column, row: box.row, columns: box.columns, rows: box.rows,
            title: PlayerName.displayed(question.title), theme, into: &grid)
        let limit = (layout.miniature?.column ?? box.column + box.columns) - 2
        let last = box.row + box.rows - 2
        for (offset, line) in layout.lines.enumerated() where box.row + 1 + offset < last {
            grid.write(
                line, column: box.column + 2, row: box.row + 1 + offset, limit: limit,
                offset == 0 ? theme.strong : theme.bar)
        }
        drawKeys(row: last, from: box.column + 2, limit: limit, into: &grid)
        if let area = layout.miniature, let canvas = model.canvas, let zoom = layout.zoom(of: canvas) {
            Miniature(canvas: canvas, zoom: zoom, theme: theme).draw(in: area, into: &grid)
            mark(question.box ?? CanvasBox(all: canvas.size), canvas, zoom, in: area, into: &grid)
        }
    }

    private func drawKeys(row: Int, from column: Int, limit: Int, into grid: inout CellGrid) {
        var column = column
        for (action, words, brush) in [
            (AdminAction.confirm, question.deed, theme.failure), (.leave, "leaves it", theme.quiet),
        ] {
            guard let press = model.bindings.press(for: .admin(action), in: .adminQuestion) else { continue }
            let end = grid.write(press.label, column: column, row: row, limit: limit, theme.accent)
            let next = grid.write(" \(words)", column: end, row: row, limit: limit, brush)
            if model.overlay == .none {
                grid.mark(press, Layout.Area(column: column, row: row, columns: next - column, rows: 1))
            }
            column = next + 2
        }
    }

    /// Draws a frame around a part of the small canvas.
    private func mark(
        _ part: CanvasBox, _ canvas: CanvasImage, _ zoom: Zoom, in area: Layout.Area,
        into grid: inout CellGrid
    ) {
        let (block, scale) = (zoom.block, zoom.scale)
        let columns = min((canvas.size.width + block - 1) / block * scale, area.columns)
        let rows = min(((canvas.size.height + block - 1) / block * scale + 1) / 2, area.rows)
        let left = area.column + (area.columns - columns) / 2
        let top = area.row + (area.rows - rows) / 2
        func column(_ x: Int) -> Int { left + min(max(x, 0) / block * scale, columns - 1) }
        func row(_ y: Int) -> Int { top + min(max(y, 0) / block * scale / 2, rows - 1) }
        let (first, last) = (column(part.x0), min(column(part.x1) + scale - 1, left + columns - 1))
        let (high, low) = (row(part.y0), row(part.y1))
        for at in first...max(first, last) {
            for down in high...max(high, low) where at == first || at == last || down == high || down == low {
                let isCorner = (at == first || at == last) && (down == high || down == low)
                let line: Unicode.Scalar = isCorner ? "◆" : down == high || down == low ? "━" : "┃"
                // The canvas stays seen behind the frame.
                let ground = grid[at, down].background
                grid.put(
                    Cell(line, Brush(foreground: theme.warning.foreground, background: ground, style: .bold)),
                    column: at, row: down)
            }
        }
    }
}
