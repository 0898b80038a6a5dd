import Protocol

/// Where the list of boards and the shown one are.
struct BoardsLayout {
    /// The names of boards: a list beside the shown one, or a line above it.
    let names: Layout.Area
    /// Whether the names stand in one line, of which the chosen one alone is seen.
    let isNarrow: Bool
    /// The frame of the shown board.
    let frame: Layout.Area
    /// Where the times stand that a board can cover.
    let tabs: [(period: BoardPeriod, columns: Range<Int>)]

    private static let nameColumns = 22
    private static let wideColumns = 70
    private static let frameColumns = 64

    init(_ model: Model) {
        let area = model.layout.canvas
        isNarrow = area.columns < Self.wideColumns
        let frame: Layout.Area
        if isNarrow {
            names = Layout.Area(column: 1, row: area.row, columns: area.columns - 2, rows: 1)
            frame = Layout.Area(
                column: 1, row: area.row + 1, columns: area.columns - 2, rows: max(area.rows - 2, 1))
        } else {
            let width = min(area.columns - Self.nameColumns - 6, Self.frameColumns)
            let left = (area.columns - Self.nameColumns - width - 2) / 2
            let top = area.row + (area.rows >= 14 ? 1 : 0)
            names = Layout.Area(
                column: left, row: top + 1, columns: Self.nameColumns, rows: max(area.rows - 3, 1))
            frame = Layout.Area(
                column: left + Self.nameColumns + 2, row: top, columns: width,
                rows: max(min(area.rows - 2 - (top - area.row), 28), 1))
        }
        self.frame = frame
        var column = frame.column + 2
        tabs = BoardPeriod.allCases.map { period in
            let end = column + TextWidth.of(ArcadeWords.period(period)) + 2
            defer { column = end + 1 }
            return (period, column..<end)
        }
    }

    /// The time under a cell.
    func period(column: Int, row: Int) -> BoardPeriod? {
        guard row == frame.row + 1 else { return nil }
        return tabs.first { $0.columns.contains(column) }?.period
    }

    /// Where the names are a line: the step to a neighbour that a cell of it leads to, back in its left half.
    func step(column: Int, row: Int) -> Int? {
        guard isNarrow, names.contains(column: column, row: row) else { return nil }
        return column < names.column + names.columns / 2 ? -1 : 1
    }

    /// The board under a cell of the list.
    func index(column: Int, row: Int) -> Int? {
        guard !isNarrow, names.contains(column: column, row: row) else { return nil }
        let index = (row - names.row) / 2
        return index < Board.allCases.count ? index : nil
    }
}

/// The page of leaderboards: the boards, and who is best on the chosen one.
struct BoardsView {
    let model: Model
    let theme: Theme

    private var boards: BoardsDesk { model.boards }

    func draw(into grid: inout CellGrid) {
        HintLine.draw(model, theme, into: &grid)
        let layout = BoardsLayout(model)
        if layout.isNarrow { drawName(layout, into: &grid) } else { drawNames(layout, into: &grid) }
        let frame = layout.frame
        guard frame.rows >= 3 else { return }
        let measure = BoardWords.measure(boards.board)
        Box.draw(
            column: frame.column, row: frame.row, columns: frame.columns, rows: frame.rows,
            title: layout.isNarrow ? measure : "\(BoardWords.title(boards.board)): \(measure)", theme,
            into: &grid)
        for (period, columns) in layout.tabs {
            grid.write(
                " \(ArcadeWords.period(period)) ", column: columns.lowerBound, row: frame.row + 1,
                limit: frame.column + frame.columns - 1,
                period == boards.period ? theme.badge(theme.accent) : theme.quiet)
        }
        drawEntries(frame, into: &grid)
    }

    // MARK: Names

    private func drawNames(_ layout: BoardsLayout, into grid: inout CellGrid) {
        let area = layout.names
        let end = area.column + area.columns
        for (index, board) in Board.allCases.enumerated() {
            let row = area.row + index * 2
            guard row < area.row + area.rows else { break }
            let isChosen = index == boards.chosen
            if isChosen {
                grid.fill(columns: area.column..<end, row: row, theme.bar)
                grid.write("▸", column: area.column, row: row, limit: end, theme.accent)
            }
            grid.write(
                BoardWords.title(board), column: area.column + 2, row: row, limit: end,
                isChosen ? theme.strong : theme.onGround(theme.bar))
        }
    }

    /// Where there is no room for a list: the chosen one, and that there are more.
    private func drawName(_ layout: BoardsLayout, into grid: inout CellGrid) {
        let text = "\(boards.chosen + 1) of \(Board.allCases.count)"
        let area = layout.names
        let end = grid.write(
            "▸ \(BoardWords.title(boards.board))", column: area.column, row: area.row, limit: grid.columns,
            theme.onGround(theme.strong))
        let column = max(area.column + area.columns - TextWidth.of(text), end + 1)
        grid.write(text, column: column, row: area.row, limit: grid.columns, theme.ground)
    }

    // MARK: Entries

    private func drawEntries(_ frame: Layout.Area, into grid: inout CellGrid) {
        let isAiry = frame.rows > 8
        let first = frame.row + (isAiry ? 3 : 2)
        let room = max(frame.row + frame.rows - 1 - first, 0)
        guard let entries = boards.entries, !entries.isEmpty else {
            let words =
                if boards.entries != nil {
                    "Nobody yet: be the first"
                } else if model.link.isLive {
                    boards.absence ?? "asking"
                } else {
                    Bars.words(for: model)
                }
            let shown = TextWidth.clipped(words, columns: frame.columns - 4)
            let column = frame.column + (frame.columns - TextWidth.of(shown)) / 2
            grid.write(
                shown, column: column, row: first + max(room / 2 - 1, 0),
                limit: frame.column + frame.columns - 1,
                theme.quiet)
            return
        }
        var shown = Array(entries.prefix(room))
        // Whoever is on the board sees it, wherever they stand.
        if let own = entries.first(where: { $0.account.id == model.accountID }), !shown.contains(own),
            room > 1
        {
            shown[room - 1] = own
        }
        for (offset, entry) in shown.enumerated() {
            draw(entry, row: first + offset, frame, best: entries.first?.score ?? 0, into: &grid)
        }
    }

    private func draw(
        _ entry: LeaderboardAnswer.Entry, row: Int, _ frame: Layout.Area, best: Int, into grid: inout CellGrid
    ) {
        let isMe = entry.account.id == model.accountID
        let end = frame.column + frame.columns - 2
        let rank = Spelled.ordinal(entry.rank)
        let score = BoardWords.score(entry.score, on: boards.board)
        if isMe { grid.write("▸", column: frame.column + 1, row: row, limit: end, theme.accent) }
        grid.write(
            rank, column: frame.column + 7 - TextWidth.of(rank), row: row, limit: end,
            entry.rank <= 3 ? theme.strong : theme.quiet)
        let scoreColumn = end - TextWidth.of(score)
        let name = Bars.clean(entry.account.name, columns: max(scoreColumn - frame.column - 10, 0))
        let column = grid.write(
            name, column: frame.column + 9, row: row, limit: scoreColumn - 1, isMe ? theme.accent : theme.bar)
        if isMe, column + 6 < scoreColumn {
            grid.write("you", column: column + 1, row: row, limit: scoreColumn - 1, theme.quiet)
        }
        grid.write(score, column: scoreColumn, row: row, limit: end, isMe ? theme.accent : theme.strong)
    }
}
