public import Protocol

/// What a rollback looks for in a canvas's history.
public struct RollbackSearch: Hashable, Sendable {
    /// The epoch, whose changes come after its first version.
    public var epoch: Int
    /// The version at which the epoch began.
    public var firstVersion: Version
    /// The last version that counts.
    public var through: Version
    /// The canvas's size.
    public var size: CanvasSize
    /// The cells that are looked at.
    public var box: CanvasBox
    /// What of them.
    public var target: Target

    /// What goes back.
    public enum Target: Hashable, Sendable {
        /// The placements of an account, or everyone's, of a time, where they are on top.
        case placements(account: Identifier?, fromMs: Int64, toMs: Int64)
        /// The changes of a rollback, where they are the latest; the first is of a version.
        case rollback(Int, since: Version)
    }

    /// Joins the parts.
    public init(
        epoch: Int, firstVersion: Version, through: Version, size: CanvasSize, box: CanvasBox, target: Target
    ) {
        self.epoch = epoch
        self.firstVersion = firstVersion
        self.through = through
        self.size = size
        self.box = box
        self.target = target
    }
}

/// A change of the history as a search reads it.
public struct ScannedChange: Hashable, Sendable {
    /// The change itself.
    public var change: CanvasChange
    /// When it was made, in milliseconds since 1970.
    public var atMs: Int64
    /// The rollback that made it; nil for a player's.
    public var rollback: Int?

    /// Joins the parts.
    public init(_ change: CanvasChange, atMs: Int64, rollback: Int?) {
        self.change = change
        self.atMs = atMs
        self.rollback = rollback
    }
}
