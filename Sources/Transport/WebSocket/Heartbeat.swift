/// When a socket pings its peer and when it gives it up; the time comes from whoever owns it.
///
/// Pings go at each interval. A peer is given up where nothing came of it for the time-out, and it was asked
/// as early in that time as it should be: who stood still ourselves, and asked late, waits for the answer.
struct Heartbeat {
    /// When anything last came.
    private(set) var heardUs: Int64

    private var pingedUs: Int64
    /// When the first ping went since anything last came.
    private var askedUs: Int64?
    /// When the pings went that no pong has come for, oldest first.
    private var unanswered: [Int64] = []

    /// A peer that is further behind measures nothing until it answers a later one.
    static let maxUnanswered = 8

    /// What is to be done when the time is over.
    enum Step: Equatable {
        /// Send this ping, and ask again after so much time.
        case ping([UInt8], nextMs: Int)
        /// Ask again after so much time.
        case wait(nextMs: Int)
        case giveUp
    }

    init(openedUs: Int64) {
        heardUs = openedUs
        pingedUs = openedUs
    }

    /// Notes that something came, whatever it was.
    mutating func hear(at nowUs: Int64) {
        heardUs = nowUs
        askedUs = nil
    }

    /// Takes a pong's payload.
    ///
    /// - Returns: the round trip in microseconds; nil where it answers none of our pings.
    mutating func answer(_ payload: [UInt8], at nowUs: Int64) -> Int64? {
        guard payload.count == 8, !unanswered.isEmpty else { return nil }
        let sentUs = payload.reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard let index = unanswered.firstIndex(of: sentUs) else { return nil }
        // A peer may answer the latest of several pings alone (RFC 6455 §5.5.3): those before it are settled.
        // An empty array has no memory, so that an idle socket keeps none.
        unanswered = Array(unanswered[(index + 1)...])
        return nowUs - sentUs
    }

    /// Decides at the end of the time that was set last.
    ///
    /// - Parameter isUnread: whether bytes of the peer wait that nobody has looked at.
    mutating func step(
        at nowUs: Int64, limits: WebSocket.Limits, isUnread: @autoclosure () -> Bool
    ) -> Step {
        let endUs = endUs(limits)
        if askedUs != nil && nowUs >= endUs { return isUnread() ? .wait(nextMs: 1) : .giveUp }
        let pingUs = pingedUs + Int64(limits.pingIntervalMs) * 1000
        // libuv's timers count in whole milliseconds and may be up to one early.
        guard nowUs + 1000 >= pingUs || nowUs >= endUs else {
            return .wait(nextMs: Self.ms(min(pingUs, endUs) - nowUs))
        }
        let payload = ping(at: nowUs)
        return .ping(payload, nextMs: min(max(1, limits.pingIntervalMs), Self.ms(self.endUs(limits) - nowUs)))
    }

    /// Notes a ping that goes now, be it due or wanted.
    ///
    /// - Returns: its payload.
    mutating func ping(at nowUs: Int64) -> [UInt8] {
        pingedUs = nowUs
        if askedUs == nil { askedUs = nowUs }
        if unanswered.count == Self.maxUnanswered { unanswered.removeFirst() }
        unanswered.append(nowUs)
        return (0..<8).map { UInt8(truncatingIfNeeded: nowUs >> (56 - 8 * Int64($0))) }
    }

    /// When the peer is given up, or asked at the latest.
    private func endUs(_ limits: WebSocket.Limits) -> Int64 {
        let silentUs = heardUs + Int64(limits.pongTimeoutMs) * 1000
        guard let askedUs else { return silentUs }
        let isUsual = limits.pingIntervalMs < limits.pongTimeoutMs
        let answerMs = isUsual ? limits.pongTimeoutMs - limits.pingIntervalMs : limits.pongTimeoutMs
        return max(silentUs, askedUs + Int64(answerMs) * 1000)
    }

    /// Milliseconds, rounded up; 1 at least, since a timer of 0 would go off before anything is read.
    private static func ms(_ us: Int64) -> Int { Int(max(1, (us + 999) / 1000)) }
}
