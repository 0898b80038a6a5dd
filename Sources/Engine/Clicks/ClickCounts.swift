public import Protocol

/// Numbers on click pushes since the start, for metrics.
public struct ClickCounts: Hashable, Sendable {
    /// Pushes that counted, once durable.
    public internal(set) var pushes = 0
    /// Pushes that were sent again and counted no second time.
    public internal(set) var repeats = 0
    /// Refusals by reason.
    public internal(set) var refusals: [ErrorCode: Int] = [:]
    /// Clicks a push.
    public internal(set) var batchClicks = Buckets(bounds: [1, 5, 10, 25, 50, 100, 250, 1_000])
    /// From a push to its commit, in microseconds.
    public internal(set) var commitUs = Buckets(
        bounds: [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000])
    /// Pushes that were taken and aren't durable yet.
    public internal(set) var pending = 0
    /// Sign-ins whose pushes are in memory.
    public internal(set) var sessions = 0
}
