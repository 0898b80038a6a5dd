/// What a host may set about the arcade: which scores count, and what they pay.
public struct ArcadeRules: Hashable, Sendable {
    /// When points come too fast.
    public var burst: BurstRule
    /// By the games' names.
    public var games: [String: GameRule]
    /// What the first sign-in of a day pays.
    public var loginBonus: LoginBonus

    /// Joins the parts.
    public init(burst: BurstRule, games: [String: GameRule], loginBonus: LoginBonus) {
        self.burst = burst
        self.games = games
        self.loginBonus = loginBonus
    }

    /// What holds for a game; one that isn't named pays its score as it is, without any bound.
    public subscript(game: ArcadeGameID) -> GameRule { games[game.rawValue] ?? GameRule() }

    /// What holds for one game.
    public struct GameRule: Hashable, Sendable {
        /// For timed games: more hits than this for each second of the game are impossible.
        public var maxPointsPerSecond: Int?
        /// For games of steps: a shorter time is impossible, in milliseconds.
        public var minMs: Int?
        /// For games of steps: the time that pays nothing any more, in milliseconds.
        public var parMs: Int?
        /// What the best places get, in the order of ranks.
        public var multipliers: [Multiplier]

        /// Joins the parts.
        public init(
            maxPointsPerSecond: Int? = nil, minMs: Int? = nil, parMs: Int? = nil,
            multipliers: [Multiplier] = []
        ) {
            self.maxPointsPerSecond = maxPointsPerSecond
            self.minMs = minMs
            self.parMs = parMs
            self.multipliers = multipliers
        }
    }

    /// What the ranks from the multiplier before it get.
    public struct Multiplier: Hashable, Sendable {
        /// The last rank that gets it, from 1.
        public var throughRank: Int
        /// 100 leaves a score as it is.
        public var percent: Int

        /// Joins the parts.
        public init(throughRank: Int, percent: Int) {
            self.throughRank = throughRank
            self.percent = percent
        }
    }

    /// What the first sign-in of a day pays; nothing where `first` is 0.
    public struct LoginBonus: Hashable, Sendable {
        /// For the first day of a streak.
        public var first: Int
        /// More for each day after it.
        public var growth: Int
        /// Never more than this.
        public var cap: Int

        /// Joins the parts.
        public init(first: Int, growth: Int, cap: Int) {
            self.first = first
            self.growth = growth
            self.cap = cap
        }

        /// What a day of a streak pays, the first being 1.
        public func points(onDay day: Int) -> Int {
            guard first > 0 else { return 0 }
            let (growth, isTooMuch) = growth.multipliedReportingOverflow(by: max(0, day - 1))
            return isTooMuch || growth > cap - first ? cap : first + growth
        }
    }
}

/// When points come too fast: `threshold` within a second are a burst, and more than `limit` bursts within a
/// window end the run.
public struct BurstRule: Hashable, Sendable {
    /// Points within a second that are a burst.
    public var threshold: Int
    /// Bursts within a window that a run survives.
    public var limit: Int
    /// The window's length.
    public var windowMs: Int

    /// Joins the parts.
    public init(threshold: Int, limit: Int, windowMs: Int) {
        self.threshold = threshold
        self.limit = limit
        self.windowMs = windowMs
    }
}

extension ArcadeRules {
    /// The rules that the project comes with.
    public static let standard: ArcadeRules = {
        let places = [
            Multiplier(throughRank: 1, percent: 300), Multiplier(throughRank: 2, percent: 250),
            Multiplier(throughRank: 3, percent: 200), Multiplier(throughRank: 10, percent: 150),
        ]
        return ArcadeRules(
            burst: BurstRule(threshold: 8, limit: 2, windowMs: 10_000),
            games: [
                Dot.name: GameRule(maxPointsPerSecond: 5, multipliers: places),
                ShakyDot.name: GameRule(maxPointsPerSecond: 5, multipliers: places),
                Steps.name: GameRule(minMs: 4_000, parMs: 60_000),
            ],
            loginBonus: LoginBonus(first: 10, growth: 5, cap: 50))
    }()
}
