import CUV
import Glibc

/// The clocks of the machine, the thread and the program that nobody sets.
public enum Monotonic {
    /// Milliseconds on the clock that only goes forward.
    public static var nowMs: Int64 { nowNs / 1_000_000 }
    /// The same in nanoseconds.
    public static var nowNs: Int64 { read(CLOCK_MONOTONIC) }
    /// The CPU time of the calling thread.
    public static var threadCPUNs: Int64 { read(CLOCK_THREAD_CPUTIME_ID) }
    /// The CPU time of the whole program.
    public static var processCPUNs: Int64 { read(CLOCK_PROCESS_CPUTIME_ID) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
