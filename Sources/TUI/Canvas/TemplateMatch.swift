import Protocol

/// How much of a template is painted: counted once, then kept by each change.
struct TemplateMatch: Hashable, Sendable {
    /// Pixels of one color that the template wants.
    struct Count: Hashable, Sendable {
        var wanted = 0
        var wrong = 0
    }

    /// By palette index.
    private(set) var colors = [Count](repeating: Count(), count: 256)
    private(set) var wanted = 0
    private(set) var wrong = 0
    /// Wrong pixels in squares of the canvas, row by row.
    private var squares: [UInt16]
    private let columns: Int

    /// The side of the squares in which wrong pixels are counted.
    static let side = 8

    init(_ template: Template, _ canvas: CanvasImage) {
        columns = (canvas.size.width + Self.side - 1) / Self.side
        let rows = (canvas.size.height + Self.side - 1) / Self.side
        var squares = [UInt16](repeating: 0, count: columns * rows)
        var colors = colors
        let covered = template.covered(of: canvas.extent)
        let (columns, width) = (columns, canvas.size.width)
        template.cells.withUnsafeBufferPointer { wanted in
            canvas.cells.withUnsafeBufferPointer { cells in
                for y in covered.rows {
                    let line = (y - template.origin.y) * template.width - template.origin.x
                    for x in covered.columns {
                        guard let color = wanted[line + x] else { continue }
                        colors[Int(color)].wanted += 1
                        guard cells[y * width + x] != color else { continue }
                        colors[Int(color)].wrong += 1
                        squares[y / Self.side * columns + x / Self.side] += 1
                    }
                }
            }
        }
        self.colors = colors
        self.squares = squares
        wanted = colors.reduce(0) { $0 + $1.wanted }
        wrong = colors.reduce(0) { $0 + $1.wrong }
    }

    /// A cell of the canvas, which the template wants in a color, gets another one than it had.
    mutating func change(_ place: Place, wanted color: UInt8, from old: UInt8, to new: UInt8) {
        let change = (new == color ? 0 : 1) - (old == color ? 0 : 1)
        guard change != 0 else { return }
        wrong += change
        colors[Int(color)].wrong += change
        let square = place.y / Self.side * columns + place.x / Self.side
        squares[square] = change > 0 ? squares[square] + 1 : squares[square] - 1
    }

    /// Wrong pixels in the square around a place of the canvas.
    func wrong(around place: Place) -> Int {
        Int(squares[place.y / Self.side * columns + place.x / Self.side])
    }

    /// The share that is right in percent, rounded down, so that 100 means all.
    var percent: Int { wanted == 0 ? 100 : (wanted - wrong) * 100 / wanted }

    /// The colors that the template wants, those with most left to do first.
    var byRest: [(color: UInt8, count: Count)] {
        colors.enumerated().filter { $0.element.wanted > 0 }
            .map { (color: UInt8($0.offset), count: $0.element) }
            .sorted { ($1.count.wrong, $0.color) < ($0.count.wrong, $1.color) }
    }
}

extension Template {
    /// The wrong pixel to go to from a place.
    ///
    /// Where the place itself is wrong it is the next one in reading order, so that asking again and again comes to
    /// all of them; else the nearest, of equals the first in reading order.
    ///
    /// - Parameter shown: the color that a place of the canvas shows.
    func nextWrong(from start: Place, on canvas: Extent, shown: (Place) -> UInt8?) -> Place? {
        let (columns, rows) = covered(of: canvas)
        guard !columns.isEmpty, !rows.isEmpty else { return nil }
        func isWrong(_ place: Place) -> Bool {
            guard let color = wanted(at: place) else { return false }
            return shown(place) != color
        }
        return isWrong(start)
            ? nextInOrder(after: start, columns, rows, isWrong) : nearest(to: start, columns, rows, isWrong)
    }

    private func nextInOrder(
        after start: Place, _ columns: Range<Int>, _ rows: Range<Int>, _ isWrong: (Place) -> Bool
    ) -> Place? {
        let count = columns.count * rows.count
        let first = (start.y - rows.lowerBound) * columns.count + start.x - columns.lowerBound
        for step in 1...count {
            let at = (first + step) % count
            let place = Place(
                x: columns.lowerBound + at % columns.count, y: rows.lowerBound + at / columns.count)
            if isWrong(place) { return place }
        }
        return nil
    }

    /// Looks at squares around the start, each larger by one on all sides.
    private func nearest(
        to start: Place, _ columns: Range<Int>, _ rows: Range<Int>, _ isWrong: (Place) -> Bool
    ) -> Place? {
        let farthest = max(
            abs(columns.lowerBound - start.x), abs(columns.upperBound - 1 - start.x),
            abs(rows.lowerBound - start.y), abs(rows.upperBound - 1 - start.y))
        for radius in 0...farthest {
            let (top, bottom) = (start.y - radius, start.y + radius)
            let (left, right) = (start.x - radius, start.x + radius)
            for y in (top..<bottom + 1).clamped(to: rows) {
                // Of the square only its rim: all within was looked at before.
                let isRim = y == top || y == bottom
                let xs = isRim ? Array((left..<right + 1).clamped(to: columns)) : [left, right]
                for x in xs where columns.contains(x) && isWrong(Place(x: x, y: y)) {
                    return Place(x: x, y: y)
                }
            }
        }
        return nil
    }
}
