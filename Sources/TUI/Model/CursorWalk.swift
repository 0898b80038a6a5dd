/// A walk of the cursor in one direction of the screen over a canvas that is turned.
///
/// Pixels then don't stand in the screen's rows, so each step goes to the neighbour that keeps nearest to the line
/// on which the walk began.
struct CursorWalk: Hashable, Sendable {
    private let linear: ViewTransform.Linear
    private let isAcross: Bool
    /// Where the line is on the screen, the view's shift left out.
    private let line: Double
    /// Where the walk is; a cursor that is elsewhere begins another one.
    private(set) var place: Place

    /// A step that leads less far than this part of a pixel isn't seen as one.
    private static let leastAdvance = 0.2
    /// Diagonal neighbours farther than this many pixels would leave every second pixel out.
    private static let mostAdvance = 1.3

    private init(linear: ViewTransform.Linear, isAcross: Bool, line: Double, place: Place) {
        self.linear = linear
        self.isAcross = isAcross
        self.line = line
        self.place = place
    }

    /// Goes on from a walk, or begins one, by a step of `block` pixels; nil where the canvas ends.
    static func step(
        from place: Place, dx: Int, dy: Int, block: Int, seen transform: ViewTransform, canvas: Extent,
        after former: CursorWalk?
    ) -> CursorWalk? {
        let isAcross = dx != 0
        let linear = transform.linear
        let origin = linear.middle(of: place)
        var line = isAcross ? origin.y : origin.x
        if let former, former.place == place, former.isAcross == isAcross, former.linear == linear {
            line = former.line
        }
        let size = transform.scale * Double(block)
        var best: (place: Place, cost: Double)?
        for stepY in -1...1 {
            for stepX in -1...1 where stepX != 0 || stepY != 0 {
                let next = Place(x: place.x + stepX * block, y: place.y + stepY * block)
                guard canvas.contains(next) else { continue }
                let seen = linear.middle(of: next)
                let along = isAcross ? (seen.x - origin.x) * Double(dx) : (seen.y - origin.y) * Double(dy)
                let advance = along / size
                let isDiagonal = stepX != 0 && stepY != 0
                guard advance > leastAdvance, !isDiagonal || advance < mostAdvance else { continue }
                let off = abs((isAcross ? seen.y : seen.x) - line) / size
                let cost = off + abs(advance - 1) / 4
                if best.map({ cost < $0.cost }) ?? true { best = (next, cost) }
            }
        }
        return best.map { CursorWalk(linear: linear, isAcross: isAcross, line: line, place: $0.place) }
    }
}

extension ViewTransform.Linear {
    /// Where the middle of a pixel is, seen from the canvas's corner.
    func middle(of place: Place) -> ViewTransform.Point {
        applied(to: ViewTransform.Point(x: Double(place.x) + 0.5, y: Double(place.y) + 0.5))
    }
}
