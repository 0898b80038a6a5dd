/// The generic cell rate algorithm: a rate with a burst, exact, from one timestamp a key.
///
/// A key's timestamp is the theoretical arrival time of its next event (ITU-T I.371, annex A). Times are in
/// nanoseconds so that rates which don't divide a second stay exact enough never to be beaten.
struct GCRA: Hashable, Sendable {
    /// Between two events at the sustained rate.
    let intervalNs: Int64
    /// How far ahead of the clock a timestamp may stand: what a burst adds.
    let toleranceNs: Int64

    private static let longestNs: Int64 = 1 << 60

    /// A rate; nil where it is off.
    init?(_ rate: Rate) {
        guard rate.perSecond > 0 else { return nil }
        let interval = (1e9 / rate.perSecond).rounded(.up)
        self.init(
            intervalNs: interval < Double(Self.longestNs) ? Int64(interval) : Self.longestNs,
            burst: rate.burst)
    }

    /// One event in so many milliseconds; nil where it is off.
    init?(onceInMs pauseMs: Int) {
        guard pauseMs > 0 else { return nil }
        self.init(intervalNs: Int64(pauseMs) * 1_000_000, burst: 1)
    }

    private init(intervalNs: Int64, burst: Int) {
        self.intervalNs = max(1, intervalNs)
        let (product, overflow) = self.intervalNs.multipliedReportingOverflow(by: Int64(max(1, burst) - 1))
        toleranceNs = overflow ? Self.longestNs : min(product, Self.longestNs)
    }

    /// How long an event must wait, in microseconds; 0 when it may pass now.
    func waitUs(_ arrivalNs: Int64, at nowUs: Int64) -> Int64 {
        let earlyNs = arrivalNs - toleranceNs - nowUs * 1000
        return earlyNs <= 0 ? 0 : (earlyNs + 999) / 1000
    }

    /// The timestamp after an event passed.
    func spent(_ arrivalNs: Int64, at nowUs: Int64) -> Int64 {
        max(arrivalNs, nowUs * 1000) + intervalNs
    }
}
