import Glibc

/// The clock that never jumps.
enum Monotonic {
    /// Milliseconds since some moment.
    static var nowMs: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
