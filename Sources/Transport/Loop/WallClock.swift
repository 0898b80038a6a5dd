import CUV

/// The system's clock, for what people, other programs and files are told; a loop's own times are monotonic.
public enum WallClock {
    /// Milliseconds since 1970.
    public static var nowMs: Int64 {
        var time = uv_timeval64_t()
        uv_gettimeofday(&time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_usec) / 1000
    }
}
