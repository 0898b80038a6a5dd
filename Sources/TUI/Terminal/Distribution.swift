/// How often each time occurred, to within 6 %: enough for a mean, a maximum and percentiles, in constant memory.
struct Distribution: Hashable, Sendable {
    private(set) var count = 0
    private(set) var maxNs: Int64 = 0
    private var totalNs: Int64 = 0
    private var buckets = [UInt32](repeating: 0, count: 64 * steps)

    /// Buckets from one power of two to the next.
    private static let steps = 16

    /// Counts a time.
    mutating func add(_ ns: Int64) {
        let ns = max(ns, 0)
        count += 1
        totalNs += ns
        maxNs = max(maxNs, ns)
        buckets[Self.bucket(ns)] += 1
    }

    /// 0 where there was none.
    var meanNs: Int64 { count == 0 ? 0 : totalNs / Int64(count) }

    /// The time that so many percent of all don't exceed; 0 where there was none.
    func percentileNs(_ percent: Int) -> Int64 {
        let rank = (count * percent + 99) / 100
        var passed = 0
        for (index, times) in buckets.enumerated() {
            passed += Int(times)
            if passed >= rank, times > 0 { return min(Self.upperBound(index), maxNs) }
        }
        return 0
    }

    private static func bucket(_ ns: Int64) -> Int {
        guard ns >= steps else { return Int(ns) }
        let power = 63 - ns.leadingZeroBitCount
        return (power - 3) * steps + Int(ns >> (power - 4)) - steps
    }

    private static func upperBound(_ bucket: Int) -> Int64 {
        guard bucket >= steps else { return Int64(bucket) }
        let power = bucket / steps + 3
        return (Int64(bucket % steps + steps + 1) << (power - 4)) - 1
    }
}
