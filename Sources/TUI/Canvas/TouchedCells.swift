import Protocol

/// Which cells somebody ever placed a pixel on, as far as the server told and as was seen since.
struct TouchedCells: Hashable, Sendable {
    /// What the server was asked and said.
    enum Knowledge: Hashable, Sendable {
        case none
        case asking(sinceMs: Int64)
        case whole
        /// With why, and when it can be asked again, where the server told.
        case refused(String, againMs: Int64?)
    }

    /// Counts of squares of so many cells' side, row by row.
    private struct Level: Hashable, Sendable {
        let side: Int
        let columns: Int
        var counts: [UInt16]
    }

    /// Sides of the squares that are counted beside single cells.
    private static let sides = [4, 16, 64]
    /// How long an answer is waited for.
    static let patienceMs: Int64 = 20_000

    var knowledge = Knowledge.none
    private var mask: CellMask
    private var levels: [Level]
    /// How many cells were touched.
    private(set) var count = 0

    init(size: CanvasSize) {
        mask = CellMask(size: size)
        levels = Self.sides.map { side in
            let columns = (size.width + side - 1) / side
            let rows = (size.height + side - 1) / side
            return Level(side: side, columns: columns, counts: [UInt16](repeating: 0, count: columns * rows))
        }
    }

    var size: CanvasSize { mask.size }

    /// A pixel came.
    mutating func touch(x: Int, y: Int) {
        guard size.contains(x: x, y: y) else { return }
        let cell = size.cell(x: x, y: y)
        guard !mask[cell] else { return }
        mask[cell] = true
        count += 1
        for at in levels.indices {
            levels[at].counts[y / levels[at].side * levels[at].columns + x / levels[at].side] += 1
        }
    }

    /// Joins what the server knows with what was seen meanwhile; false where it is of another canvas.
    mutating func take(_ told: CellMask) -> Bool {
        guard told.size == size else { return false }
        let width = size.width
        for (at, byte) in told.bytes.enumerated() where byte & ~mask.bytes[at] != 0 {
            for bit in 0..<8 where byte >> UInt8(bit) & 1 != 0 {
                let cell = at * 8 + bit
                // The last byte may have bits that stand for no cell.
                if cell < size.cellCount { touch(x: cell % width, y: cell / width) }
            }
        }
        knowledge = .whole
        return true
    }

    // MARK: Looking

    /// The share of cells around a place inside the canvas that nobody touched, in percent.
    ///
    /// - Parameter side: how many cells along a side are looked at, at least.
    func untouchedPercent(at place: Place, squaresAtLeast side: Int) -> Int {
        guard side > 1, let level = levels.first(where: { $0.side >= side }) ?? levels.last else {
            return mask[size.cell(x: place.x, y: place.y)] ? 0 : 100
        }
        let (column, row) = (place.x / level.side, place.y / level.side)
        let width = min(level.side, size.width - column * level.side)
        let height = min(level.side, size.height - row * level.side)
        let all = width * height
        return (all - Int(level.counts[row * level.columns + column])) * 100 / all
    }

    /// The share of all cells that nobody touched, in percent; 0 only where there is none.
    var untouchedPercent: Int {
        let rest = size.cellCount - count
        return rest == 0 ? 0 : max(rest * 100 / size.cellCount, 1)
    }
}
