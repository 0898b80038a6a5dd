import Protocol
import Telegram
import Transport

/// What the edge counts while it serves; confined to the loop's thread.
final class Meters {
    /// Refusals and error messages by code.
    private(set) var refusals: [ErrorCode: Int] = [:]
    /// HTTP answers by status.
    private(set) var answers: [Int: Int] = [:]
    /// Refusals of all codes together.
    private(set) var refusalCount = 0
    /// What came of ID tokens that were shown and of browsers that came back from the identity provider.
    var googleSignIns = GoogleOutcomes()
    /// What the bot on Telegram did.
    var telegram = BotCounts()
    /// When counting began, in milliseconds since 1970.
    let startedAtMs = WallClock.nowMs
    /// How late planned wake-ups came.
    private(set) var lag = LagHistogram()
    /// The worst of them since it was last taken, in microseconds.
    private var worstLagUs: Int64 = 0

    /// Counts a refusal, over HTTP or on a socket.
    func count(_ code: ErrorCode) {
        refusals[code, default: 0] += 1
        refusalCount += 1
    }

    /// Counts an HTTP answer.
    func count(status: Int) { answers[status, default: 0] += 1 }

    /// Notes how late a planned wake-up came.
    func noteLag(us: Int64) {
        lag.add(us: us)
        worstLagUs = max(worstLagUs, us)
    }

    /// The worst lag since the last call, in microseconds.
    func takeWorstLagUs() -> Int64 {
        defer { worstLagUs = 0 }
        return worstLagUs
    }
}

/// Counts of lags up to some bounds, as Prometheus wants a histogram.
struct LagHistogram {
    /// Upper bounds in microseconds.
    static let boundsUs: [Int64] = [
        500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000,
    ]

    /// One count a bound, and one for all above.
    private(set) var counts = [Int](repeating: 0, count: boundsUs.count + 1)
    /// The sum of all lags, in microseconds.
    private(set) var sumUs: Int64 = 0

    mutating func add(us: Int64) {
        counts[Self.boundsUs.firstIndex { us <= $0 } ?? Self.boundsUs.count] += 1
        sumUs += max(0, us)
    }
}
