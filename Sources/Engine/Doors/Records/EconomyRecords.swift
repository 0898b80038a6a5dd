public import Protocol

/// Profile points that came to an account, or went.
public struct PointsRecord: Hashable, Sendable {
    /// Why.
    public enum Reason: String, CaseIterable, Hashable, Sendable {
        case clickGame = "click_game"
        case relay
        case arcade
        case loginBonus = "login_bonus"
        case purchase
    }

    /// Whose.
    public var account: Identifier
    /// How many; below 0 where they went.
    public var points: Int
    /// Why.
    public var reason: Reason
    /// The game, relay or run, or the skin's id, or the day since 1970.
    public var source: String
    /// When, in milliseconds since 1970.
    public var atMs: Int64

    /// Joins the parts.
    public init(account: Identifier, points: Int, reason: Reason, source: String, atMs: Int64) {
        self.account = account
        self.points = points
        self.reason = reason
        self.source = source
        self.atMs = atMs
    }
}

/// A run of an arcade game that is over.
public struct RunRecord: Hashable, Sendable {
    /// Its id.
    public var id: Identifier
    /// What was played.
    public var game: ArcadeGameID
    /// Who played.
    public var account: Identifier
    /// The seed of its first stretch.
    public var seed: UInt64
    /// Every point that counted, as `[[x,y,t_ms],…]`.
    public var points: [[Int]]
    /// How it ended.
    public var result: RunResult
    /// When it began, in milliseconds since 1970.
    public var startedAtMs: Int64
    /// When it ended, in milliseconds since 1970.
    public var endedAtMs: Int64

    /// Joins the parts.
    public init(
        id: Identifier, game: ArcadeGameID, account: Identifier, seed: UInt64, points: [[Int]],
        result: RunResult, startedAtMs: Int64, endedAtMs: Int64
    ) {
        self.id = id
        self.game = game
        self.account = account
        self.seed = seed
        self.points = points
        self.result = result
        self.startedAtMs = startedAtMs
        self.endedAtMs = endedAtMs
    }
}

/// An account's best run of a game.
public struct BestRun: Hashable, Sendable {
    /// The game.
    public var game: ArcadeGameID
    /// Whose.
    public var account: Identifier
    /// Points, or milliseconds.
    public var score: Int

    /// Joins the parts.
    public init(game: ArcadeGameID, account: Identifier, score: Int) {
        self.game = game
        self.account = account
        self.score = score
    }
}

/// A skin that an account bought.
public struct OwnershipRecord: Hashable, Sendable {
    /// Whose.
    public var account: Identifier
    /// Which.
    public var skin: SkinID
    /// What was paid.
    public var price: Int
    /// When, in milliseconds since 1970.
    public var atMs: Int64

    /// Joins the parts.
    public init(account: Identifier, skin: SkinID, price: Int, atMs: Int64) {
        self.account = account
        self.skin = skin
        self.price = price
        self.atMs = atMs
    }
}

/// An ad that someone is shown; written again when it was seen to its end.
public struct ImpressionRecord: Hashable, Sendable {
    /// Its id.
    public var id: Identifier
    /// The ad.
    public var ad: AdID
    /// The account or guest.
    public var holder: Identifier
    /// Whether it is a guest.
    public var isGuest: Bool
    /// The page that it is shown before.
    public var page: AdPage
    /// Since when, in milliseconds since 1970.
    public var shownAtMs: Int64
    /// When it was seen to its end, in milliseconds since 1970; nil while it wasn't.
    public var completedAtMs: Int64?

    /// Joins the parts.
    public init(
        id: Identifier, ad: AdID, holder: Identifier, isGuest: Bool, page: AdPage, shownAtMs: Int64,
        completedAtMs: Int64? = nil
    ) {
        self.id = id
        self.ad = ad
        self.holder = holder
        self.isGuest = isGuest
        self.page = page
        self.shownAtMs = shownAtMs
        self.completedAtMs = completedAtMs
    }
}

/// What someone wrote to the host.
public struct FeedbackRecord: Hashable, Sendable {
    /// The account or guest.
    public var holder: Identifier
    /// Whether it is a guest.
    public var isGuest: Bool
    /// The words.
    public var message: FeedbackMessage
    /// When, in milliseconds since 1970.
    public var atMs: Int64

    /// Joins the parts.
    public init(holder: Identifier, isGuest: Bool, message: FeedbackMessage, atMs: Int64) {
        self.holder = holder
        self.isGuest = isGuest
        self.message = message
        self.atMs = atMs
    }
}
