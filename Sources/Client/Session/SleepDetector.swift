import Glibc

/// Notices that the machine slept: one of its clocks goes on meanwhile, the other doesn't.
public struct SleepDetector: Sendable {
    /// How far the clock that goes on was ahead at the last look, in microseconds.
    private var aheadUs: Int64?

    /// One that hasn't looked yet.
    public init() {}

    /// How long the machine slept since the last look, in microseconds.
    ///
    /// - Parameters:
    ///   - monotonicUs: a clock that stands while it sleeps.
    ///   - bootUs: one that doesn't.
    public mutating func look(monotonicUs: Int64, bootUs: Int64) -> Int64 {
        let ahead = bootUs - monotonicUs
        defer { aheadUs = ahead }
        return max(0, ahead - (aheadUs ?? ahead))
    }

    /// The time since the machine's start, its sleep included, in microseconds.
    public static func bootUs() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
