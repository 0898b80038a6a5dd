import Glibc

/// A view on its way from one zoom or turn to the next.
///
/// Only what is drawn is on its way: the viewport is where it goes to from the beginning, so that keys never wait.
struct ViewGlide: Hashable, Sendable {
    /// What was seen when it began.
    let from: ViewTransform
    /// The point of the canvas that goes straight.
    let anchor: ViewTransform.Point
    let sinceMs: Int64
    let isStepped: Bool

    static let lengthMs: Int64 = 160
    private static let frameMs: Int64 = 16
    private static let steps: Int64 = 4

    /// When the view is where it goes to.
    var endMs: Int64 { sinceMs + Self.lengthMs - pauseMs }

    /// When it is next drawn elsewhere.
    func nextMs(afterMs nowMs: Int64) -> Int64 {
        min(sinceMs + ((nowMs - sinceMs) / pauseMs + 1) * pauseMs, endMs)
    }

    private var pauseMs: Int64 { isStepped ? Self.lengthMs / Self.steps : Self.frameMs }

    /// What is seen at a time on the way to another view.
    func transform(to end: ViewTransform, atMs nowMs: Int64) -> ViewTransform {
        let part = part(atMs: nowMs)
        let linear = Self.between(from.linear, end.linear, part)
        // What is all but flat on its way to its other side has no way back to pixels.
        guard part < 1, abs(linear.determinant) > abs(end.linear.determinant) / 1_000 else { return end }
        let (start, goal) = (from.seen(anchor), end.seen(anchor))
        let moved = linear.applied(to: anchor)
        return ViewTransform(
            linear,
            shift: ViewTransform.Point(
                x: start.x + (goal.x - start.x) * part - moved.x,
                y: start.y + (goal.y - start.y) * part - moved.y))
    }

    /// How much of the way is done; the first picture, drawn with the key, shows a part of it already.
    private func part(atMs nowMs: Int64) -> Double {
        let done = (nowMs - sinceMs) / pauseMs + 1
        let time = min(max(Double(done * pauseMs) / Double(Self.lengthMs), 0), 1)
        guard !isStepped else { return time }
        let left = 1 - time
        return 1 - left * left * left
    }

    /// A map between two: turned and zoomed evenly where one is the other turned and zoomed, else entry by entry.
    private static func between(
        _ from: ViewTransform.Linear, _ to: ViewTransform.Linear, _ part: Double
    ) -> ViewTransform.Linear {
        let determinant = from.determinant
        guard determinant != 0 else { return to }
        // What leads from the one to the other: to · from⁻¹.
        let across = ViewTransform.Point(
            x: (to.xx * from.yy - to.xy * from.yx) / determinant,
            y: (to.yx * from.yy - to.yy * from.yx) / determinant)
        let down = ViewTransform.Point(
            x: (to.xy * from.xx - to.xx * from.xy) / determinant,
            y: (to.yy * from.xx - to.yx * from.xy) / determinant)
        let size = (across.x * across.x + across.y * across.y).squareRoot()
        let isSimilar = abs(across.x - down.y) + abs(across.y + down.x) < size / 1_000
        guard isSimilar, size > 0 else {
            func mixed(_ from: Double, _ to: Double) -> Double { from + (to - from) * part }
            return ViewTransform.Linear(
                xx: mixed(from.xx, to.xx), xy: mixed(from.xy, to.xy), yx: mixed(from.yx, to.yx),
                yy: mixed(from.yy, to.yy))
        }
        let angle = atan2(across.y, across.x) * part
        let factor = pow(size, part)
        let (cosine, sine) = (cos(angle) * factor, sin(angle) * factor)
        return ViewTransform.Linear(
            xx: cosine * from.xx - sine * from.yx, xy: cosine * from.xy - sine * from.yy,
            yx: sine * from.xx + cosine * from.yx, yy: sine * from.xy + cosine * from.yy)
    }
}
