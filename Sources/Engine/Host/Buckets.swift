/// Counts of values up to some bounds, as Prometheus wants a histogram.
public struct Buckets: Hashable, Sendable {
    /// Upper bounds, rising.
    public let bounds: [Int64]
    /// One count a bound, and one for all above.
    public private(set) var counts: [Int]
    /// The sum of all values.
    public private(set) var sum: Int64 = 0

    /// Starts with no value.
    public init(bounds: [Int64]) {
        self.bounds = bounds
        counts = [Int](repeating: 0, count: bounds.count + 1)
    }

    /// Counts a value.
    public mutating func add(_ value: Int64) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }
}
