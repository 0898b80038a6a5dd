/// An epoch of which something is kept.
public struct HistoryEpoch: Hashable, Sendable {
    /// Its number.
    public var epoch: Int
    /// Its canvas's size.
    public var size: CanvasSize
    /// The version at which it began, blank.
    public var firstVersion: Version
    /// Its last version; of the running epoch the durable one.
    public var lastVersion: Version
    /// When it began, in milliseconds since 1970.
    public var startedAtMs: Int64
    /// When the next one began; nil for the running epoch.
    public var endedAtMs: Int64?

    /// Joins the parts.
    public init(
        epoch: Int, size: CanvasSize, firstVersion: Version, lastVersion: Version, startedAtMs: Int64,
        endedAtMs: Int64? = nil
    ) {
        self.epoch = epoch
        self.size = size
        self.firstVersion = firstVersion
        self.lastVersion = lastVersion
        self.startedAtMs = startedAtMs
        self.endedAtMs = endedAtMs
    }
}

/// The answer to `GET /api/history`: what of a canvas's past can be asked for.
public struct HistoryAnswer: Hashable, Sendable {
    /// Those of which something is kept, oldest first.
    public var epochs: [HistoryEpoch]
    /// The first version that can be asked for.
    public var oldestVersion: Version
    /// The durable version.
    public var latestVersion: Version
    /// How many days are kept; nil where nothing goes.
    public var retentionDays: Int?

    /// Joins the parts.
    public init(
        epochs: [HistoryEpoch], oldestVersion: Version, latestVersion: Version, retentionDays: Int? = nil
    ) {
        self.epochs = epochs
        self.oldestVersion = oldestVersion
        self.latestVersion = latestVersion
        self.retentionDays = retentionDays
    }

    /// The epoch that a version belongs to; nil where none of those kept has it.
    public func epoch(of version: Version) -> HistoryEpoch? {
        epochs.last { $0.firstVersion <= version && version <= $0.lastVersion }
    }
}

/// The canvas as it stood at a version of its past.
public struct HistoryState: Hashable, Sendable {
    /// Size, epoch, version and cells.
    public var snapshot: SnapshotAnswer
    /// When the version was made, in milliseconds since 1970, for `X-Canvas-At`.
    public var atMs: Int64

    /// Joins the parts.
    public init(snapshot: SnapshotAnswer, atMs: Int64) {
        self.snapshot = snapshot
        self.atMs = atMs
    }
}

/// One version of the canvas, as a page of its past tells of it.
public struct HistoryChange: Hashable, Sendable {
    /// Column.
    public var x: UInt16
    /// Row.
    public var y: UInt16
    /// The cell's color from this version on.
    public var color: UInt8
    /// Who placed or took back: an index into the page's accounts.
    public var account: UInt32
    /// Milliseconds after the page's `atMs`; negative where the server's clock was set back.
    public var afterMs: Int64

    /// Joins the parts.
    public init(x: UInt16, y: UInt16, color: UInt8, account: UInt32, afterMs: Int64) {
        self.x = x
        self.y = y
        self.color = color
        self.account = account
        self.afterMs = afterMs
    }
}

/// A page of a canvas's past: each change between two versions of one epoch, in order.
///
/// A page that ends where it begins tells that its epoch has no later version.
public struct HistoryPage: Hashable, Sendable {
    /// The epoch of all of it.
    public var epoch: Int
    /// The version before the first change.
    public var from: Version
    /// When the first change was made, in milliseconds since 1970; without any, when `from` was.
    public var atMs: Int64
    /// Who made the changes, each once, in the order in which they come.
    public var accounts: [AccountName]
    /// One for each version after `from`.
    public var changes: [HistoryChange]

    /// The version of the last change.
    public var to: Version { from + Version(changes.count) }

    /// Joins the parts.
    public init(
        epoch: Int, from: Version, atMs: Int64, accounts: [AccountName], changes: [HistoryChange]
    ) {
        self.epoch = epoch
        self.from = from
        self.atMs = atMs
        self.accounts = accounts
        self.changes = changes
    }
}
