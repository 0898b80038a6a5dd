public import Game
public import Protocol

/// What storage gives back at a start.
public struct RecoveredState: Sendable {
    /// The running epoch; nil on an empty store.
    public var epoch: EpochRecord?
    /// The cells at `version`, row by row; empty on an empty store.
    public var cells: [UInt8]
    /// The cells that ever got a pixel up to `version`; nil on an empty store.
    public var touched: CellMask?
    /// The last durable version.
    public var version: Version
    /// The newest snapshot kept, still compressed; nil where there is none.
    public var snapshot: SnapshotAnswer?
    /// The changes after that snapshot, oldest first.
    public var tail: [ChangeRecord]
    /// Every account that isn't deleted.
    public var accounts: [AccountRecord]
    /// Every sign-in that hasn't ended.
    public var sessions: [SessionRecord]
    /// Every guest whose token hasn't ended and doesn't say all.
    public var guests: [GuestRecord]
    /// Click games that wait, run, and the one that ended last, with clicks and players of each planet.
    public var clickGames: [ClickGame]
    /// Relays that wait or run, with their players' open puzzles.
    public var relays: [Relay]
    /// Every skin.
    public var skins: [Skin] = []
    /// Whose skins are whose.
    public var ownerships: [OwnershipRecord] = []
    /// Each account's best run of each arcade game.
    public var bests: [BestRun] = []
    /// Every ad that is shown.
    public var ads: [Ad] = []
    /// Impressions of the last minutes that weren't seen to their end.
    public var impressions: [ImpressionRecord] = []
    /// When who wrote to the host within the last hour.
    public var feedback: [FeedbackRecord] = []
    /// What was kept of the talk with Telegram.
    public var telegram = TelegramBooks()
    /// The knobs that are set.
    public var knobs: [KnobRecord] = []
    /// The rollbacks of the running epoch, the oldest first.
    public var rollbacks: [Rollback] = []
    /// The highest number that a rollback has.
    public var lastRollback = 0
    /// The areas of the running epoch that are protected, the oldest first.
    public var protections: [HostProtectedArea] = []
    /// The highest number that a protected area has, or had.
    public var lastProtection = 0
    /// Whether presences of an earlier run still stand in storage, because it had no room to drop them.
    public var hasStalePresences: Bool

    /// Joins the parts.
    public init(
        epoch: EpochRecord? = nil, cells: [UInt8] = [], version: Version = 0, snapshot: SnapshotAnswer? = nil,
        tail: [ChangeRecord] = [], accounts: [AccountRecord] = [], sessions: [SessionRecord] = [],
        guests: [GuestRecord] = [], clickGames: [ClickGame] = [], relays: [Relay] = [],
        hasStalePresences: Bool = false
    ) {
        self.epoch = epoch
        self.cells = cells
        self.version = version
        self.snapshot = snapshot
        self.tail = tail
        self.accounts = accounts
        self.sessions = sessions
        self.guests = guests
        self.clickGames = clickGames
        self.relays = relays
        self.hasStalePresences = hasStalePresences
    }
}
