/// Where the palette of commands lies, and which of its lines are seen.
struct CommandPaletteLayout {
    let box: Layout.Area
    /// The rows of lines inside the box.
    let list: Layout.Area
    /// The first line that is seen.
    let first: Int

    private let count: Int

    private static let columns = 64
    private static let maxRows = 14

    init(_ layout: Layout, chosen: Int, count: Int) {
        let area = layout.canvas
        let width = min(Self.columns, area.columns - 2)
        // The box keeps its height while lines come and go, so that it doesn't jump.
        let rows = min(Self.maxRows + 3, area.rows)
        box = Layout.Area(
            column: (area.columns - width) / 2, row: area.row + min((area.rows - rows) / 3, 4),
            columns: width,
            rows: rows)
        list = Layout.Area(
            column: box.column + 1, row: box.row + 2, columns: box.columns - 2, rows: max(box.rows - 3, 1))
        first = max(min(chosen - list.rows / 2, count - list.rows), 0)
        self.count = count
    }

    /// The line under a cell.
    func index(column: Int, row: Int) -> Int? {
        guard list.contains(column: column, row: row) else { return nil }
        let index = first + row - list.row
        return index < count ? index : nil
    }
}

/// The palette of commands: what was typed, and what can be done.
enum CommandPaletteView {
    private static let groupColumns = 14

    static func draw(_ palette: CommandPalette, _ model: Model, _ theme: Theme, into grid: inout CellGrid) {
        let items = model.paletteItems(for: palette.line.text)
        let layout = CommandPaletteLayout(model.layout, chosen: palette.chosen, count: items.count)
        let box = layout.box
        Box.draw(
            column: box.column, row: box.row, columns: box.columns, rows: box.rows, title: "Commands", theme,
            into: &grid)
        drawLine(palette.line, box, theme, into: &grid)
        if items.isEmpty {
            grid.write(
                "Nothing is called that", column: layout.list.column + 1, row: layout.list.row,
                limit: layout.list.column + layout.list.columns, theme.quiet)
        }
        for (offset, item) in items.dropFirst(layout.first).prefix(layout.list.rows).enumerated() {
            draw(
                item, isChosen: layout.first + offset == palette.chosen, row: layout.list.row + offset,
                layout.list, theme, into: &grid)
        }
        drawCount(items.count, layout, theme, into: &grid)
    }

    private static func drawLine(
        _ line: LineEditor, _ box: Layout.Area, _ theme: Theme, into grid: inout CellGrid
    ) {
        let limit = box.column + box.columns - 2
        let start = grid.write("› ", column: box.column + 2, row: box.row + 1, limit: limit, theme.accent)
        let head = TextWidth.tail(line.head, columns: max(limit - start - 1, 0))
        let caret = grid.write(head, column: start, row: box.row + 1, limit: limit, theme.strong)
        grid.write(line.rest, column: caret, row: box.row + 1, limit: limit, theme.strong)
        if line.isEmpty {
            grid.write("type what you want", column: start, row: box.row + 1, limit: limit, theme.quiet)
        }
        grid.caret = CellGrid.Spot(column: caret, row: box.row + 1)
    }

    private static func draw(
        _ item: PaletteItem, isChosen: Bool, row: Int, _ list: Layout.Area, _ theme: Theme,
        into grid: inout CellGrid
    ) {
        let end = list.column + list.columns
        // Reversed, the chosen line is told without color, too.
        let chosen = theme.badge(theme.accent)
        if isChosen { grid.fill(columns: list.column..<end, row: row, chosen) }
        let keys = item.keys ?? ""
        let keysColumn = end - 1 - TextWidth.of(keys)
        let hasGroup = list.columns >= 44
        let titleEnd = keysColumn - 1 - (hasGroup ? groupColumns : 0)
        var column = list.column + 1
        let matched = Set(item.matched)
        for (at, character) in TextWidth.clipped(item.title, columns: titleEnd - column).enumerated() {
            let brush = isChosen ? chosen : matched.contains(at) ? theme.accent : theme.strong
            let shown = isChosen && matched.contains(at) ? brush.styled([.bold, .underline]) : brush
            column = grid.write(String(character), column: column, row: row, limit: titleEnd, shown)
        }
        if hasGroup {
            grid.write(
                TextWidth.clipped(item.group, columns: groupColumns - 1), column: end - 16 - groupColumns,
                row: row, limit: keysColumn, isChosen ? chosen : theme.quiet)
        }
        grid.write(keys, column: keysColumn, row: row, limit: end, isChosen ? chosen : theme.accent)
    }

    /// In the frame's lower edge: how many lines there are.
    private static func drawCount(
        _ count: Int, _ layout: CommandPaletteLayout, _ theme: Theme, into grid: inout CellGrid
    ) {
        guard count > layout.list.rows else { return }
        let box = layout.box
        let text = " \(layout.first + 1)–\(min(layout.first + layout.list.rows, count)) of \(count) "
        grid.write(
            text, column: box.column + box.columns - 2 - TextWidth.of(text), row: box.row + box.rows - 1,
            limit: box.column + box.columns - 1, theme.quiet)
    }
}
