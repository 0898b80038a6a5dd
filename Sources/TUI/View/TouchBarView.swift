/// Draws the buttons for fingers, each where a tap presses its key.
enum TouchBarView {
    static func draw(_ model: Model, _ theme: Theme, into grid: inout CellGrid) {
        for (line, buttons) in TouchBar(model).lines.enumerated() {
            for (place, button) in buttons.enumerated() {
                draw(button, theme.button(isRaised: (line + place) % 2 == 0), into: &grid)
                grid.mark(button.press, button.area)
            }
        }
    }

    private static func draw(_ button: TouchBar.Button, _ brush: Brush, into grid: inout CellGrid) {
        let area = button.area
        let limit = area.column + area.columns
        for row in area.row..<area.row + area.rows {
            grid.fill(columns: area.column..<limit, row: row, brush)
        }
        let hasCaption = area.rows > 1 && !button.caption.isEmpty
        for (offset, text) in [button.title, hasCaption ? button.caption : ""].enumerated() {
            let shown = TextWidth.clipped(text, columns: area.columns)
            let column = area.column + (area.columns - TextWidth.of(shown)) / 2
            // A title alone stands in the middle, which of two rows is the lower one.
            let row = area.row + (hasCaption ? offset : area.rows / 2)
            guard row < area.row + area.rows, offset == 0 || hasCaption else { continue }
            grid.write(shown, column: column, row: row, limit: limit, brush)
        }
    }
}

extension Theme {
    /// A field for a finger; those beside each other take turns in standing out, so that their edges are seen.
    func button(isRaised: Bool) -> Brush {
        if !isRaised { return strong }
        let raised = cell(isRaised: true)
        guard raised.background == bar.background else { return raised }
        // Where colors don't mix, reversed ones stand out.
        if !hasColor { return strong.styled(.reverse) }
        return Brush(foreground: bar.background, background: bar.foreground, style: .bold)
    }
}
