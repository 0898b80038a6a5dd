/// What a host wants taken back: placements by account, time and box.
public struct RollbackOrder: Hashable, Sendable, Codable {
    /// Whose, by id or name; nil for everyone's.
    public var account: String?
    /// The first moment, in milliseconds since 1970.
    public var fromMs: Int64
    /// The last one.
    public var toMs: Int64
    /// Where; nil for all of the canvas.
    public var box: CanvasBox?
    /// Whether it is only counted and nothing changes.
    public var isPreview: Bool

    /// Joins the parts.
    public init(account: String?, fromMs: Int64, toMs: Int64, box: CanvasBox? = nil, isPreview: Bool = true) {
        self.account = account
        self.fromMs = fromMs
        self.toMs = toMs
        self.box = box
        self.isPreview = isPreview
    }
}

/// What a rollback came to, or would.
public struct RollbackReport: Hashable, Sendable, Codable {
    /// The rollback's number; nil for a preview, and where there was nothing to take back.
    public var id: Int?
    /// The rollback that it undid; nil for one that took placements back.
    public var undid: Int?
    /// Cells that went back.
    public var cells: Int
    /// Placements that were taken back, several of which may lie on one cell.
    public var placements: Int
    /// Accounts whose they are.
    public var accounts: Int
    /// Cells that somebody changed while it was under way, and that stayed as they are.
    public var skipped: Int

    /// Joins the parts.
    public init(id: Int?, undid: Int? = nil, cells: Int, placements: Int, accounts: Int, skipped: Int = 0) {
        self.id = id
        self.undid = undid
        self.cells = cells
        self.placements = placements
        self.accounts = accounts
        self.skipped = skipped
    }
}

/// A rollback that was made, as it is kept and listed.
public struct Rollback: Hashable, Sendable, Codable {
    /// Its number, never used twice.
    public var id: Int
    /// The epoch of the canvas that it changed.
    public var epoch: Int
    /// Who ordered it.
    public var actor: Actor
    /// When, in milliseconds since 1970.
    public var atMs: Int64
    /// What it takes back.
    public var target: Target
    /// The version of its first change.
    public var firstVersion: Version
    /// Cells that went back so far.
    public var cells: Int
    /// Placements that were taken back so far.
    public var placements: Int
    /// Whether it came to its end; a crash or a full disk may stop one midway, and then the order can be repeated.
    public var isComplete: Bool

    /// What a rollback takes back.
    public enum Target: Hashable, Sendable, Codable {
        /// The placements of an account, or everyone's, of a time in a box.
        case placements(account: Identifier?, fromMs: Int64, toMs: Int64, CanvasBox)
        /// Another rollback: its cells that nobody changed since.
        case rollback(Int)
    }

    /// Joins the parts.
    public init(
        id: Int, epoch: Int, actor: Actor, atMs: Int64, target: Target, firstVersion: Version, cells: Int = 0,
        placements: Int = 0, isComplete: Bool = false
    ) {
        self.id = id
        self.epoch = epoch
        self.actor = actor
        self.atMs = atMs
        self.target = target
        self.firstVersion = firstVersion
        self.cells = cells
        self.placements = placements
        self.isComplete = isComplete
    }

    /// The rollback that it undoes; nil for one that takes placements back.
    public var undoes: Int? { if case .rollback(let id) = target { id } else { nil } }
}
