/// Waits between attempts to reconnect: full jitter, so that a thousand clients of a restarted server don't
/// return at once (Brooker, "Exponential Backoff and Jitter", 2015).
public struct Backoff: Sendable {
    /// The first wait's upper bound, in milliseconds.
    public static let baseMs = 500
    /// The upper bound that no wait passes, in milliseconds.
    public static let capMs = 10_000

    /// Attempts since the last stable connection.
    public private(set) var attempt = 0

    /// Starts as after a stable connection.
    public init() {}

    /// The next wait: anything from 0 to the bound, which doubles with each attempt up to the cap.
    public mutating func nextDelayMs(using generator: inout some RandomNumberGenerator) -> Int {
        attempt += 1
        return Int.random(in: 0...Self.boundMs(attempt: attempt), using: &generator)
    }

    /// Forgets the attempts, after a stable connection.
    public mutating func reset() {
        attempt = 0
    }

    /// The upper bound of the wait before an attempt, which count from 1.
    public static func boundMs(attempt: Int) -> Int {
        let doublings = min(max(attempt - 1, 0), 16)
        return min(capMs, baseMs << doublings)
    }
}
