/// Which changed cells of a frame are drawn now: all, or those that matter most where only so many bytes may be sent.
struct FramePlan: Hashable, Sendable {
    /// Neighbouring cells of a row that have changed.
    struct Run: Hashable, Sendable {
        var row: Int
        var columns: Range<Int>
        /// What they cost about, in bytes.
        var costBytes: Int
    }

    private(set) var runs: [Run] = []
    /// Whether changed cells are left for later.
    private(set) var isPartial = false
    /// The row at which the next plan goes on with what is left.
    private(set) var turn: Int

    /// What the bytes of the runs are about.
    var costBytes: Int { runs.reduce(0) { $0 + $1.costBytes } }

    /// Longer ones are broken, so that a part of a row can go first.
    private static let maxRunColumns = 16
    private static let moveBytes = 6

    /// Compares two grids of one size.
    ///
    /// - Parameters:
    ///   - limitBytes: what may be sent; nil for everything.
    ///   - focus: the places whose surroundings come first.
    ///   - turn: the row to begin with behind those and the bars.
    init(
        from shown: CellGrid, to grid: CellGrid, cost: CellCost, limitBytes: Int?, focus: [CellGrid.Spot],
        turn: Int
    ) {
        self.turn = turn
        for row in 0..<grid.rows { collect(row: row, shown, grid, cost) }
        guard let limitBytes, costBytes > limitBytes else { return }
        choose(limitBytes: limitBytes, rows: grid.rows, focus: focus)
    }

    private mutating func collect(row: Int, _ shown: CellGrid, _ grid: CellGrid, _ cost: CellCost) {
        let start = row * grid.columns
        shown.cells.withUnsafeBufferPointer { old in
            grid.cells.withUnsafeBufferPointer { new in
                var column = 0
                while column < grid.columns {
                    guard old[start + column] != new[start + column] else {
                        column += 1
                        continue
                    }
                    let first = column
                    var bytes = Self.moveBytes
                    repeat {
                        let at = start + column
                        bytes += cost.bytes(of: new[at], after: column > first ? new[at - 1] : nil)
                        column += 1
                    } while column < grid.columns && old[start + column] != new[start + column]
                        && (column - first < Self.maxRunColumns
                            // The halves of a wide character, old or new, aren't torn apart.
                            || old[start + column].scalar == 0 || new[start + column].scalar == 0)
                    runs.append(Run(row: row, columns: first..<column, costBytes: bytes))
                }
            }
        }
    }

    /// Keeps what matters most: around the focus, then the bars, then row by row from where the last plan ended.
    private mutating func choose(limitBytes: Int, rows: Int, focus: [CellGrid.Spot]) {
        func rank(_ run: Run) -> Int {
            let isNear = focus.contains { spot in
                abs(spot.row - run.row) <= 2
                    && run.columns.overlaps(
                        spot.column - Self.maxRunColumns / 2..<spot.column + Self.maxRunColumns / 2)
            }
            if isNear { return 0 }
            if run.row < 1 || run.row >= rows - 2 { return 1 }
            return 2 + (run.row - turn + rows) % max(rows, 1)
        }
        let ranked = runs.enumerated().map { (rank: rank($0.element), at: $0.offset) }
            .sorted { ($0.rank, $0.at) < ($1.rank, $1.at) }
        var used = 0
        var kept: [Int] = []
        for (_, at) in ranked {
            // One at least, or nothing would ever go on.
            if !kept.isEmpty, used + runs[at].costBytes > limitBytes {
                turn = runs[at].row
                break
            }
            used += runs[at].costBytes
            kept.append(at)
        }
        isPartial = kept.count < runs.count
        runs = kept.sorted().map { runs[$0] }
    }
}
