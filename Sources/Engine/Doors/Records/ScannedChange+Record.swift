public import Game

extension ScannedChange {
    /// What a search reads of a record.
    public init(_ record: ChangeRecord) {
        self.init(
            CanvasChange(
                version: record.version, cell: record.cell, color: record.color, account: record.account,
                undoes: record.undoes),
            atMs: record.atMs, rollback: record.rollback)
    }
}
