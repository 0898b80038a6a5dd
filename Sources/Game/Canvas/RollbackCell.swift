public import Protocol

/// A cell that goes back.
public struct RollbackCell: Hashable, Sendable {
    /// The cell, row by row.
    public var cell: Int
    /// The color that it goes back to.
    public var color: UInt8
    /// It is again what it was before this version.
    public var undoes: Version
    /// Whose pixel goes or comes back.
    public var account: Identifier
    /// The placements that are taken back, the oldest first; none where a rollback is undone.
    public var placements: [Version]

    /// Joins the parts.
    public init(
        cell: Int, color: UInt8, undoes: Version, account: Identifier, placements: [Version]
    ) {
        self.cell = cell
        self.color = color
        self.undoes = undoes
        self.account = account
        self.placements = placements
    }
}

/// How much a search found.
public struct RollbackCount: Hashable, Sendable {
    /// Cells that go back.
    public var cells: Int
    /// Placements that are taken back.
    public var placements: Int
    /// Accounts whose they are.
    public var accounts: Int

    /// Joins the parts.
    public init(cells: Int, placements: Int, accounts: Int) {
        self.cells = cells
        self.placements = placements
        self.accounts = accounts
    }
}
