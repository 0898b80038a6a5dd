/// The map between pixels and half cells: any linear one and a shift.
///
/// What is under a half cell is what is under its middle. That way is taken in fixed-point numbers, 32 bits behind
/// the point, so that a painter who adds up along a row finds the very pixel that a look-up finds.
struct ViewTransform: Hashable, Sendable {
    /// A point between pixels or between half cells.
    struct Point: Hashable, Sendable {
        var x: Double
        var y: Double
    }

    /// A half cell of the view.
    struct HalfCell: Hashable, Sendable {
        var column: Int
        var halfRow: Int
    }

    /// Where a step to the right and a step down on the canvas lead on the screen.
    struct Linear: Hashable, Sendable {
        var xx: Double
        var xy: Double
        var yx: Double
        var yy: Double

        var determinant: Double { xx * yy - xy * yx }

        func applied(to point: Point) -> Point {
            Point(x: xx * point.x + xy * point.y, y: yx * point.x + yy * point.y)
        }
    }

    /// A line of half cells on the canvas: where it begins and what each step adds, in 1/2³² of a pixel.
    struct Line {
        var x: Int64
        var y: Int64
        let stepX: Int64
        let stepY: Int64

        static let fractionBits: Int64 = 32
    }

    let linear: Linear
    /// Where the canvas's corner is on the screen.
    let shift: Point
    private let back: Back

    /// The way back, in fixed-point numbers.
    private struct Back: Hashable, Sendable {
        let columnX: Int64
        let columnY: Int64
        let halfRowX: Int64
        let halfRowY: Int64
        /// Under the screen's corner.
        let startX: Int64
        let startY: Int64
    }

    /// Steps beyond it mean a map that is all but flat, of which nothing is seen anyway.
    private static let largestStep = 65_536.0
    private static let largestStart = 1_000_000_000.0

    /// Takes a map and where it shows the canvas's corner; `unit` pixels, or parts of one, are counted as one.
    init(_ linear: Linear, shift: Point, unit: Double = 1) {
        self.linear = linear
        self.shift = shift
        let divisor = linear.determinant * unit
        func fixed(_ value: Double, largest: Double) -> Int64 {
            guard value.isFinite else { return 0 }
            return Int64((min(max(value, -largest), largest) * 4_294_967_296).rounded())
        }
        func step(_ value: Double) -> Int64 { fixed(value / divisor, largest: Self.largestStep) }
        func start(_ value: Double) -> Int64 { fixed(value / divisor, largest: Self.largestStart) }
        back = Back(
            columnX: step(linear.yy), columnY: step(-linear.yx), halfRowX: step(-linear.xy),
            halfRowY: step(linear.xx), startX: start(linear.xy * shift.y - linear.yy * shift.x),
            startY: start(linear.yx * shift.x - linear.xx * shift.y))
    }

    /// The same view of a canvas whose pixels are counted `unit` at a time.
    func counting(_ unit: Double) -> ViewTransform {
        ViewTransform(linear, shift: shift, unit: unit)
    }

    /// How many half cells long a pixel is, on the whole.
    var scale: Double { abs(linear.determinant).squareRoot() }

    /// Half the size of the box around a pixel, in half cells.
    var reach: Point {
        Point(x: (abs(linear.xx) + abs(linear.xy)) / 2, y: (abs(linear.yx) + abs(linear.yy)) / 2)
    }

    // MARK: From the canvas to the screen

    /// Where a point of the canvas is seen.
    func seen(_ point: Point) -> Point {
        let moved = linear.applied(to: point)
        return Point(x: moved.x + shift.x, y: moved.y + shift.y)
    }

    /// Where the middle of a pixel is seen.
    func middle(of place: Place) -> Point {
        seen(Point(x: Double(place.x) + 0.5, y: Double(place.y) + 0.5))
    }

    /// The half cell that shows a pixel best: one that shows it, if any does, and else the one over its middle.
    func spot(of place: Place) -> HalfCell {
        let middle = middle(of: place)
        let nearest = HalfCell(column: Self.floored(middle.x), halfRow: Self.floored(middle.y))
        if pixel(nearest) == place { return nearest }
        let reach = reach
        var best = nearest
        var bestDistance = Double.infinity
        for column in Self.floored(middle.x - reach.x)...Self.floored(middle.x + reach.x) {
            for halfRow in Self.floored(middle.y - reach.y)...Self.floored(middle.y + reach.y) {
                let cell = HalfCell(column: column, halfRow: halfRow)
                guard pixel(cell) == place else { continue }
                let (x, y) = (Double(column) + 0.5 - middle.x, Double(halfRow) + 0.5 - middle.y)
                let distance = x * x + y * y
                if distance < bestDistance { (best, bestDistance) = (cell, distance) }
            }
        }
        return best
    }

    /// The box around a pixel; around its spot where pixels are smaller than half cells.
    func box(of place: Place, isReduced: Bool) -> (columns: Range<Int>, halfRows: Range<Int>) {
        guard !isReduced else {
            let spot = spot(of: place)
            return (spot.column..<spot.column + 1, spot.halfRow..<spot.halfRow + 1)
        }
        let (middle, reach) = (middle(of: place), reach)
        // Square pixels end where half cells do, but for what rounding adds.
        let slack = 1e-6
        func range(_ middle: Double, _ reach: Double) -> Range<Int> {
            let first = Self.floored(middle - reach + slack)
            return first..<max(Self.floored(middle + reach - slack) + 1, first + 1)
        }
        return (range(middle.x, reach.x), range(middle.y, reach.y))
    }

    /// The half cells of a view that show a pixel, row by row.
    func cells(of place: Place, columns: Int, halfRows: Int) -> [HalfCell] {
        let (middle, reach) = (middle(of: place), reach)
        func range(_ middle: Double, _ reach: Double, _ end: Int) -> Range<Int> {
            let first = max(Self.floored(middle - reach), 0)
            return first..<max(min(Self.floored(middle + reach) + 1, end), first)
        }
        let across = range(middle.x, reach.x, columns)
        let down = range(middle.y, reach.y, halfRows)
        return down.flatMap { halfRow in
            across.map { HalfCell(column: $0, halfRow: halfRow) }.filter { pixel($0) == place }
        }
    }

    // MARK: From the screen to the canvas

    /// The pixel under a half cell; it may lie outside the canvas.
    func pixel(column: Int, halfRow: Int) -> Place {
        let line = line(halfRow: halfRow, fromColumn: column)
        return Place(x: Int(line.x >> Line.fractionBits), y: Int(line.y >> Line.fractionBits))
    }

    /// The point of the canvas under a point of the screen.
    func point(under point: Point) -> Point {
        let (x, y) = (point.x - shift.x, point.y - shift.y)
        let determinant = linear.determinant
        guard determinant != 0 else { return Point(x: 0, y: 0) }
        return Point(
            x: (linear.yy * x - linear.xy * y) / determinant, y: (linear.xx * y - linear.yx * x) / determinant
        )
    }

    func pixel(_ cell: HalfCell) -> Place { pixel(column: cell.column, halfRow: cell.halfRow) }

    /// The points under the middles of a row's half cells.
    func line(halfRow: Int, fromColumn column: Int = 0) -> Line {
        let (column, row) = (Int64(column), Int64(halfRow))
        return Line(
            x: back.startX &+ (back.columnX + back.halfRowX) / 2 &+ back.columnX &* column &+ back.halfRowX
                &* row,
            y: back.startY &+ (back.columnY + back.halfRowY) / 2 &+ back.columnY &* column &+ back.halfRowY
                &* row,
            stepX: back.columnX, stepY: back.columnY)
    }

    /// The points under the middles of quarters: two to a half cell across, in the upper or the lower half of it.
    func quarterLine(halfRow: Int, isLower: Bool) -> Line {
        let row = Int64(halfRow * 4 + (isLower ? 3 : 1))
        return Line(
            x: back.startX &+ back.columnX / 4 &+ back.halfRowX / 4 &* row,
            y: back.startY &+ back.columnY / 4 &+ back.halfRowY / 4 &* row,
            stepX: back.columnX / 2, stepY: back.columnY / 2)
    }

    private static func floored(_ value: Double) -> Int {
        Int(min(max(value, -largestStart), largestStart).rounded(.down))
    }
}
