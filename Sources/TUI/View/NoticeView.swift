/// Draws a notice where it was placed.
struct NoticeView {
    let notice: Notice
    let form: Notice.Form
    let area: Layout.Area
    let theme: Theme

    private var limit: Int { area.column + area.columns }

    private var tone: Brush {
        switch notice.tone {
        case .calm: theme.accent
        case .warning: theme.warning
        case .failure: theme.failure
        }
    }

    func draw(into grid: inout CellGrid) {
        if form == .line { return drawLine(into: &grid) }
        if let countdown = notice.countdown { return drawCountdown(countdown, into: &grid) }
        let edge = notice.tone == .calm ? nil : tone
        Box.draw(
            column: area.column, row: area.row, columns: area.columns, rows: area.rows,
            title: form == .card ? notice.cardTitle ?? notice.title : notice.title, edge: edge, theme,
            into: &grid)
        drawFooter(into: &grid)
        var column = area.column + (form == .card ? 2 : 3)
        let end = limit - (form == .card ? 2 : 3)
        if form == .box, let number = notice.number, column + LargeDigits.columns(of: number) + 12 < end {
            LargeDigits.draw(number, column: column, row: area.row + 1, theme.accent, into: &grid)
            column += LargeDigits.columns(of: number) + 3
        }
        for (offset, row) in notice.rows(in: form).prefix(area.rows - 2).enumerated() {
            draw(row, column: column, row: area.row + 1 + offset, end: end, into: &grid)
        }
    }

    private func drawLine(into grid: inout CellGrid) {
        let brush = notice.tone == .calm ? theme.strong : theme.badge(tone)
        grid.fill(columns: area.column..<limit, row: area.row, brush)
        let room = area.columns - 2
        let text = notice.lines.first { TextWidth.of($0) <= room } ?? notice.lines.last ?? ""
        grid.write(
            TextWidth.clipped(text, columns: room), column: area.column + 1, row: area.row, limit: limit,
            brush)
    }

    /// The band of color that warns, and under it the bar that shrinks.
    private func drawCountdown(_ countdown: Notice.Countdown, into grid: inout CellGrid) {
        let brush = theme.badge(tone)
        grid.fill(columns: area.column..<limit, row: area.row, brush)
        let text = notice.lines.first { TextWidth.of($0) <= area.columns } ?? ""
        let start = area.column + (area.columns - TextWidth.of(text)) / 2
        grid.write(text, column: start, row: area.row, limit: limit, brush)
        let filled = (area.columns * countdown.left + countdown.of - 1) / max(countdown.of, 1)
        for column in area.column..<limit {
            let isFilled = column < area.column + filled
            let scalar: Unicode.Scalar = isFilled ? theme.hasColor ? "▄" : "#" : " "
            grid.put(Cell(scalar, tone), column: column, row: area.row + 1)
        }
    }

    private func draw(_ row: Notice.Row, column: Int, row at: Int, end: Int, into grid: inout CellGrid) {
        switch row {
        case .text(let pieces): write(pieces, column: column, row: at, end: end, into: &grid)
        case .progress(let done, let whole):
            let filled = max((end - column) * done / max(whole, 1), 0)
            for x in column..<max(end, column) {
                let isDone = x < column + filled
                grid.put(
                    Cell(isDone ? "━" : "─", isDone ? theme.accent : theme.quiet), column: x, row: at)
            }
        }
    }

    /// In the frame's lower edge, to the right.
    private func drawFooter(into grid: inout CellGrid) {
        guard !notice.footer.isEmpty else { return }
        let width = notice.footer.reduce(2) { $0 + TextWidth.of($1.text) }
        let start = limit - 2 - width
        guard start > area.column + 1 else { return }
        let row = area.row + area.rows - 1
        grid.fill(columns: start..<start + width, row: row, theme.bar)
        write(notice.footer, column: start + 1, row: row, end: limit - 2, into: &grid)
    }

    /// Writes pieces one behind the other; what is too long ends in an ellipsis.
    private func write(
        _ pieces: [Notice.Piece], column: Int, row: Int, end: Int, into grid: inout CellGrid
    ) {
        var column = column
        for piece in pieces {
            let brush =
                switch piece.role {
                case .plain: theme.bar
                case .strong: theme.strong
                case .quiet: theme.quiet
                case .key: theme.accent
                case .cap: theme.badge(theme.accent)
                }
            let text = TextWidth.clipped(piece.text, columns: end - column)
            column =
                switch piece.role {
                case .key, .cap: grid.write(keys: text, column: column, row: row, limit: end, brush)
                case .plain, .strong, .quiet:
                    grid.write(text, column: column, row: row, limit: end, brush)
                }
        }
    }
}
