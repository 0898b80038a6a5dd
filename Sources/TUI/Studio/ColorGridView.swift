import Protocol

/// The base colors with their names, the one in use marked.
struct ColorGridView {
    let studio: Studio
    let layout: StudioLayout
    let theme: Theme

    func draw(into grid: inout CellGrid) {
        let area = layout.grid
        guard area.rows >= 3 else { return }
        let isPicking = studio.picking != nil
        Box.draw(
            column: area.column, row: area.row, columns: area.columns, rows: area.rows, title: "Base colors",
            edge: isPicking ? theme.accent : theme.onGround(theme.quiet), theme, into: &grid)
        let first = layout.firstGridRow * layout.gridColumns
        let count = (area.rows - 2) * layout.gridColumns
        let limit = area.column + area.columns - 1
        for (offset, color) in studio.colors.colors.dropFirst(first).prefix(count).enumerated() {
            let column = area.column + 1 + offset % layout.gridColumns * StudioLayout.gridCell
            let row = area.row + 1 + offset / layout.gridColumns
            draw(
                color, column: column, row: row, limit: limit, isMarked: first + offset == studio.gridIndex,
                into: &grid)
        }
        drawEnds(into: &grid)
    }

    private func draw(
        _ color: BaseColor, column: Int, row: Int, limit: Int, isMarked: Bool, into grid: inout CellGrid
    ) {
        let isUsed = studio.values.contains(color.name)
        Swatch.draw(color.color, columns: column + 1..<column + 3, row: row, theme, into: &grid)
        let brush = isMarked ? theme.strong : isUsed ? theme.accent : theme.bar
        if isMarked {
            grid.write("▸", column: column, row: row, limit: limit, theme.accent)
        }
        let name = TextWidth.clipped(color.name, columns: StudioLayout.gridCell - 4)
        grid.write(
            name, column: column + 4, row: row, limit: limit,
            isMarked && studio.picking != nil ? theme.badge(theme.accent) : brush)
    }

    /// In the frame, whether there is more above or below.
    private func drawEnds(into grid: inout CellGrid) {
        let area = layout.grid
        let column = area.column + area.columns - 3
        let all = (studio.colors.colors.count + layout.gridColumns - 1) / layout.gridColumns
        if layout.firstGridRow > 0 {
            grid.write("▴", column: column, row: area.row, limit: column + 1, theme.accent)
        }
        if layout.firstGridRow + area.rows - 2 < all {
            grid.write("▾", column: column, row: area.row + area.rows - 1, limit: column + 1, theme.accent)
        }
    }
}
