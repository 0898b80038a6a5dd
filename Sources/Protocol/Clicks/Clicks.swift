/// What a client counted since its last push: a number for each stretch, in order.
public struct ClickPush: Hashable, Sendable {
    /// Clicks a stretch; what may stand here is the engine's to judge.
    public var clicks: [Int]
    /// Names the batch, so that a repeated push counts once; 1 to 64 characters.
    public var batchID: String?

    /// Joins the parts.
    public init(clicks: [Int], batchID: String?) {
        self.clicks = clicks
        self.batchID = batchID
    }
}

/// What became of a push, once durable: `{"game_id","planet","accepted","total"}`.
public struct ClickReceipt: Hashable, Sendable {
    /// The game that the clicks count in.
    public var game: Identifier
    /// The planet that they are for.
    public var planet: String
    /// Their sum.
    public var accepted: Int
    /// The sign-in's clicks in this game, these included.
    public var total: Int

    /// Joins the parts.
    public init(game: Identifier, planet: String, accepted: Int, total: Int) {
        self.game = game
        self.planet = planet
        self.accepted = accepted
        self.total = total
    }
}

/// One side of a click game.
public struct PlanetTotal: Hashable, Sendable {
    /// Its name in the catalog.
    public var name: String
    /// All clicks for it.
    public var clicks: Int
    /// Accounts and guests that pushed for it.
    public var players: Int

    /// Joins the parts.
    public init(name: String, clicks: Int, players: Int) {
        self.name = name
        self.clicks = clicks
        self.players = players
    }
}

/// How far a click game has come.
public enum ClickGameStatus: String, Hashable, Sendable, CaseIterable {
    case scheduled
    case active
    case finished
}

/// A click game as everyone may see it.
public struct ClickGameView: Hashable, Sendable {
    /// Its id.
    public var game: Identifier
    /// How far it has come.
    public var status: ClickGameStatus
    /// When it begins, in milliseconds since 1970.
    public var startsAtMs: Int64
    /// When it ends, in milliseconds since 1970.
    public var endsAtMs: Int64
    /// Its sides, in their order.
    public var planets: [PlanetTotal]
    /// Who won; none before the end, and none where nobody clicked.
    public var winner: String?

    /// Joins the parts.
    public init(
        game: Identifier, status: ClickGameStatus, startsAtMs: Int64, endsAtMs: Int64,
        planets: [PlanetTotal], winner: String?
    ) {
        self.game = game
        self.status = status
        self.startsAtMs = startsAtMs
        self.endsAtMs = endsAtMs
        self.planets = planets
        self.winner = winner
    }
}

/// The answer to `GET /api/click_games/current`: the game, and how often clicks are pushed.
public struct ClickGameAnswer: Hashable, Sendable {
    /// The game.
    public var view: ClickGameView
    /// Seconds between two pushes.
    public var clickPushRateSeconds: Int

    /// Joins the parts.
    public init(view: ClickGameView, clickPushRateSeconds: Int) {
        self.view = view
        self.clickPushRateSeconds = clickPushRateSeconds
    }
}

/// A click game that an admin wants: `{"starts_at","seconds","planets"}`.
public struct ClickGameOrder: Hashable, Sendable {
    /// When it is to begin, in milliseconds since 1970; none for at once.
    public var startsAtMs: Int64?
    /// How long it lasts.
    public var seconds: Int
    /// Its sides, by the catalog's names.
    public var planets: [String]

    /// Joins the parts.
    public init(startsAtMs: Int64?, seconds: Int, planets: [String]) {
        self.startsAtMs = startsAtMs
        self.seconds = seconds
        self.planets = planets
    }
}
