import Engine
import Protocol

/// Answers the questions about who placed what.
struct PixelFinder {
    private let epochBounds, undoOf, accountName: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        epochBounds = try connection.prepare(
            """
            SELECT e.first_version,
                (SELECT min(n.first_version) FROM canvas_epochs n WHERE n.first_version > e.first_version)
            FROM canvas_epochs e WHERE e.epoch = ?
            """)
        undoOf = try connection.prepare("SELECT version FROM canvas_changes WHERE undoes = ?")
        accountName = try connection.prepare("SELECT name FROM accounts WHERE id = ?")
    }

    /// The placement on top of a cell; nil where nothing was placed, or all of it taken back.
    ///
    /// Walks down the cell's changes; an undo leads below the placement that it took back.
    func topPixel(
        of cell: Int, in epoch: Int, through index: ChangeIndex
    ) throws(SQLiteFailure) -> StoredPixel? {
        guard let versions = try versions(of: epoch) else { return nil }
        var below = versions.upperBound
        var top: ChangeRecord?
        try index.forEachChange(of: .cell(cell), in: versions) { (change) throws(SQLiteFailure) in
            guard change.version < below else { return true }
            guard let undone = change.undoes else {
                top = change
                return false
            }
            below = min(below, undone)
            return true
        }
        return try top.map { (change) throws(SQLiteFailure) in try pixel(change) }
    }

    /// An account's latest placement that wasn't taken back; nil where there is none.
    ///
    /// Walks down the account's placements.
    func lastPixel(
        of account: Identifier, in epoch: Int, through index: ChangeIndex
    ) throws(SQLiteFailure) -> StoredPixel? {
        guard let versions = try versions(of: epoch) else { return nil }
        var last: ChangeRecord?
        try index.forEachChange(of: .account(account), in: versions) { (change) throws(SQLiteFailure) in
            if change.undoes != nil { return true }
            if try undoOf.integer([.integer(change.version)]) != nil { return true }
            last = change
            return false
        }
        return try last.map { (change) throws(SQLiteFailure) in try pixel(change) }
    }

    /// The versions that changes of an epoch can have; nil for an epoch that never was.
    private func versions(of epoch: Int) throws(SQLiteFailure) -> Range<Version>? {
        var found: Range<Version>?
        try epochBounds.forEachRow([.integer(Int64(epoch))]) { (row) throws(SQLiteFailure) in
            let first = row.integer(0)
            found = first + 1..<max(first + 1, row.optionalInteger(1) ?? Version.max)
            return false
        }
        return found
    }

    private func pixel(_ change: ChangeRecord) throws(SQLiteFailure) -> StoredPixel {
        var name = ""
        try accountName.forEachRow([.integer(change.account.stored)]) { (row) throws(SQLiteFailure) in
            name = row.text(0)
            return false
        }
        return StoredPixel(
            version: change.version, cell: change.cell, color: change.color,
            account: AccountName(id: change.account, name: name), placedAtMs: change.atMs)
    }
}
