import Protocol

/// What the server's clock shows now, by what it said last.
struct ServerClock {
    /// The server's clock less ours, in milliseconds; nil before its first word.
    private var aheadMs: Int64?

    /// The server told its time in an answer that took so long; half of that has passed since.
    mutating func told(_ serverTimeMs: Int64, roundTripUs: Int64, atUs nowUs: Int64) {
        // Whatever a server says, wrapping is better than stopping.
        aheadMs = serverTimeMs &+ roundTripUs / 2000 &- nowUs / 1000
    }

    /// Milliseconds until the server's clock shows a time: from 0 to a year; nil before its first word.
    func leftMs(until deadlineMs: Int64, atUs nowUs: Int64) -> Int? {
        guard let aheadMs else { return nil }
        let (left, overflows) = deadlineMs.subtractingReportingOverflow(nowUs / 1000 &+ aheadMs)
        guard !overflows else { return deadlineMs < 0 ? 0 : Limits.maxRetryAfterMs }
        return Int(min(max(0, left), Int64(Limits.maxRetryAfterMs)))
    }
}
