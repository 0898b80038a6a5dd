import Protocol

/// The server's last minutes: each number as columns over time, with its latest value and its highest.
struct AdminLiveView {
    let model: Model
    let theme: Theme
    let area: Layout.Area

    /// From here on there are two figures beside each other.
    private static let wideColumns = 70
    private static let mostSparkRows = 4
    private static let gap = 3
    /// Columns of a figure's name and of its numbers, where it has one row.
    private static let nameColumns = 13
    private static let numberColumns = 9

    func draw(into grid: inout CellGrid) {
        guard let figures = model.admin.figures, !figures.samples.isEmpty else {
            let words =
                model.link.isLive
                ? model.admin.troubles[.live]?.shown ?? "asking for the figures" : Bars.words(for: model)
            return View.writeCentered(
                TextWidth.clipped(words, columns: area.columns), row: area.row + area.rows / 2, theme.words,
                into: &grid)
        }
        let all = LiveFigure.allCases
        let across = area.columns >= Self.wideColumns ? 2 : 1
        let down = (all.count + across - 1) / across
        let each = max(area.rows / down, 1)
        let top = each == 1 && area.rows > down ? 1 : 0
        if top > 0 { drawTitles(into: &grid) }
        let width = (area.columns - (across - 1) * Self.gap) / across
        for (number, figure) in all.enumerated() {
            let place = Layout.Area(
                column: area.column + number / down * (width + Self.gap),
                row: area.row + top + number % down * each, columns: width, rows: each)
            guard place.row + place.rows <= area.row + area.rows else { continue }
            if each == 1 {
                drawLine(figure, figures, in: place, into: &grid)
            } else {
                draw(figure, figures, in: place, into: &grid)
            }
        }
    }

    /// What the numbers are, where each figure has one row.
    private func drawTitles(into grid: inout CellGrid) {
        let end = area.column + area.columns
        for (words, back) in [("now", Self.numberColumns), ("most", 0)] {
            grid.write(
                words, column: end - back - TextWidth.of(words), row: area.row, limit: end, theme.ground)
        }
    }

    /// A figure in one row: name, columns, latest and highest number.
    private func drawLine(
        _ figure: LiveFigure, _ figures: FiguresAnswer, in place: Layout.Area, into grid: inout CellGrid
    ) {
        let values = figures.samples.map(figure.value)
        let end = place.column + place.columns
        let numbers = end - 2 * Self.numberColumns
        grid.write(
            figure.title, column: place.column, row: place.row, limit: place.column + Self.nameColumns,
            theme.onGround(theme.bar))
        let columns = place.column + Self.nameColumns..<max(numbers, place.column + Self.nameColumns)
        drawSpark(
            values, figures.atMs, columns: columns, row: place.row, rows: 1, brush(figure),
            into: &grid)
        for (value, back, brush) in [
            (values.last ?? 0, Self.numberColumns, theme.onGround(theme.strong)),
            (values.max() ?? 0, 0, theme.ground),
        ] {
            let words = figure.words(value)
            grid.write(words, column: end - back - TextWidth.of(words), row: place.row, limit: end, brush)
        }
    }

    /// A figure with a heading above its columns.
    private func draw(
        _ figure: LiveFigure, _ figures: FiguresAnswer, in place: Layout.Area, into grid: inout CellGrid
    ) {
        let values = figures.samples.map(figure.value)
        let end = place.column + place.columns
        let name = grid.write(
            figure.title, column: place.column, row: place.row, limit: end, theme.onGround(theme.bar))
        let latest = grid.write(
            figure.words(values.last ?? 0), column: name + 2, row: place.row, limit: end,
            theme.onGround(theme.strong))
        let highest = "most \(figure.words(values.max() ?? 0))"
        let most = TextWidth.fitting(
            ["\(highest) in \(HostWords.length(ms: Int64(values.count) * 1_000))", highest],
            columns: end - latest - 2)
        grid.write(most, column: end - TextWidth.of(most), row: place.row, limit: end, theme.ground)
        // Where there is room a blank row keeps them apart.
        let rows = min(place.rows - 1 - (place.rows > 3 ? 1 : 0), Self.mostSparkRows)
        drawSpark(
            values, figures.atMs, columns: place.column..<end, row: place.row + 1, rows: rows,
            brush(figure), into: &grid)
    }

    private func drawSpark(
        _ values: [Int], _ atMs: Int64, columns: Range<Int>, row: Int, rows: Int, _ brush: Brush,
        into grid: inout CellGrid
    ) {
        let line = Sparkline(
            values, columns: columns.count, parts: rows * Sparkline.parts(model.charset),
            atSecond: atMs / 1_000)
        for place in columns {
            // The newest stands at the right; what is older than the server's start is bare.
            let at = line.levels.count - (columns.upperBound - place)
            for up in 0..<rows {
                let scalar: Unicode.Scalar =
                    at >= 0
                    ? Sparkline.character(level: line.levels[at], row: up, model.charset)
                    : up == 0 && model.charset == .unicode ? "·" : " "
                grid.put(
                    Cell(scalar, at >= 0 ? brush : theme.ground), column: place, row: row + rows - 1 - up)
            }
        }
    }

    /// What tells of trouble stands out.
    private func brush(_ figure: LiveFigure) -> Brush {
        switch figure {
        case .refusals: theme.onGround(theme.failure)
        case .commit, .lag: theme.onGround(theme.warning)
        case .players, .connections, .placements: theme.onGround(theme.good)
        case .queued, .sent, .memory: theme.onGround(theme.accent)
        }
    }
}
