import Glibc
import Testing

/// A moment after which a test has waited long enough.
struct Deadline {
    private let endMs: Int64

    /// So many seconds from now.
    init(seconds: Double) {
        endMs = Self.nowMs + Int64(seconds * 1_000)
    }

    /// Milliseconds of the monotonic clock.
    static var nowMs: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// What is left, for poll(2).
    var leftMs: Int32 { Int32(max(0, endMs - Self.nowMs)) }
    var isOver: Bool { leftMs == 0 }
}

/// What a test waited for didn't come.
struct TooLate: Error, CustomStringConvertible {
    var description: String
}

/// Waits until a look at the world gives something, looking again every few milliseconds.
func eventually<Value>(
    within seconds: Double = 60, _ what: String, _ look: () throws -> Value?
) throws -> Value {
    let deadline = Deadline(seconds: seconds)
    while true {
        if let value = try look() { return value }
        if deadline.isOver { throw TooLate(description: "\(what) didn't come in \(seconds) s") }
        // Between two looks; with no file to watch, poll is the wait.
        poll(nil, 0, 15)
    }
}

/// Waits until something is so.
func eventually(within seconds: Double = 60, _ what: String, isSo: () throws -> Bool) throws {
    let _: Bool = try eventually(within: seconds, what) { try isSo() ? true : nil }
}
