public import Protocol

/// One version of the canvas: a placement, or the taking back of one.
public struct CanvasChange: Hashable, Sendable {
    /// The version this change made.
    public let version: Version
    /// The cell, row by row.
    public let cell: Int
    /// The cell's color from this version on.
    public let color: UInt8
    /// Who placed, or who took back.
    public let account: Identifier
    /// For an undo: the version of the placement it took back.
    public let undoes: Version?
}
