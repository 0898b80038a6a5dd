/// A screenful of cells, row by row, and where the terminal's cursor stands.
struct CellGrid: Hashable, Sendable {
    let columns: Int
    let rows: Int
    private(set) var cells: [Cell]
    /// Column and row of the terminal's own cursor; hidden where there is none.
    var caret: Spot?

    /// A place on the screen.
    struct Spot: Hashable, Sendable {
        var column: Int
        var row: Int
    }

    init(columns: Int, rows: Int, fill: Brush) {
        self.columns = max(columns, 0)
        self.rows = max(rows, 0)
        cells = [Cell](repeating: Cell(" ", fill), count: self.columns * self.rows)
    }

    /// The cell at a place inside the grid.
    subscript(column: Int, row: Int) -> Cell {
        cells[row * columns + column]
    }

    /// Sets a cell; outside the grid nothing happens.
    mutating func put(_ cell: Cell, column: Int, row: Int) {
        guard column >= 0, column < columns, row >= 0, row < rows else { return }
        cells[row * columns + column] = cell
    }

    /// Writes all cells at once through a buffer: the canvas's way, a thousand times faster than `put` in debug.
    mutating func withRow(_ row: Int, _ body: (UnsafeMutableBufferPointer<Cell>) -> Void) {
        guard row >= 0, row < rows else { return }
        let start = row * columns
        let end = start + columns
        cells.withUnsafeMutableBufferPointer { body(UnsafeMutableBufferPointer(rebasing: $0[start..<end])) }
    }

    /// Fills a stretch of one row with spaces.
    mutating func fill(columns range: Range<Int>, row: Int, _ brush: Brush) {
        for column in range { put(Cell(" ", brush), column: column, row: row) }
    }

    /// Writes text from a place to the right, cut at `limit` (a column), and returns the column after it.
    ///
    /// A wide character that would cross the limit is left out, a combining mark joins the character before it,
    /// and what can't be shown takes no room.
    @discardableResult
    mutating func write(_ text: String, column: Int, row: Int, limit: Int, _ brush: Brush) -> Int {
        var at = column
        let end = min(limit, columns)
        for scalar in text.unicodeScalars {
            guard let width = TextWidth.of(scalar) else { continue }
            if width == 0 {
                addMark(scalar, column: at - 1, row: row, from: column)
                continue
            }
            guard at + width <= end else { break }
            put(Cell(scalar, brush), column: at, row: row)
            if width == 2 { put(.continuation(brush), column: at + 1, row: row) }
            at += width
        }
        return at
    }

    private mutating func addMark(_ mark: Unicode.Scalar, column: Int, row: Int, from start: Int) {
        guard column >= start, column < columns, row >= 0, row < rows,
            // Zero columns wide are also characters that turn their neighbours around.
            mark.properties.generalCategory != .format
        else { return }
        var at = row * columns + column
        if cells[at].scalar == 0, column > start { at -= 1 }
        if cells[at].mark == 0 { cells[at].mark = mark.value }
    }
}
