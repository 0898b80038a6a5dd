extension Model {
    /// Where on the screen the person looks, where that is known: at the canvas's cursor.
    var focus: CellGrid.Spot? {
        guard page == .canvas, canvas != nil else { return nil }
        let spot = viewport.area(of: cursor)
        let area = layout.canvas
        return CellGrid.Spot(
            column: area.column + spot.columns.lowerBound, row: area.row + spot.halfRows.lowerBound / 2)
    }
}
