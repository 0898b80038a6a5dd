/// Spreads a rate evenly over time.
struct Pacer {
    private let perSecond: Double
    private let startUs: Int64
    private var released = 0

    /// Starts now.
    init(perSecond: Double, nowUs: Int64) {
        self.perSecond = perSecond
        startUs = nowUs
    }

    /// How many are due since the last call; at most `limit`, the rest at the next call.
    mutating func due(nowUs: Int64, limit: Int) -> Int {
        let target = Int(Double(nowUs - startUs) * perSecond / 1e6)
        let count = max(0, min(limit, target - released))
        released += count
        return count
    }
}
