public import Protocol

/// Notices when points come too fast for too long.
///
/// The points of the last second stand in a deque; once there are `threshold` of them that is a burst, noted with
/// its time, and the deque starts anew.
public struct BurstCounter: Hashable, Sendable {
    private static let secondMs = 1_000

    private let rule: BurstRule
    /// When the points of the last second were made.
    private var points = Ring<Int>()
    /// When the bursts of the last window were noted.
    private var bursts = Ring<Int>()

    /// Starts without any points.
    public init(_ rule: BurstRule) {
        self.rule = rule
    }

    /// Counts a point, at a time no earlier than the one before.
    ///
    /// A second and a window are half open: what is exactly that old has left them.
    ///
    /// - Returns: whether there are now more bursts within the window than the rule allows.
    public mutating func note(atMs nowMs: Int) -> Bool {
        Self.drop(from: &points, olderThan: Self.secondMs, atMs: nowMs)
        points.append(nowMs)
        guard points.count >= rule.threshold else { return false }
        points.removeFirst(points.count)
        Self.drop(from: &bursts, olderThan: rule.windowMs, atMs: nowMs)
        bursts.append(nowMs)
        return bursts.count > rule.limit
    }

    private static func drop(from times: inout Ring<Int>, olderThan ageMs: Int, atMs nowMs: Int) {
        while let first = times.first, nowMs - first >= ageMs { times.removeFirst(1) }
    }
}
