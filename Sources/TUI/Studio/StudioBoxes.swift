import Protocol

/// What lies over the studio's form: keys, the prompt for a file, questions.
struct StudioBoxes {
    let studio: Studio
    let theme: Theme

    func draw(into grid: inout CellGrid) {
        switch studio.overlay {
        case .none: break
        case .help: drawHelp(into: &grid)
        case .saveAs(let editor): drawPrompt(editor, into: &grid)
        case .overwrite(let path):
            let isKnown = path == studio.file.path && studio.file.bytes != nil
            drawQuestion(
                "Write over it?",
                isKnown
                    ? ["\(path) isn't", "as it was last read or saved here."]
                    : ["\(path) is there already", "and wasn't read here."],
                [("y", "writes over it"), ("Esc", "leaves it")], into: &grid)
        case .quit:
            drawQuestion(
                "Quit without saving?", ["What you changed would be lost."],
                [("Enter", "quits"), ("s", "saves"), ("Esc", "stays")], into: &grid)
        }
    }

    private func box(
        _ title: String, columns: Int, rows: Int, into grid: inout CellGrid
    ) -> (column: Int, row: Int, limit: Int) {
        let width = min(columns, grid.columns - 2)
        let left = (grid.columns - width) / 2
        let top = max((grid.rows - rows) / 2, 0)
        Box.draw(
            column: left, row: top, columns: width, rows: rows, title: title, edge: theme.accent, theme,
            into: &grid)
        return (left + 2, top + 1, left + width - 2)
    }

    private func drawQuestion(
        _ title: String, _ lines: [String], _ answers: [(String, String)], into grid: inout CellGrid
    ) {
        let place = box(title, columns: 52, rows: lines.count + 4, into: &grid)
        for (offset, line) in lines.enumerated() {
            grid.write(
                TextWidth.tail(PlayerName.displayed(line), columns: place.limit - place.column),
                column: place.column, row: place.row + offset, limit: place.limit, theme.bar)
        }
        var column = place.column
        for (keys, words) in answers {
            column = grid.write(
                keys, column: column, row: place.row + lines.count + 1, limit: place.limit, theme.accent)
            column =
                grid.write(
                    " \(words)", column: column, row: place.row + lines.count + 1, limit: place.limit,
                    theme.quiet) + 2
        }
    }

    private func drawPrompt(_ editor: LineEditor, into grid: inout CellGrid) {
        let place = box("Save in which file?", columns: 60, rows: 4, into: &grid)
        let head = TextWidth.tail(editor.head, columns: place.limit - place.column - 1)
        let column = grid.write(
            head, column: place.column, row: place.row, limit: place.limit, theme.strong)
        grid.write(editor.rest, column: column, row: place.row, limit: place.limit, theme.strong)
        grid.caret = CellGrid.Spot(column: column, row: place.row)
        grid.write(
            "Enter saves, Esc leaves", column: place.column, row: place.row + 1, limit: place.limit,
            theme.quiet)
    }

    private func drawHelp(into grid: inout CellGrid) {
        let parts: [(String, [StudioKeys.Entry])] = [
            ("Everywhere", StudioKeys.everywhere), ("A part's colors", StudioKeys.colors),
            ("Base colors", StudioKeys.grid),
        ]
        let isWide = grid.columns >= 78
        let height = isWide ? 15 : min(parts.reduce(2) { $0 + $1.1.count + 1 }, grid.rows - 2)
        let place = box("Keys: any closes this", columns: isWide ? 78 : 44, rows: height, into: &grid)
        var (column, row) = (place.column, place.row)
        for (number, part) in parts.enumerated() {
            if isWide, number == 1 { (column, row) = (place.column + 38, place.row) }
            let limit = isWide && number == 0 ? place.column + 37 : place.limit
            guard row < place.row + height - 2 else { return }
            grid.write(part.0, column: column, row: row, limit: limit, theme.accent)
            row += 1
            for entry in part.1 where row < place.row + height - 2 {
                grid.write(entry.names, column: column, row: row, limit: limit, theme.strong)
                grid.write(entry.words, column: column + 14, row: row, limit: limit, theme.bar)
                row += 1
            }
            if isWide, number == 0 {
                grid.write(
                    "Mouse: click fields and colors", column: column, row: place.row + height - 3,
                    limit: limit, theme.quiet)
            }
            row += 1
        }
    }
}
