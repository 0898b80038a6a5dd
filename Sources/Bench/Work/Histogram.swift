/// Durations counted in buckets of 10 µs up to 10 s, with the exact longest one.
struct Histogram {
    private static let bucketUs: Int64 = 10
    private static let bucketCount = 1_000_000
    private var buckets = [UInt32](repeating: 0, count: Histogram.bucketCount)

    /// How many durations were counted.
    private(set) var count = 0
    /// The longest one.
    private(set) var longestUs: Int64 = 0

    /// Counts one duration.
    mutating func record(us: Int64) {
        let index = min(max(0, us) / Self.bucketUs, Int64(Self.bucketCount - 1))
        buckets[Int(index)] += 1
        count += 1
        longestUs = max(longestUs, us)
    }

    /// The upper edge of the bucket under which the given share of all durations lies, in milliseconds.
    func percentileMs(_ share: Double) -> Double {
        guard count > 0 else { return 0 }
        let wanted = max(1, Int((Double(count) * share).rounded(.up)))
        var seen = 0
        for (index, bucket) in buckets.enumerated() {
            seen += Int(bucket)
            if seen >= wanted {
                return Double(min((Int64(index) + 1) * Self.bucketUs, longestUs)) / 1_000
            }
        }
        return Double(longestUs) / 1_000
    }

    /// The longest duration in milliseconds.
    var longestMs: Double { Double(longestUs) / 1_000 }
}
