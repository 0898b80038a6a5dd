public import Protocol

/// One arcade game as the server judges it, from its begin to the point that ends it.
///
/// Its time is the client's: milliseconds since the client learned that the run began. How far that may be from
/// the server's own count is what latency excuses.
public struct ArcadeRun: Hashable, Sendable {
    /// Why a point doesn't count.
    public enum Rejection: Error, Hashable, Sendable {
        /// Its number isn't the next one.
        case replayed
        /// Its time doesn't move forward.
        case inThePast
        /// Its time lies further ahead of the server's than latency excuses.
        case inTheFuture
        /// Nothing that counts is there.
        case offTarget
        /// The game's time is up, or the run is over.
        case afterEnd
        /// Its time lies further back than latency excuses; it doesn't count, and that is all, unless it is the
        /// third of the run that no slow line explains.
        case tooLate
    }

    /// A point as its player reports it.
    public struct Point: Hashable, Sendable {
        /// Rises by one a point, from 1; one that came too late keeps its number.
        public var seq: Int
        /// The column on the game's field.
        public var x: Int
        /// The row on the game's field.
        public var y: Int
        /// Milliseconds since the run began, by the client's clock.
        public var tMs: Int

        /// Joins the parts.
        public init(seq: Int, x: Int, y: Int, tMs: Int) {
            self.seq = seq
            self.x = x
            self.y = y
            self.tMs = tMs
        }
    }

    /// What became of a point that counts.
    public enum Outcome: Hashable, Sendable {
        /// The run goes on, with so many hits.
        case scored(score: Int)
        /// It was the last step; the score is the run's time in milliseconds.
        case completed(score: Int)
        /// Points came too fast for too long: the run is over and its score worth nothing.
        case burst
    }

    /// Its id.
    public let id: Identifier
    /// What is played.
    public let game: ArcadeGameID
    /// Who plays.
    public let account: Identifier
    /// When it began, in milliseconds since 1970.
    public let startedAtMs: Int64
    /// The part of the run that the next point falls into.
    public private(set) var stretch: ArcadeStretch
    /// The points that counted, in order.
    public private(set) var points: [Point] = []
    /// Points that came later than any slow line explains.
    public private(set) var latePoints = 0
    /// Whether a point ended it, so that none counts any more.
    public private(set) var isOver = false
    private var nextSeq = 1
    private var bursts: BurstCounter
    private let rule: ArcadeRules.GameRule

    /// A run that begins with a stretch of a seed that nobody could foresee.
    public init(
        id: Identifier, game: ArcadeGameID, account: Identifier, seed: UInt64, startedAtMs: Int64,
        rules: ArcadeRules
    ) {
        self.id = id
        self.game = game
        self.account = account
        self.startedAtMs = startedAtMs
        stretch = ArcadeStretch(seed: seed, hits: 0, startMs: 0)
        bursts = BurstCounter(rules.burst)
        rule = rules[game]
    }

    /// Points that counted.
    public var hits: Int { stretch.hits }

    /// Hits of a timed game; of a game of steps its time in milliseconds, 0 until it is completed.
    public var score: Int {
        switch game.rules.category {
        case .timed: hits
        case .steps(let count): hits == count ? points.last?.tMs ?? 0 : 0
        }
    }

    /// The last millisecond that a point may have.
    public var endsAfterMs: Int { game.rules.category.lastMs }

    /// Whether nobody can have reached the score: more hits than the rules hold possible for the whole game, or
    /// all steps in less time.
    public var isImplausible: Bool {
        switch game.rules.category {
        case .timed(let seconds):
            rule.maxPointsPerSecond.map { hits > $0 * seconds } ?? false
        case .steps(let count):
            hits == count && score < rule.minMs ?? 0
        }
    }

    /// Judges a point; one that counts moves the run on.
    ///
    /// After a rejection `isOver` tells whether it ended the run: each does but points that are too late.
    ///
    /// - Parameters:
    ///   - elapsedMs: the server's time since it said that the run begins.
    ///   - latencyMs: what the round trip excuses, taken up to `Limits.arcadeLatencyCapMs`.
    ///   - nextSeed: fresh bits for the stretch that a hit may begin.
    public mutating func take(
        _ point: Point, elapsedMs: Int, latencyMs: Int, nextSeed: UInt64
    ) throws(Rejection) -> Outcome {
        if let rejection = rejection(of: point, elapsedMs: elapsedMs, latencyMs: latencyMs) {
            guard rejection == .tooLate else {
                isOver = true
                throw rejection
            }
            // The number is used up, so that a client needn't know what became of it to count on.
            nextSeq += 1
            if elapsedMs - point.tMs > excusedMs(latencyMs) + Limits.arcadeLateMs { latePoints += 1 }
            isOver = latePoints > Limits.arcadeLatePoints
            throw rejection
        }
        nextSeq += 1
        points.append(point)
        if game.rules.renewsSeed {
            stretch = ArcadeStretch(seed: nextSeed, hits: hits + 1, startMs: point.tMs)
        } else {
            stretch.hits += 1
        }
        if bursts.note(atMs: point.tMs) {
            isOver = true
            return .burst
        }
        if case .steps(let count) = game.rules.category, hits == count {
            isOver = true
            return .completed(score: score)
        }
        return .scored(score: hits)
    }

    private func excusedMs(_ latencyMs: Int) -> Int { min(max(0, latencyMs), Limits.arcadeLatencyCapMs) }

    private func rejection(of point: Point, elapsedMs: Int, latencyMs: Int) -> Rejection? {
        guard !isOver else { return .afterEnd }
        guard point.seq == nextSeq else { return .replayed }
        guard point.tMs > points.last?.tMs ?? -1 else { return .inThePast }
        // An honest point is never ahead, as its clock started later; but two clocks drift, and who is ahead by
        // so little wins nothing.
        let excusedMs = excusedMs(latencyMs)
        guard point.tMs <= elapsedMs + excusedMs else { return .inTheFuture }
        guard point.tMs <= endsAfterMs else { return .afterEnd }
        let behindMs = elapsedMs - point.tMs
        guard behindMs <= excusedMs else { return .tooLate }
        return Arcade.isHit(game, stretch, x: point.x, y: point.y, atMs: point.tMs) ? nil : .offTarget
    }
}
