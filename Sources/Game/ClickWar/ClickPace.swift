import Protocol

/// How often clicks may be pushed, and how many a push may hold.
public struct ClickPace: Hashable, Sendable {
    /// Between two pushes, in seconds.
    public var pushRateSeconds: Int
    /// What nobody clicks faster than for long.
    public var maxClicksPerSecond: Int

    /// Joins the parts.
    public init(pushRateSeconds: Int, maxClicksPerSecond: Int) {
        self.pushRateSeconds = pushRateSeconds
        self.maxClicksPerSecond = maxClicksPerSecond
    }

    /// What becomes of a push.
    public enum Verdict: Hashable, Sendable {
        /// Its clicks together.
        case accepted(Int)
        case implausible
        /// How long it must wait, in microseconds.
        case tooSoon(waitUs: Int64)
    }

    /// The longest time that a push is credited, in microseconds.
    public var maxCreditUs: Int64 {
        Int64(pushRateSeconds) * Int64(Limits.creditedPushIntervals) * 1_000_000
    }

    /// How soon after the last push another may come, in microseconds.
    public var minIntervalUs: Int64 {
        Int64(pushRateSeconds) * Int64(100 - Limits.earlyPushPercent) * 10_000
    }

    /// The clicks that a push may hold so long after the last one; none before a first push.
    public func credit(sinceUs elapsedUs: Int64?) -> Int {
        let creditedUs = min(max(0, elapsedUs ?? maxCreditUs), maxCreditUs)
        return Int(creditedUs * Int64(maxClicksPerSecond) / 1_000_000)
    }

    /// Judges a push by its numbers and by the time since the last one.
    public func judge(_ clicks: [Int], sinceUs elapsedUs: Int64?) -> Verdict {
        guard (1...Limits.maxClickStretches).contains(clicks.count), clicks.allSatisfy({ $0 > 0 }) else {
            return .implausible
        }
        var sum = 0
        for count in clicks {
            // What no pause makes plausible is told so at once; it also keeps the sum within bounds.
            guard count <= credit(sinceUs: nil), sum <= credit(sinceUs: nil) - count else {
                return .implausible
            }
            sum += count
        }
        if let elapsedUs, elapsedUs < minIntervalUs { return .tooSoon(waitUs: minIntervalUs - elapsedUs) }
        return sum <= credit(sinceUs: elapsedUs) ? .accepted(sum) : .implausible
    }
}
