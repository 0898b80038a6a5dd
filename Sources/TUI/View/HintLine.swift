/// The line above the status line on the screens of games: the keys of use now.
enum HintLine {
    private static let gap = 2

    /// Writes keys and what they do, the first ones first, as far as there is room.
    static func draw(
        _ hints: [(keys: String, words: String)], _ model: Model, _ theme: Theme, into grid: inout CellGrid
    ) {
        draw(hints, row: model.layout.paletteRow, theme, into: &grid)
    }

    /// Writes them in a row of one's own choice.
    static func draw(
        _ hints: [(keys: String, words: String)], row: Int, _ theme: Theme, into grid: inout CellGrid
    ) {
        grid.fill(columns: 0..<grid.columns, row: row, theme.bar)
        var column = 1
        for (keys, words) in hints {
            let end = column + TextWidth.of(keys) + 1 + TextWidth.of(words)
            guard end < grid.columns else { return }
            column = grid.write(keys, column: column, row: row, limit: grid.columns, theme.accent) + 1
            column = grid.write(words, column: column, row: row, limit: grid.columns, theme.quiet) + gap
        }
    }
}
