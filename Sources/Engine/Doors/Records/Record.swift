public import Game
public import Protocol

/// What must be durable before anyone hears of it; a commit is a list of these, in order.
public enum Record: Hashable, Sendable {
    case change(ChangeRecord)
    /// A new account, or what became of an old one.
    case account(AccountRecord)
    /// A new sign-in, or the next generation of its refresh token.
    case session(SessionRecord)
    /// A sign-in is over, with all its refresh tokens.
    case sessionEnded(Identifier)
    /// Someone is here.
    case presence(PresenceRecord)
    /// Nobody is here.
    case presencesCleared
    /// A sign-in's presence is over.
    case presenceEnded(session: Identifier)
    /// What a guest's token doesn't say.
    case guest(GuestRecord)
    /// A guest's token has ended.
    case guestEnded(Identifier)
    case flag(FlagRecord)
    /// A new click game, or what became of one.
    case clickGame(ClickGame)
    case clickPush(ClickPushRecord)
    /// Writes the contributions to a click game into its row, from its pushes.
    case clickContributions(game: Identifier)
    /// A new relay, or what became of one; its players' open puzzles have records of their own.
    case relay(Relay)
    case puzzle(PuzzleRecord)
    case score(ScoreRecord)
    /// Profile points came or went; the account's own record tells how many it has.
    case points(PointsRecord)
    case run(RunRecord)
    /// A new skin, or what became of one.
    case skin(Skin)
    case skinOwned(OwnershipRecord)
    /// An ad is shown, or was seen to its end.
    case impression(ImpressionRecord)
    case feedback(FeedbackRecord)
    /// The flags of an account were looked at.
    case flagsCleared(account: Identifier, atMs: Int64)
    case snapshot(SnapshotAnswer, takenAtMs: Int64)
    case epoch(EpochRecord)
    /// What a host or someone with a role changed, beside what it led to.
    case audit(AuditRecord)
    case telegram(TelegramRecord)
    /// A knob is set, or its option counts again.
    case knob(KnobRecord)
    /// A rollback, or how far it has come; it stands before its changes.
    case rollback(Rollback)
    /// A protected area, or its end.
    case protection(ProtectionRecord)
}

/// One version of the canvas.
public struct ChangeRecord: Hashable, Sendable {
    /// The version this change made.
    public var version: Version
    /// The cell, row by row.
    public var cell: Int
    /// The cell's color from this version on.
    public var color: UInt8
    /// Who placed, or whose undo it is; for a rollback, whose pixel went or came back.
    public var account: Identifier
    /// When, in milliseconds since 1970.
    public var atMs: Int64
    /// For an undo and a rollback: the cell is again what it was before this version.
    ///
    /// For an undo that is the version of the placement it took back. The owner of then returns.
    public var undoes: Version?
    /// The rollback that made it; nil for a player's.
    public var rollback: Int?
    /// The placements that a rollback takes back with it; none where it undoes another rollback.
    ///
    /// Storage keeps them in a table of their own and gives none back.
    public var placements: [Version]

    /// Joins the parts.
    public init(
        version: Version, cell: Int, color: UInt8, account: Identifier, atMs: Int64, undoes: Version? = nil,
        rollback: Int? = nil, placements: [Version] = []
    ) {
        self.version = version
        self.cell = cell
        self.color = color
        self.account = account
        self.atMs = atMs
        self.undoes = undoes
        self.rollback = rollback
        self.placements = placements
    }
}

/// The start of a canvas: the first at the first start, others by a reset.
public struct EpochRecord: Hashable, Sendable {
    /// Its number.
    public var epoch: Int
    /// The version it starts at (blank).
    public var firstVersion: Version
    /// Its size.
    public var size: CanvasSize
    /// When it began, in milliseconds since 1970.
    public var startedAtMs: Int64

    /// Joins the parts.
    public init(epoch: Int, firstVersion: Version, size: CanvasSize, startedAtMs: Int64) {
        self.epoch = epoch
        self.firstVersion = firstVersion
        self.size = size
        self.startedAtMs = startedAtMs
    }
}
