public import Protocol

/// Numbers on click pushes since the start, for metrics.
public struct ClickCounts: Hashable, Sendable {
    /// Counts of values up to some bounds, as Prometheus wants a histogram.
    public struct Buckets: Hashable, Sendable {
        /// Upper bounds, rising.
        public let bounds: [Int64]
        /// One count a bound, and one for all above.
        public private(set) var counts: [Int]
        /// The sum of all values.
        public private(set) var sum: Int64 = 0

        init(bounds: [Int64]) {
            self.bounds = bounds
            counts = [Int](repeating: 0, count: bounds.count + 1)
        }

        mutating func add(_ value: Int64) {
            counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
            sum += value
        }
    }

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
    /// Sign-ins whose pushes are in memory.
    public internal(set) var sessions = 0
}
