import Protocol

/// A rate written down slowly: of all events, no window holds more than the burst and what flows in it.
struct RateLaw<Key: Hashable & Sendable>: Sendable {
    let perMs: Double
    let burst: Int
    private var times: [Key: [Int64]] = [:]
    /// How far back windows are looked at; older events can't matter once the burst has flowed back.
    private let memoryMs: Int64

    init(perSecond: Double, burst: Int) {
        perMs = perSecond / 1000
        self.burst = burst
        memoryMs = Int64(2 * Double(burst) / perMs) + 1
    }

    /// Adds an event; false if it comes too early.
    ///
    /// Times are in whole milliseconds, rounded down.
    mutating func add(_ key: Key, atMs: Int64) -> Bool {
        var known = times[key] ?? []
        known.removeAll { $0 < atMs - memoryMs }
        known.append(atMs)
        times[key] = known
        for (index, start) in known.enumerated() {
            let flowed = Double(atMs - start + 1) * perMs
            if Double(known.count - index) > Double(burst) + flowed + 1e-9 { return false }
        }
        return true
    }

    mutating func forget() { times = [:] }
}
