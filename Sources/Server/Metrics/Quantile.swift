/// What part of some values stayed below, read from the counts of a histogram.
enum Quantile {
    /// The value that a share of all values is no larger than, straight lines drawn within buckets.
    ///
    /// - Parameters:
    ///   - share: 0 to 1.
    ///   - counts: values a bucket, the last bucket being that above all bounds, which counts as its bound.
    ///   - bounds: upper bounds, rising, one fewer.
    /// - Returns: 0 where there are no values.
    static func of(_ share: Double, counts: [Int], bounds: [Int64]) -> Int {
        let rank = Double(counts.reduce(0, +)) * share
        guard rank > 0 else { return 0 }
        var below = 0.0
        for (index, count) in counts.enumerated() where count > 0 {
            let upTo = below + Double(count)
            if upTo >= rank {
                guard index < bounds.count else { break }
                let low = index > 0 ? Double(bounds[index - 1]) : 0
                return Int(low + (Double(bounds[index]) - low) * (rank - below) / Double(count))
            }
            below = upTo
        }
        return Int(bounds.last ?? 0)
    }
}
