/// A screenful of cells, row by row, and where the terminal's cursor stands.
struct CellGrid: Hashable, Sendable {
    let columns: Int
    let rows: Int
    private(set) var cells: [Cell]
    /// Column and row of the terminal's own cursor; hidden where there is none.
    var caret: Spot?
    /// What the person looks at, where that isn't the caret: it is sent first to a slow terminal.
    var focus: Spot?
    /// Stretches of text that open a page in the browser, where the terminal knows links.
    var links: [Link] = []

    /// Cells of one row that stand for a URL.
    struct Link: Hashable, Sendable {
        var row: Int
        var columns: Range<Int>
        var url: String
    }
    /// Where keys are written that a click presses.
    private(set) var keySpots: [KeySpot] = []

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
    ///
    /// Half of a wide character is none: where one is covered, the other becomes a space.
    mutating func put(_ cell: Cell, column: Int, row: Int) {
        guard column >= 0, column < columns, row >= 0, row < rows else { return }
        let at = row * columns + column
        if cells[at].scalar == 0, cell.scalar != 0, column > 0 { cells[at - 1].empty() }
        if column + 1 < columns, cells[at + 1].scalar == 0 { cells[at + 1].empty() }
        cells[at] = cell
    }

    /// Has a click on a part of the screen press a key.
    mutating func mark(_ press: KeyPress, _ area: Layout.Area) {
        keySpots.append(KeySpot(area: area, press: press))
    }

    /// Forgets the keys that are covered by what is drawn over a part of the screen.
    mutating func coverKeys(_ area: Layout.Area) {
        keySpots.removeAll { $0.area.overlaps(area) }
    }

    /// Changes every cell by what it was.
    mutating func changeCells(_ change: (inout Cell) -> Void) {
        for at in cells.indices { change(&cells[at]) }
    }

    /// Takes cells of a row over from a grid of the same size.
    mutating func copy(columns range: Range<Int>, row: Int, from other: CellGrid) {
        let place = row * columns + range.lowerBound..<row * columns + range.upperBound
        cells.replaceSubrange(place, with: other.cells[place])
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
            put(Cell(TextWidth.letter(ofFlag: scalar) ?? scalar, brush), column: at, row: row)
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
