import Glibc

/// The machine's monotonic clock.
enum MonotonicClock {
    /// Microseconds since an arbitrary moment.
    static var nowUs: Int64 { nowNs / 1_000 }

    /// Nanoseconds since the same moment.
    static var nowNs: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
