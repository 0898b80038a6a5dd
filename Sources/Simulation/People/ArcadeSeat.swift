import Engine
import Protocol

/// Where a person plays runs: what its client knows of the one under way, and how it plays.
struct ArcadeSeat: Sendable {
    /// How someone plays a run.
    enum Manner: CaseIterable, Sendable {
        /// At a person's pace, on what is seen.
        case human
        /// Faster than any hand, in bursts.
        case hasty
        /// Steadily, and better than anyone.
        case tireless
        /// With a point in the past, in the future, beside the target, or twice.
        case backdated, early, beside, twice
    }

    struct Play: Sendable {
        let start: RunStart
        let link: ConnectionID
        /// When the client learned of the run's begin: its times count from there.
        let startedUs: Int64
        let manner: Manner
        var stretch: ArcadeStretch
        var seq = 1
        /// The latest point, and the message that carried it until that is answered.
        var last: RunPoint?
        var awaited: Int?

        /// Times of its client's clock.
        func ms(atUs nowUs: Int64) -> Int { Int((nowUs - startedUs) / 1000) }
    }

    var play: Play?
    /// The message that asked for a run and isn't answered.
    var asked: Int?
    /// The latest run that is over.
    var former: RunPoint?
    /// The impression that it was shown last.
    var impression: Identifier?

    /// Its socket is gone, and the run with it.
    mutating func lose() {
        play = nil
        asked = nil
    }
}
