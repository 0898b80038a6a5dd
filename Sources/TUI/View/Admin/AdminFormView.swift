import Protocol

/// Where a form and its fields stand.
struct AdminFormLayout: Hashable {
    let box: Layout.Area
    /// The field in the box's first row of fields.
    let first: Int
    let fieldRows: Int
    /// Where what is typed begins.
    let lineColumn: Int

    private static let widest = 66

    init(_ form: AdminForm, _ model: Model) {
        let area = model.layout.canvas
        let columns = min(area.columns - 2, Self.widest)
        // A frame, and below the fields what the one may be, or why it wasn't taken.
        fieldRows = max(min(form.fields.count, area.rows - 4), 1)
        let rows = min(fieldRows + 4, area.rows)
        first = max(form.at - fieldRows + 1, 0)
        box = Layout.Area(
            column: (area.columns - columns) / 2, row: area.row + max((area.rows - rows) / 2, 0),
            columns: columns,
            rows: rows)
        let titles = form.fields.map { TextWidth.of($0.title) }.max() ?? 0
        lineColumn = box.column + 2 + titles + 2
    }

    /// The field in a row of the screen.
    func field(row: Int) -> Int? {
        let offset = row - box.row - 1
        return (0..<fieldRows).contains(offset) ? first + offset : nil
    }
}

/// Fields to fill in, in a frame over the lists.
struct AdminFormView {
    let form: AdminForm
    let model: Model
    let theme: Theme

    func draw(into grid: inout CellGrid) {
        let layout = AdminFormLayout(form, model)
        let box = layout.box
        Box.draw(
            column: box.column, row: box.row, columns: box.columns, rows: box.rows,
            title: PlayerName.displayed(form.title), theme, into: &grid)
        let limit = box.column + box.columns - 2
        for (offset, field) in form.fields.dropFirst(layout.first).prefix(layout.fieldRows).enumerated() {
            let row = box.row + 1 + offset
            let isAt = layout.first + offset == form.at
            grid.write(
                field.title, column: box.column + 2, row: row, limit: layout.lineColumn - 1,
                isAt ? theme.accent : theme.quiet)
            draw(field.line, isAt: isAt, columns: layout.lineColumn..<limit, row: row, into: &grid)
        }
        let row = box.row + 1 + layout.fieldRows
        let (words, brush) = words
        let lines = TextWidth.wrapped(words, columns: box.columns - 4, lines: 2)
        for (offset, line) in lines.enumerated() where row + offset < box.row + box.rows - 1 {
            grid.write(line, column: box.column + 2, row: row + offset, limit: limit, brush)
        }
    }

    private var words: (String, Brush) {
        if form.isSending { return ("Asking the server…", theme.quiet) }
        if let refusal = form.refusal { return (PlayerName.displayed(refusal), theme.failure) }
        return (form.fields[form.at].hint, theme.quiet)
    }

    private func draw(
        _ line: LineEditor, isAt: Bool, columns: Range<Int>, row: Int, into grid: inout CellGrid
    ) {
        guard isAt, !form.isSending else {
            grid.write(
                TextWidth.clipped(line.text, columns: columns.count), column: columns.lowerBound, row: row,
                limit: columns.upperBound, theme.bar)
            return
        }
        // One column is the cursor's, and what stands before it comes first.
        let head = TextWidth.tail(line.head, columns: columns.count - 1)
        let column = grid.write(
            head, column: columns.lowerBound, row: row, limit: columns.upperBound, theme.strong)
        grid.write(
            TextWidth.clipped(line.rest, columns: columns.upperBound - column), column: column, row: row,
            limit: columns.upperBound, theme.strong)
        if model.overlay == .none { grid.caret = CellGrid.Spot(column: column, row: row) }
    }
}
