import Protocol

/// The games of the arcade, and who is best at the chosen one.
struct ArcadeMenuView {
    let model: Model
    let theme: Theme

    private var layout: ArcadeLayout { ArcadeLayout(model) }
    private var arcade: ArcadeDesk { model.arcade }

    func draw(into grid: inout CellGrid) {
        for (index, game) in ArcadeGameID.all.enumerated() { draw(game, index, into: &grid) }
        drawRule(into: &grid)
        if let board = layout.board { drawBoard(board, into: &grid) }
        if case .asking = arcade.stage {
            let row = model.layout.canvas.row + model.layout.canvas.rows - 2
            View.writeCentered(" asking for a run ", row: row, theme.badge(theme.warning), into: &grid)
        }
    }

    // MARK: Games

    private func draw(_ game: ArcadeGameID, _ index: Int, into grid: inout CellGrid) {
        let area = layout.games
        let row = area.row + index * layout.gameRows
        guard row < area.row + area.rows else { return }
        let isChosen = index == arcade.chosen
        let end = area.column + area.columns
        if isChosen {
            for offset in 0..<min(layout.gameRows, 2) {
                grid.fill(columns: area.column..<end, row: row + offset, theme.bar)
            }
            grid.write("▸", column: area.column, row: row, limit: end, theme.accent)
        }
        func brush(_ brush: Brush) -> Brush { isChosen ? brush : theme.onGround(brush) }
        grid.write(game.rules.title, column: area.column + 2, row: row, limit: end, brush(theme.strong))
        let words = ArcadeWords.category(game)
        if layout.gameRows > 1 {
            grid.write(words, column: area.column + 2, row: row + 1, limit: end, brush(theme.quiet))
        } else {
            let column = end - TextWidth.of(words) - 1
            grid.write(words, column: column, row: row, limit: end, brush(theme.quiet))
        }
    }

    private func drawRule(into grid: inout CellGrid) {
        guard let area = layout.rule else { return }
        let text = WrappedText(Array(arcade.game.rules.rule), columns: area.columns)
        let lines = text.rows.indices.map { text.text(row: $0) }
        for (offset, line) in lines.prefix(area.rows).enumerated() {
            grid.write(
                line, column: area.column, row: area.row + offset, limit: area.column + area.columns,
                theme.words)
        }
        guard let points = model.profile?.points, lines.count + 2 <= area.rows else { return }
        let words = "You have \(Spelled.points(points))"
        grid.write(
            words, column: area.column, row: area.row + lines.count + 1, limit: area.column + area.columns,
            theme.onGround(theme.accent))
    }

    // MARK: Board

    private func drawBoard(_ area: Layout.Area, into grid: inout CellGrid) {
        Box.draw(
            column: area.column, row: area.row, columns: area.columns, rows: area.rows,
            title: "\(arcade.game.rules.title): the best", theme, into: &grid)
        let end = area.column + area.columns - 1
        for (period, columns) in layout.tabs where columns.upperBound <= end {
            let isShown = period == arcade.period
            grid.write(
                " \(ArcadeWords.period(period)) ", column: columns.lowerBound, row: area.row + 1, limit: end,
                isShown ? theme.badge(theme.accent) : theme.quiet)
        }
        let isAiry = area.rows > 8
        let first = area.row + (isAiry ? 3 : 2)
        let room = area.row + area.rows - 1 - first
        guard let entries = arcade.board, !entries.isEmpty else {
            let words =
                if arcade.board != nil {
                    "Nobody yet: be the first"
                } else if model.link.isLive {
                    TextWidth.clipped(arcade.absence ?? "asking", columns: area.columns - 4)
                } else {
                    Bars.words(for: model)
                }
            let column = area.column + (area.columns - TextWidth.of(words)) / 2
            grid.write(words, column: column, row: first + max(room / 2 - 1, 0), limit: end, theme.quiet)
            return
        }
        for (offset, entry) in entries.prefix(room).enumerated() {
            draw(entry, row: first + offset, area, into: &grid)
        }
    }

    private func draw(
        _ entry: LeaderboardAnswer.Entry, row: Int, _ area: Layout.Area, into grid: inout CellGrid
    ) {
        let isMe = entry.account.id == model.accountID
        let end = area.column + area.columns - 2
        let rank = Spelled.ordinal(entry.rank)
        let score = ArcadeWords.score(entry.score, of: arcade.game)
        let brush = isMe ? theme.accent : theme.bar
        grid.write(
            rank, column: area.column + 7 - TextWidth.of(rank), row: row, limit: end,
            entry.rank <= 3 ? theme.strong : theme.quiet)
        let scoreColumn = end - TextWidth.of(score)
        let name = Bars.clean(entry.account.name, columns: max(scoreColumn - area.column - 10, 0))
        grid.write(name, column: area.column + 9, row: row, limit: scoreColumn - 1, brush)
        grid.write(score, column: scoreColumn, row: row, limit: end, isMe ? theme.accent : theme.strong)
    }
}
