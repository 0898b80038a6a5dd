public import Protocol

/// What must be durable before anyone hears of it; a commit is a list of these, in order.
public enum Record: Hashable, Sendable {
    case change(ChangeRecord)
    case account(AccountRecord)
    case session(SessionRecord)
    case snapshot(SnapshotAnswer, takenAtMs: Int64)
    case epoch(EpochRecord)
}

/// One version of the canvas.
public struct ChangeRecord: Hashable, Sendable {
    /// The version this change made.
    public var version: Version
    /// The cell, row by row.
    public var cell: Int
    /// The cell's color from this version on.
    public var color: UInt8
    /// Who placed, or who took back.
    public var account: Identifier
    /// When, in milliseconds since 1970.
    public var atMs: Int64
    /// For an undo: the version of the placement it took back.
    ///
    /// The owner before that one returns.
    public var undoes: Version?

    /// Joins the parts.
    public init(
        version: Version, cell: Int, color: UInt8, account: Identifier, atMs: Int64, undoes: Version? = nil
    ) {
        self.version = version
        self.cell = cell
        self.color = color
        self.account = account
        self.atMs = atMs
        self.undoes = undoes
    }
}

/// A person or bot that signed in with a key; written again when it changes.
public struct AccountRecord: Hashable, Sendable {
    /// Its id.
    public var id: Identifier
    /// Its name, unique without regard to case.
    public var name: String
    /// The raw Ed25519 key, 32 bytes.
    public var publicKey: [UInt8]
    /// When it was registered, in milliseconds since 1970.
    public var createdAtMs: Int64

    /// Joins the parts.
    public init(id: Identifier, name: String, publicKey: [UInt8], createdAtMs: Int64) {
        self.id = id
        self.name = name
        self.publicKey = publicKey
        self.createdAtMs = createdAtMs
    }
}

/// A sign-in's refresh token, as its hash; written again at each rotation.
public struct SessionRecord: Hashable, Sendable {
    /// The sign-in's id.
    public var id: Identifier
    /// Whose it is.
    public var account: Identifier
    /// SHA-256 of the one refresh token that is good now, 32 bytes.
    public var refreshHash: [UInt8]
    /// How often it was refreshed.
    public var generation: Int
    /// When the refresh token ends, in milliseconds since 1970.
    public var expiresAtMs: Int64

    /// Joins the parts.
    public init(
        id: Identifier, account: Identifier, refreshHash: [UInt8], generation: Int, expiresAtMs: Int64
    ) {
        self.id = id
        self.account = account
        self.refreshHash = refreshHash
        self.generation = generation
        self.expiresAtMs = expiresAtMs
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

/// What storage gives back at a start.
public struct RecoveredState: Sendable {
    /// The running epoch; nil on an empty store.
    public var epoch: EpochRecord?
    /// The cells at `version`, row by row; empty on an empty store.
    public var cells: [UInt8]
    /// The last durable version.
    public var version: Version
    /// The newest snapshot kept, still compressed; nil where there is none.
    public var snapshot: SnapshotAnswer?
    /// The changes after that snapshot, oldest first.
    public var tail: [ChangeRecord]
    /// Every account.
    public var accounts: [AccountRecord]
    /// Every sign-in that hasn't ended.
    public var sessions: [SessionRecord]

    /// Joins the parts.
    public init(
        epoch: EpochRecord? = nil, cells: [UInt8] = [], version: Version = 0, snapshot: SnapshotAnswer? = nil,
        tail: [ChangeRecord] = [], accounts: [AccountRecord] = [], sessions: [SessionRecord] = []
    ) {
        self.epoch = epoch
        self.cells = cells
        self.version = version
        self.snapshot = snapshot
        self.tail = tail
        self.accounts = accounts
        self.sessions = sessions
    }
}
