import Protocol

/// What the canvas's tools ask, each in a frame.
enum ToolPromptView {
    static func draw(
        _ prompt: ToolPrompt, _ model: Model, _ placement: Placement, _ theme: Theme,
        into grid: inout CellGrid
    ) {
        switch prompt {
        case .bookmarks(let choice): BookmarkBox.draw(model, choice, theme, into: &grid)
        case .movingTemplate: drawMoving(model, placement, theme, into: &grid)
        case .bookmarkName(let line):
            let keeps = "Enter keeps \(model.cursor.x),\(model.cursor.y)"
            draw(line, "Bookmark: its name", ["\(keeps) · Esc leaves", keeps], placement, theme, into: &grid)
        case .template(let line):
            let hints =
                model.template == nil
                ? ["FILE.png or FILE.png@X,Y · Esc leaves", "FILE.png or FILE.png@X,Y"]
                : ["FILE.png@X,Y · nothing: none"]
            draw(line, "Template", hints, placement, theme, into: &grid)
        case .follow(let line):
            let hints = ["a name seen, or an id · Esc leaves", "a name seen, or an id"]
            draw(line, "Follow whom?", hints, placement, theme, into: &grid)
        }
    }

    private static func draw(
        _ editor: LineEditor, _ title: String, _ hints: [String], _ placement: Placement, _ theme: Theme,
        into grid: inout CellGrid
    ) {
        guard let area = placement.prompt else { return }
        Box.draw(
            column: area.column, row: area.row, columns: area.columns, rows: area.rows, title: title, theme,
            into: &grid)
        let line = area.column + 2..<area.column + area.columns - 2
        // One column is the cursor's, and what stands before it comes first.
        let head = TextWidth.tail(editor.head, columns: line.count - 1)
        let column = grid.write(
            head, column: line.lowerBound, row: area.row + 1, limit: line.upperBound, theme.strong)
        grid.write(
            TextWidth.clipped(editor.rest, columns: line.upperBound - column), column: column,
            row: area.row + 1, limit: line.upperBound, theme.strong)
        grid.caret = CellGrid.Spot(column: column, row: area.row + 1)
        grid.write(
            TextWidth.fitting(hints, columns: line.count), column: line.lowerBound, row: area.row + 2,
            limit: line.upperBound, theme.quiet)
    }

    /// While a template is moved a line says where it is: nothing else may cover it.
    private static func drawMoving(
        _ model: Model, _ placement: Placement, _ theme: Theme, into grid: inout CellGrid
    ) {
        guard let origin = model.template?.origin else { return }
        let words = [
            " Template at \(origin.x),\(origin.y) · arrows move it, ⇧ by \(TemplatePrompt.jump), Enter keeps, Esc undoes ",
            " Template at \(origin.x),\(origin.y) · Enter keeps, Esc undoes ",
            " \(origin.x),\(origin.y) · Enter keeps ",
        ]
        let shown = words.first { TextWidth.of($0) <= grid.columns } ?? ""
        View.writeCentered(shown, row: model.layout.canvas.row, theme.badge(theme.accent), into: &grid)
    }
}

/// The list of remembered places.
enum BookmarkBox {
    private static let columns = 44

    /// Where the list stands, and the first of its places.
    private static func place(_ model: Model, _ choice: Int) -> (area: Layout.Area, first: Int) {
        let canvas = model.layout.canvas
        let count = model.desk.bookmarks.items.count
        let rows = min(count + 2, canvas.rows)
        let width = min(columns, canvas.columns)
        let area = Layout.Area(
            column: canvas.column + (canvas.columns - width) / 2,
            row: canvas.row + (canvas.rows - rows) / 2, columns: width, rows: rows)
        let inside = rows - 2
        return (area, min(max(choice - inside / 2, 0), max(count - inside, 0)))
    }

    /// The number of the bookmark under a cell of the screen.
    static func number(_ model: Model, _ choice: Int, column: Int, row: Int) -> Int? {
        let (area, first) = place(model, choice)
        let number = first + row - area.row - 1
        guard column > area.column, column < area.column + area.columns - 1, row > area.row,
            row < area.row + area.rows - 1, model.desk.bookmarks.items.indices.contains(number)
        else { return nil }
        return number
    }

    static func draw(_ model: Model, _ choice: Int, _ theme: Theme, into grid: inout CellGrid) {
        let (area, first) = place(model, choice)
        Box.draw(
            column: area.column, row: area.row, columns: area.columns, rows: area.rows, title: "Bookmarks",
            theme, into: &grid)
        let line = area.column + 1..<area.column + area.columns - 1
        for (offset, item) in model.desk.bookmarks.items.dropFirst(first).prefix(area.rows - 2).enumerated() {
            let row = area.row + 1 + offset
            let isChosen = first + offset == choice
            let brush = isChosen ? theme.badge(theme.accent) : theme.bar
            grid.fill(columns: line, row: row, brush)
            let spot = "\(item.x),\(item.y)"
            let name = TextWidth.clipped(
                PlayerName.displayed(item.name), columns: line.count - spot.count - 6)
            grid.write(isChosen ? "▸" : " ", column: line.lowerBound, row: row, limit: line.upperBound, brush)
            grid.write(name, column: line.lowerBound + 2, row: row, limit: line.upperBound, brush)
            grid.write(
                spot, column: line.upperBound - spot.count - 1, row: row, limit: line.upperBound,
                isChosen ? brush : theme.quiet)
        }
        let hint = " Enter goes · d deletes "
        guard area.columns >= hint.count + 4 else { return }
        grid.write(
            hint, column: area.column + area.columns - hint.count - 2, row: area.row + area.rows - 1,
            limit: line.upperBound, theme.quiet)
    }
}
