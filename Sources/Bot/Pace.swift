/// A rate of sending by one timestamp: so many a second, with a small burst after a pause.
struct Pace {
    private static let burst = 10.0

    /// Events a second; 0 is no limit.
    var perSecond: Double
    private var dueUs: Int64 = 0

    init(perSecond: Double) {
        self.perSecond = perSecond
    }

    /// Microseconds until the next event may happen; 0 when it may now, and then it counts as happened.
    mutating func take(atUs nowUs: Int64) -> Int {
        guard perSecond > 0 else { return 0 }
        let intervalUs = 1_000_000 / perSecond
        let earliestUs = dueUs - Int64(intervalUs * (Self.burst - 1))
        if nowUs < earliestUs { return Int(earliestUs - nowUs) }
        dueUs = max(dueUs, nowUs) + Int64(intervalUs)
        return 0
    }
}
