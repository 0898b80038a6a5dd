/// A run that has begun: `{"run_id","game","category","seconds"|"steps","seed","field","latency_cap_ms"}`.
public struct RunStart: Hashable, Sendable {
    /// Its id.
    public var run: Identifier
    /// What is played.
    public var game: ArcadeGameID
    /// The seed of the first stretch.
    public var seed: UInt64

    /// Joins the parts.
    public init(run: Identifier, game: ArcadeGameID, seed: UInt64) {
        self.run = run
        self.game = game
        self.seed = seed
    }
}

/// A hit that a player claims: `{"run_id","seq","x","y","t_ms"}`.
public struct RunPoint: Hashable, Sendable {
    /// The run.
    public var run: Identifier
    /// Its number in the run, from 1 without a gap.
    public var seq: Int
    /// Where, in the field's units.
    public var x: Int
    /// Where, in the field's units.
    public var y: Int
    /// When, in milliseconds since the client got `run_started`.
    public var tMs: Int

    /// Joins the parts.
    public init(run: Identifier, seq: Int, x: Int, y: Int, tMs: Int) {
        self.run = run
        self.seq = seq
        self.x = x
        self.y = y
        self.tMs = tMs
    }
}

/// A hit that counts: `{"run_id","seq","score","t_ms","seed"?}`.
public struct RunScore: Hashable, Sendable {
    /// The run.
    public var run: Identifier
    /// The point's number.
    public var seq: Int
    /// The points so far; in a game of steps, the steps taken.
    public var score: Int
    /// The point's time, at which the next stretch begins.
    public var tMs: Int
    /// The seed of that stretch; none where the game goes on with the one it has.
    public var seed: UInt64?

    /// Joins the parts.
    public init(run: Identifier, seq: Int, score: Int, tMs: Int, seed: UInt64?) {
        self.run = run
        self.seq = seq
        self.score = score
        self.tMs = tMs
        self.seed = seed
    }
}

/// Why a run ended.
public enum RunEndReason: String, Hashable, Sendable, CaseIterable {
    /// Its time is up.
    case time
    /// Its last step is taken.
    case completed
    /// Points came in bursts as nobody makes them.
    case burst
    /// A point was impossible, or their number was.
    case rejected
    /// Its player left, or lost the socket.
    case left

    /// Whether a run of a game that ended so has a place on the game's board and is paid.
    public func counts(in game: ArcadeGameID) -> Bool {
        switch (self, game.rules.category) {
        case (.time, .timed), (.completed, .steps): true
        case (.time, .steps), (.completed, .timed), (.burst, _), (.rejected, _), (.left, _): false
        }
    }
}

/// How a run ended: `{"run_id","game","reason","score","rank","multiplier","profile_points"}`.
public struct RunResult: Hashable, Sendable {
    /// The run.
    public var run: Identifier
    /// What was played.
    public var game: ArcadeGameID
    /// Why it ended.
    public var reason: RunEndReason
    /// Points; in a completed game of steps, its milliseconds.
    public var score: Int
    /// The place that the run reaches on the game's board of all time; none where it doesn't count.
    public var rank: Int?
    /// What the place multiplies points by, in percent; none where the run doesn't count.
    public var multiplierPercent: Int?
    /// What was paid.
    public var profilePoints: Int

    /// Joins the parts.
    public init(
        run: Identifier, game: ArcadeGameID, reason: RunEndReason, score: Int, rank: Int?,
        multiplierPercent: Int?, profilePoints: Int
    ) {
        self.run = run
        self.game = game
        self.reason = reason
        self.score = score
        self.rank = rank
        self.multiplierPercent = multiplierPercent
        self.profilePoints = profilePoints
    }
}
