/// A rate as a bucket for each key: it holds what is granted at once, and fills as time goes by.
struct BucketLaw<Key: Hashable & Sendable>: Sendable {
    /// What a bucket's level may be off by counting in floating point.
    private static var slack: Double { 1e-6 }

    let burst: Double
    /// In which time one more flows in.
    let refillUs: Double
    private var levels: [Key: (left: Double, atUs: Int64)] = [:]

    init(burst: Int, onceInMs: Int) {
        self.burst = Double(burst)
        refillUs = Double(onceInMs) * 1000
    }

    /// Takes one out; false where there was none.
    mutating func spend(_ key: Key, atUs nowUs: Int64) -> Bool {
        let left = left(key, atUs: nowUs)
        levels[key] = (max(0, left - 1), nowUs)
        return left > 1 - Self.slack
    }

    /// Whether it may be said that there is none left.
    func mayBeEmpty(_ key: Key, atUs nowUs: Int64) -> Bool { left(key, atUs: nowUs) < 1 + Self.slack }

    mutating func forget() { levels = [:] }

    private func left(_ key: Key, atUs nowUs: Int64) -> Double {
        guard let level = levels[key] else { return burst }
        return min(burst, level.left + Double(nowUs - level.atUs) / refillUs)
    }
}
