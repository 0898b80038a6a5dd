/// Short durations, each kept to the nanosecond.
struct Samples {
    private(set) var ns: [UInt32] = []

    /// How many there are.
    var count: Int { ns.count }

    /// Adds one duration; the longest it can tell is four seconds.
    mutating func add(_ durationNs: Int64) { ns.append(UInt32(clamping: durationNs)) }

    /// Adds all of another's.
    mutating func add(_ other: Samples) { ns += other.ns }

    /// The duration under which a share of all lies, in microseconds; not a number where there are none.
    func percentileUs(_ share: Double) -> Double {
        guard !ns.isEmpty else { return .nan }
        let sorted = ns.sorted()
        let index = Int((Double(sorted.count) * share).rounded(.up)) - 1
        return Double(sorted[min(max(0, index), sorted.count - 1)]) / 1_000
    }
}
