import Protocol

/// The prompts, each a frame with what was typed and the terminal's cursor behind it.
enum PromptView {
    /// The prompt for a place.
    static func draw(
        place typed: String, _ placement: Placement, _ theme: Theme, into grid: inout CellGrid
    ) {
        draw(typed, title: "Go to x,y", placement, theme, into: &grid)
    }

    /// The prompt for a turn of the view.
    static func draw(
        turn typed: String, _ placement: Placement, _ theme: Theme, into grid: inout CellGrid
    ) {
        draw(typed, title: "Turn by degrees", placement, theme, into: &grid)
    }

    private static func draw(
        _ typed: String, title: String, _ placement: Placement, _ theme: Theme, into grid: inout CellGrid
    ) {
        guard let area = placement.prompt else { return }
        Box.draw(
            column: area.column, row: area.row, columns: area.columns, rows: area.rows, title: title, theme,
            into: &grid)
        let line = area.column + 2..<area.column + area.columns - 2
        write(typed, columns: line, row: area.row + 1, theme, into: &grid)
    }

    /// The prompt for a name: how long it is, and whether it may be one.
    static func draw(
        _ prompt: NamePrompt, _ placement: Placement, _ theme: Theme, into grid: inout CellGrid
    ) {
        guard let area = placement.prompt else { return }
        let padding = placement.form == .box ? 3 : 2
        let line = area.column + padding..<max(area.column + area.columns - padding, area.column + padding)
        Box.draw(
            column: area.column, row: area.row, columns: area.columns, rows: area.rows,
            title: "Choose a name", theme, into: &grid)
        let count = "\(prompt.count)/\(Limits.maxNameCharacters)"
        let countColumn = max(line.upperBound - count.utf8.count, line.lowerBound)
        write(
            prompt.typed, columns: line.lowerBound..<max(countColumn - 1, line.lowerBound), row: area.row + 1,
            theme, into: &grid)
        grid.write(
            count, column: countColumn, row: area.row + 1, limit: line.upperBound,
            prompt.verdict == .good ? theme.good : theme.quiet)
        let (words, brush) = words(for: prompt, theme)
        grid.write(
            TextWidth.clipped(words, columns: line.count), column: line.lowerBound, row: area.row + 2,
            limit: line.upperBound, brush)
    }

    /// The prompt for a relay's code.
    static func draw(
        _ prompt: CodePrompt, _ placement: Placement, _ theme: Theme, into grid: inout CellGrid
    ) {
        guard let area = placement.prompt else { return }
        let line = area.column + 2..<area.column + area.columns - 2
        Box.draw(
            column: area.column, row: area.row, columns: area.columns, rows: area.rows,
            title: "Join by a relay's code", theme, into: &grid)
        let end = grid.write(
            prompt.typed, column: line.lowerBound, row: area.row + 1, limit: line.upperBound, theme.strong)
        let missing = String(repeating: "·", count: CodePrompt.length - prompt.typed.count)
        grid.write(missing, column: end, row: area.row + 1, limit: line.upperBound, theme.quiet)
        grid.caret = CellGrid.Spot(column: end, row: area.row + 1)
        let (words, brush) =
            prompt.code == nil
            ? ("Six letters, without vowels", theme.quiet) : ("Enter takes it, Esc leaves", theme.good)
        grid.write(words, column: line.lowerBound, row: area.row + 2, limit: line.upperBound, brush)
    }

    private static func words(for prompt: NamePrompt, _ theme: Theme) -> (String, Brush) {
        if prompt.isAsking { return ("Asking the server…", theme.quiet) }
        if let refusal = prompt.refusal { return (refusal, theme.failure) }
        return switch prompt.verdict {
        case .good: ("Enter takes it, Esc leaves", theme.good)
        case .bad(let words): (words, prompt.typed.isEmpty ? theme.quiet : theme.warning)
        }
    }

    /// Writes the end of what was typed, as much of it as there is room for, and puts the cursor behind it.
    private static func write(
        _ typed: String, columns: Range<Int>, row: Int, _ theme: Theme, into grid: inout CellGrid
    ) {
        // One column is the cursor's.
        let shown = TextWidth.tail(typed, columns: columns.count - 1)
        let column = grid.write(
            shown, column: columns.lowerBound, row: row, limit: columns.upperBound, theme.strong)
        grid.caret = CellGrid.Spot(column: column, row: row)
    }
}
