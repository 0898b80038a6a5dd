public import Protocol

/// One version of the canvas: a placement, or a cell's way back to what it was before a change.
public struct CanvasChange: Hashable, Sendable {
    /// The version this change made.
    public let version: Version
    /// The cell, row by row.
    public let cell: Int
    /// The cell's color from this version on.
    public let color: UInt8
    /// Who placed, or whose undo it is; for a host's rollback, whose pixel went or came back.
    public let account: Identifier
    /// For an undo and a rollback: the cell is again what it was before this version.
    public let undoes: Version?

    /// Joins the parts.
    public init(version: Version, cell: Int, color: UInt8, account: Identifier, undoes: Version?) {
        self.version = version
        self.cell = cell
        self.color = color
        self.account = account
        self.undoes = undoes
    }
}
