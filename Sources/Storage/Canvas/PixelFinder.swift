import Engine
import Protocol

/// Answers the questions about who placed what.
struct PixelFinder {
    private let epochBounds, undoOf, takenBack, accountName: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        epochBounds = try connection.prepare(
            """
            SELECT e.first_version,
                (SELECT min(n.first_version) FROM canvas_epochs n WHERE n.first_version > e.first_version)
            FROM canvas_epochs e WHERE e.epoch = ?
            """)
        undoOf = try connection.prepare(
            "SELECT version FROM canvas_changes WHERE undoes = ? AND rollback IS NULL")
        takenBack = try connection.prepare("SELECT sum(pixels) FROM rollback_pixels WHERE placement = ?")
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

    /// What the search for an account's latest placement came to.
    enum Latest {
        /// Nil where there is none.
        case found(StoredPixel?)
        /// So many were taken back that the search goes on before this version.
        case goesOn(before: Version)
    }

    /// An account's latest placement that wasn't taken back, of those before a version.
    ///
    /// Walks down the account's placements, so far that no commit waits long for it.
    func lastPixel(
        of account: Identifier, in epoch: Int, before bound: Version, through index: ChangeIndex
    ) throws(SQLiteFailure) -> Latest {
        guard let all = try versions(of: epoch), bound > all.lowerBound else { return .found(nil) }
        let versions = all.lowerBound..<min(all.upperBound, bound)
        var last: ChangeRecord?
        var (read, lowest) = (0, versions.upperBound)
        try index.forEachChange(of: .account(account), in: versions) { (change) throws(SQLiteFailure) in
            read += 1
            lowest = change.version
            if change.undoes == nil, try stands(change) {
                last = change
                return false
            }
            return read < Limits.maxLastPixelReads
        }
        if let last { return .found(try pixel(last)) }
        return read < Limits.maxLastPixelReads ? .found(nil) : .goesOn(before: lowest)
    }

    /// Whether neither its player nor a host took a placement back.
    private func stands(_ placement: ChangeRecord) throws(SQLiteFailure) -> Bool {
        let version = SQLValue.integer(placement.version)
        if try undoOf.integer([version]) != nil { return false }
        return try takenBack.integer([version]) ?? 0 == 0
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
