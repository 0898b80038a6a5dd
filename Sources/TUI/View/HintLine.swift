/// The line above the status line on all screens but the canvas: the keys of use now, each where a click presses it.
enum HintLine {
    private static let gap = 2

    /// Writes the hints of what is on the screen, the first ones first, as far as there is room.
    static func draw(_ model: Model, _ theme: Theme, into grid: inout CellGrid) {
        let row = model.layout.paletteRow
        grid.fill(columns: 0..<grid.columns, row: row, theme.bar)
        var column = 1
        for hint in model.hints {
            guard let keys = hint.keys(model.bindings, in: model.keyScene) else { continue }
            let end = column + TextWidth.of(keys) + 1 + TextWidth.of(hint.words)
            guard end < grid.columns else { break }
            let words = grid.write(keys, column: column, row: row, limit: grid.columns, theme.accent) + 1
            grid.write(hint.words, column: words, row: row, limit: grid.columns, theme.quiet)
            mark(hint, model, columns: column..<end, row: row, into: &grid)
            column = end + gap
        }
    }

    /// Has a click on a key press it, and one on the words the last key, which is the one forwards.
    private static func mark(
        _ hint: Hint, _ model: Model, columns: Range<Int>, row: Int, into grid: inout CellGrid
    ) {
        // A slip of the mouse must not end a run.
        guard model.keyScene != .run else { return }
        let presses = hint.presses(model.bindings, in: model.keyScene)
        guard let last = presses.last else { return }
        grid.mark(
            last, Layout.Area(column: columns.lowerBound, row: row, columns: columns.count, rows: 1))
        guard !hint.isTwice else { return }
        let labels = presses.map(\.label)
        let between = Hint.areShort(labels) ? 0 : 1
        var column = columns.lowerBound
        for (press, label) in zip(presses, labels) {
            let width = TextWidth.of(label)
            grid.mark(press, Layout.Area(column: column, row: row, columns: width, rows: 1))
            column += width + between
        }
    }
}
