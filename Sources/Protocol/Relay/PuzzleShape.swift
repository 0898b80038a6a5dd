/// A flat shape of square cells, as in rows of `#` and `.`.
public struct PuzzleShape: Hashable, Sendable {
    /// Row by row, all of one length: whether a cell is filled.
    public let cells: [[Bool]]

    /// The largest side that is read; what lies beyond is left out.
    private static let maxSide = 32

    /// Wraps rows of one length.
    public init(cells: [[Bool]]) {
        precondition(cells.allSatisfy { $0.count == cells.first?.count }, "all rows are of one length")
        self.cells = cells
    }

    /// Reads rows of `#` for a filled cell and anything else for an empty one; short rows are filled up.
    ///
    /// Takes whatever a peer sent, and no more of it than 32 rows of 32 cells.
    public init(rows: [String]) {
        let read = rows.prefix(Self.maxSide).map { $0.unicodeScalars.prefix(Self.maxSide).map { $0 == "#" } }
        let width = read.map(\.count).max() ?? 0
        cells = read.map { $0 + [Bool](repeating: false, count: width - $0.count) }
    }

    /// Rows of `#` and `.`.
    public var rows: [String] { cells.map { String($0.map { $0 ? "#" : "." }) } }

    /// How many columns it has.
    public var width: Int { cells.first?.count ?? 0 }

    /// How many rows it has.
    public var height: Int { cells.count }

    /// The same a quarter turn clockwise.
    public var turned: PuzzleShape {
        PuzzleShape(cells: (0..<width).map { column in cells.reversed().map { $0[column] } })
    }

    /// The same as in a mirror.
    public var mirrored: PuzzleShape { PuzzleShape(cells: cells.map { $0.reversed() }) }

    /// The same by itself, by one, by two and by three quarter turns.
    public var turns: [PuzzleShape] {
        let quarter = turned
        let half = quarter.turned
        return [self, quarter, half, half.turned]
    }

    /// The same without empty rows and columns around it.
    public var trimmed: PuzzleShape {
        let full = cells.indices.filter { cells[$0].contains(true) }
        let columns = (0..<width).filter { column in cells.contains { $0[column] } }
        guard let top = full.first, let bottom = full.last, let left = columns.first,
            let right = columns.last
        else { return PuzzleShape(cells: []) }
        return PuzzleShape(cells: cells[top...bottom].map { Array($0[left...right]) })
    }
}
