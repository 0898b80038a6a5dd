extension CellGrid {
    /// Puts another grid's cells into this one, its left upper corner at a place; what sticks out is left out.
    mutating func paste(_ other: CellGrid, column: Int, row: Int, _ change: (Cell) -> Cell = { $0 }) {
        for y in 0..<other.rows {
            for x in 0..<other.columns { put(change(other[x, y]), column: column + x, row: row + y) }
        }
    }
}
