import Protocol

/// Where the message to the host is written, and which part of it is on the screen.
struct FeedbackLayout {
    /// The frame.
    let box: Layout.Area
    /// The rows inside that hold text.
    let text: Layout.Area
    /// How wide the text's rows are: one column is the cursor's, behind the last character.
    let wrapColumns: Int
    let wrapped: WrappedText
    /// The first row of the text that is shown.
    let first: Int
    /// The field that sends; none where there is no room.
    let button: Layout.Area?
    let hasHeading: Bool

    static let buttonWords = "  sends it "
    static let buttonKey = " Enter"
    private static let widest = 78

    init(_ model: Model) {
        let area = model.layout.canvas
        hasHeading = area.rows >= 12
        let columns = min(area.columns - 2, Self.widest)
        let padding = area.columns >= 60 ? 2 : 1
        // Above it stands what it is for, below what became of it, and a row for short words.
        let above = hasHeading ? 3 : 0
        box = Layout.Area(
            column: (area.columns - columns) / 2, row: area.row + above, columns: columns,
            rows: max(area.rows - above - (area.rows > 8 ? 2 : 1), 3))
        text = Layout.Area(
            column: box.column + 1 + padding, row: box.row + 1, columns: max(columns - 2 - 2 * padding, 1),
            rows: max(box.rows - 2, 1))
        wrapColumns = text.columns - 1
        wrapped = WrappedText(model.feedback.editor.characters, columns: wrapColumns)
        let line = wrapped.spot(of: model.feedback.editor.place).row
        first = max(min(line - text.rows + 1, wrapped.rows.count - text.rows), 0)
        let width = TextWidth.of(Self.buttonKey + Self.buttonWords)
        button =
            area.columns >= 60
            ? Layout.Area(
                column: box.column + box.columns - width, row: box.row + box.rows, columns: width, rows: 1)
            : nil
    }
}

/// Words to whoever runs the server.
struct FeedbackView {
    let model: Model
    let theme: Theme
    private let layout: FeedbackLayout

    private var feedback: FeedbackDesk { model.feedback }

    init(model: Model, theme: Theme) {
        self.model = model
        self.theme = theme
        layout = FeedbackLayout(model)
    }

    func draw(into grid: inout CellGrid) {
        HintLine.draw(model, theme, into: &grid)
        drawHeading(into: &grid)
        let box = layout.box
        Box.draw(
            column: box.column, row: box.row, columns: box.columns, rows: box.rows, title: "Your message",
            theme, into: &grid)
        drawText(into: &grid)
        drawCount(into: &grid)
        drawVerdict(into: &grid)
    }

    private func drawHeading(into grid: inout CellGrid) {
        guard layout.hasHeading else { return }
        let (column, row) = (layout.box.column + 1, model.layout.canvas.row)
        let host = Bars.clean(model.serverName, columns: 40)
        grid.write(
            "Words to whoever runs \(host)", column: column, row: row + 1, limit: grid.columns - 1,
            theme.onGround(theme.strong))
        grid.write(
            TextWidth.clipped(
                "What you like, what you miss, what went wrong. Only the host reads it.",
                columns: grid.columns - column - 1), column: column, row: row + 2, limit: grid.columns - 1,
            theme.ground)
    }

    private func drawText(into grid: inout CellGrid) {
        let (area, wrapped) = (layout.text, layout.wrapped)
        let limit = area.column + area.columns
        if feedback.editor.isEmpty {
            grid.write(
                TextWidth.clipped("Type here, or paste.", columns: area.columns), column: area.column + 1,
                row: area.row, limit: limit, theme.quiet)
        }
        for offset in 0..<min(area.rows, wrapped.rows.count - layout.first) {
            grid.write(
                wrapped.text(row: layout.first + offset), column: area.column, row: area.row + offset,
                limit: limit, feedback.isSending ? theme.quiet : theme.bar)
        }
        guard model.overlay == .none, !feedback.isSending else { return }
        let spot = wrapped.spot(of: feedback.editor.place)
        grid.caret = CellGrid.Spot(
            column: min(area.column + spot.column, limit - 1), row: area.row + spot.row - layout.first)
    }

    /// In the frame's lower edge: how much of what may be written is.
    private func drawCount(into grid: inout CellGrid) {
        let count = feedback.editor.characters.count
        let most = Limits.maxFeedbackCharacters
        let words = " \(Spelled.grouped(count))/\(Spelled.grouped(most)) "
        let limit = layout.box.column + layout.box.columns - 2
        let brush = count >= most ? theme.failure : count >= most * 9 / 10 ? theme.warning : theme.quiet
        grid.write(
            words, column: limit - TextWidth.of(words), row: layout.box.row + layout.box.rows - 1,
            limit: limit, brush)
    }

    private func drawVerdict(into grid: inout CellGrid) {
        let row = layout.box.row + layout.box.rows
        let column = layout.box.column + 1
        var limit = grid.columns - 1
        if let button = layout.button {
            limit = button.column - 1
            let isReady = feedback.message != nil && !feedback.isSending
            let brush = isReady ? theme.badge(theme.accent) : theme.bar
            let end = button.column + button.columns
            let next = grid.write(
                FeedbackLayout.buttonKey, column: button.column, row: row, limit: end,
                isReady ? brush : theme.quiet)
            grid.write(
                FeedbackLayout.buttonWords, column: next, row: row, limit: end, isReady ? brush : theme.quiet)
        }
        let (words, brush): (String, Brush) =
            if feedback.isSending {
                ("Sending…", theme.ground)
            } else if let verdict = feedback.verdict {
                (verdict.words.shown, theme.onGround(verdict.isGood ? theme.good : theme.failure))
            } else {
                ("", theme.ground)
            }
        grid.write(
            TextWidth.clipped(words, columns: max(limit - column, 0)), column: column, row: row, limit: limit,
            brush)
    }
}
