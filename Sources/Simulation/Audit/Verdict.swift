import Engine

/// What the laws come to: the first broken invariant, and how much they have seen.
struct Verdict: Sendable {
    private(set) var violation: Violation?
    var tally = Outcome.Tally()
    /// When the observation that is looked at was made.
    var now = Moment(monotonicUs: 0, wallMs: 0)

    var nowUs: Int64 { now.monotonicUs }

    /// Notes a broken invariant unless one was broken before.
    mutating func blame(_ violation: Violation) {
        if self.violation == nil { self.violation = violation }
    }

    mutating func check(
        _ holds: Bool, _ invariant: Violation.Invariant, _ detail: @autoclosure () -> String
    ) {
        if !holds { blame(Violation(invariant: invariant, detail: detail(), atUs: nowUs)) }
    }
}
