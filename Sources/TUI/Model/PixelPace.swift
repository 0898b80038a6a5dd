/// How many pixels came in the last minute, counted in stretches of some seconds.
struct PixelPace: Hashable, Sendable {
    static let stretchMs: Int64 = 5_000
    private static let stretches = 12

    /// The newest stretch that has a count, by its number since the clock's 0.
    private var newest: Int64 = 0
    /// The counts, the newest stretch first.
    private var counts: [Int] = []

    /// Counts pixels that came now.
    mutating func add(_ pixels: Int, nowMs: Int64) {
        let stretch = nowMs / Self.stretchMs
        if counts.isEmpty {
            (counts, newest) = ([0], stretch)
        } else if stretch > newest {
            let fresh = [Int](repeating: 0, count: Int(min(stretch - newest, Int64(Self.stretches))))
            (counts, newest) = (Array((fresh + counts).prefix(Self.stretches)), stretch)
        }
        counts[0] += pixels
    }

    /// Those of the last minute.
    func perMinute(nowMs: Int64) -> Int {
        let passed = max(nowMs / Self.stretchMs - newest, 0)
        guard passed < Int64(Self.stretches) else { return 0 }
        return counts.prefix(Self.stretches - Int(passed)).reduce(0, +)
    }

    /// When the number falls by time alone; nil where there is nothing to fall.
    func nextChangeMs(nowMs: Int64) -> Int64? {
        perMinute(nowMs: nowMs) > 0 ? (nowMs / Self.stretchMs + 1) * Self.stretchMs : nil
    }

    mutating func forget() { counts = [] }
}
