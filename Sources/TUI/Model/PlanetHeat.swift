/// How hot a planet is: hotter the more clicks it got in the last seconds, and cooling when none come.
struct PlanetHeat: Hashable, Sendable {
    /// All clicks, as told last.
    private(set) var total: Int?
    private var bursts: [Burst] = []

    /// Clicks that came between two totals, and when the later one was told.
    private struct Burst: Hashable, Sendable {
        var clicks: Int
        var atMs: Int64
    }

    /// How long a click warms.
    static let windowMs: Int64 = 5_000
    /// The hottest.
    static let maxLevel = 12
    /// More make nothing hotter.
    private static let mostClicks = 1_000_000_000
    /// How often a cooling planet is drawn anew.
    private static let stepMs: Int64 = 125
    /// Warmth, in clicks of this moment, that each level needs: each some more than the one before.
    private static let thresholds = [1, 2, 4, 7, 12, 20, 35, 60, 110, 200, 400, 800]

    /// Takes the total that is told now; the first one warms nothing, since nobody knows how old its clicks are.
    mutating func take(total: Int, nowMs: Int64) {
        defer { self.total = total }
        bursts.removeAll { $0.atMs + Self.windowMs <= nowMs }
        guard let before = self.total, total > before else { return }
        bursts.append(Burst(clicks: min(total - before, Self.mostClicks), atMs: nowMs))
    }

    /// Clicks told of in the last seconds.
    func recent(nowMs: Int64) -> Int {
        bursts.reduce(0) { $0 + ($1.atMs + Self.windowMs > nowMs ? $1.clicks : 0) }
    }

    /// From 0 for cold to `maxLevel`; a click's warmth goes evenly.
    func level(nowMs: Int64) -> Int {
        let warmth = bursts.reduce(0) { sum, burst in
            let left = min(max(burst.atMs + Self.windowMs - nowMs, 0), Self.windowMs)
            return sum + burst.clicks * Int(left)
        }
        return Self.thresholds.count { $0 * Int(Self.windowMs) / 2 <= warmth }
    }

    /// When it has cooled some more; nil where it is cold.
    func nextChangeMs(nowMs: Int64) -> Int64? {
        guard recent(nowMs: nowMs) > 0 else { return nil }
        return (nowMs / Self.stepMs + 1) * Self.stepMs
    }
}
