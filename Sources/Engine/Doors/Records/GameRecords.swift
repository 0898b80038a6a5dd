public import Protocol

/// A push of clicks that counted.
public struct ClickPushRecord: Hashable, Sendable {
    /// The game it counts in.
    public var game: Identifier
    /// The sign-in it came from.
    public var session: Identifier
    /// The account or guest.
    public var holder: Identifier
    /// Whether it is a guest.
    public var isGuest: Bool
    /// The planet's name.
    public var planet: String
    /// The numbers as they came.
    public var clicks: [Int]
    /// The name of the batch; nil where it had none.
    public var batchID: String?
    /// The sign-in's clicks in this game, these included.
    public var total: Int
    /// When, in milliseconds since 1970.
    public var atMs: Int64

    /// Joins the parts.
    public init(
        game: Identifier, session: Identifier, holder: Identifier, isGuest: Bool, planet: String,
        clicks: [Int], batchID: String?, total: Int, atMs: Int64
    ) {
        self.game = game
        self.session = session
        self.holder = holder
        self.isGuest = isGuest
        self.planet = planet
        self.clicks = clicks
        self.batchID = batchID
        self.total = total
        self.atMs = atMs
    }

    /// Their sum.
    public var accepted: Int { clicks.reduce(0, +) }

    /// What its sender is told.
    public var receipt: ClickReceipt {
        ClickReceipt(game: game, planet: planet, accepted: accepted, total: total)
    }
}

/// A puzzle that was put before a player, written again when it is solved.
public struct PuzzleRecord: Hashable, Sendable {
    /// Its id.
    public var id: Identifier
    /// The relay.
    public var relay: Identifier
    /// The player.
    public var account: Identifier
    /// What was asked.
    public var data: PuzzleData
    /// The right answer.
    public var answer: String
    /// From 1 to 10.
    public var difficulty: Int
    /// What solving it gives.
    public var worth: Int
    /// When it was put, in milliseconds since 1970.
    public var assignedAtMs: Int64
    /// When it was solved, in milliseconds since 1970; nil while it wasn't.
    public var solvedAtMs: Int64?

    /// Joins the parts.
    public init(
        id: Identifier, relay: Identifier, account: Identifier, data: PuzzleData, answer: String,
        difficulty: Int, worth: Int, assignedAtMs: Int64, solvedAtMs: Int64? = nil
    ) {
        self.id = id
        self.relay = relay
        self.account = account
        self.data = data
        self.answer = answer
        self.difficulty = difficulty
        self.worth = worth
        self.assignedAtMs = assignedAtMs
        self.solvedAtMs = solvedAtMs
    }
}

/// What an account earned on a leaderboard.
public struct ScoreRecord: Hashable, Sendable {
    /// The board.
    public var board: Board
    /// The account.
    public var account: Identifier
    /// How many.
    public var score: Int
    /// The game or relay that it was earned in.
    public var source: Identifier
    /// When, in milliseconds since 1970.
    public var atMs: Int64

    /// Joins the parts.
    public init(board: Board, account: Identifier, score: Int, source: Identifier, atMs: Int64) {
        self.board = board
        self.account = account
        self.score = score
        self.source = source
        self.atMs = atMs
    }
}

/// What storage keeps of a sign-in's pushes.
public struct ClickHistory: Hashable, Sendable {
    /// A push that had a name.
    public struct Push: Hashable, Sendable {
        /// Its name.
        public var batchID: String
        /// What its sender was told.
        public var receipt: ClickReceipt

        /// Joins the parts.
        public init(batchID: String, receipt: ClickReceipt) {
            self.batchID = batchID
            self.receipt = receipt
        }
    }

    /// The latest pushes with a name, in any game, oldest first; `Limits.recentPushes` at most.
    public var recent: [Push]
    /// Whether there were more.
    public var hasOlder: Bool
    /// The sign-in's clicks in the game asked about.
    public var total: Int
    /// The planet that the account or guest pushed for in that game, by whatever sign-in; nil where it didn't.
    public var planet: String?

    /// Joins the parts.
    public init(recent: [Push] = [], hasOlder: Bool = false, total: Int = 0, planet: String? = nil) {
        self.recent = recent
        self.hasOlder = hasOlder
        self.total = total
        self.planet = planet
    }
}

/// An account's part in a click game.
public struct ClickContributor: Hashable, Sendable {
    /// The account.
    public var account: Identifier
    /// The planet it pushed for.
    public var planet: String
    /// Its clicks.
    public var clicks: Int

    /// Joins the parts.
    public init(account: Identifier, planet: String, clicks: Int) {
        self.account = account
        self.planet = planet
        self.clicks = clicks
    }
}
