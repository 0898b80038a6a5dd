import Engine
import Protocol

/// How far a pass over old changes is, and what it saw on its way down.
struct HistoryWalk {
    /// The horizon: no change after it is looked at.
    let top: Version
    /// The next change to look at has this version or a lower one.
    fileprivate var cursor: Version
    /// The cells and accounts whose latest placement was met.
    fileprivate var cells: CellMask
    fileprivate var accounts: Set<Identifier> = []
    /// The rollbacks' changes that stay, because later ones name them.
    fileprivate var keptRollbacks: Set<Version> = []
    /// The blocks whose index is to be cleared before the next one, from after one up to another, and by which
    /// columns yet.
    fileprivate var clearing: (after: Int64, through: Int64, columns: Range<Int>)?
    /// The version that the running epoch began at.
    fileprivate let epochStart: Version
}

/// Walks down over old changes and drops those that tell nothing of the present.
///
/// What takes something back goes in one transaction with what it took, so that between any two pieces, and after a
/// crash, owners are the same. Nothing goes that a change after the horizon names or counts.
struct HistoryWalker {
    /// What a dropped change takes with it.
    private struct Drop {
        var runs: [ClosedRange<Version>] = []
        var isRunOpen = false
        /// What players took back.
        var undone: [Version] = []
        /// The changes of rollbacks, and those that they took back.
        var rollbacks: [(version: Version, undoes: Version)] = []
        /// Changes of rollbacks that go with those that took them back.
        var pairs: Set<Version> = []

        mutating func add(_ row: Row) {
            let version = row.integer(0)
            if let undoes = row.optionalInteger(3) {
                if row.optionalInteger(4) == nil {
                    undone.append(undoes)
                } else if !pairs.contains(version) {
                    rollbacks.append((version, undoes))
                    pairs.insert(undoes)
                }
            }
            if isRunOpen, let last = runs.last {
                runs[runs.count - 1] = version...last.upperBound
            } else {
                runs.append(version...version)
            }
            isRunOpen = true
        }
    }

    private let connection: Connection
    private let running, look, drop, dropCounts, dropOne, dropRollback, dropTaken, dropTakenCounts: Statement
    /// One for each column that changes are indexed by.
    private let clear: [Statement]

    init(connection: Connection) throws(SQLiteFailure) {
        self.connection = connection
        running = try connection.prepare(
            "SELECT first_version, width, height FROM canvas_epochs ORDER BY first_version DESC LIMIT 1")
        look = try connection.prepare(
            """
            SELECT c.version, c.cell, c.account, c.undoes, c.rollback,
                (SELECT max(u.version) FROM canvas_changes u
                    WHERE u.undoes = c.version AND (u.rollback IS NULL OR c.undoes IS NOT NULL)),
                (SELECT max(r.change) FROM rollback_pixels r WHERE r.placement = c.version),
                (SELECT sum(r.pixels) FROM rollback_pixels r WHERE r.placement = c.version AND r.change <= ?3)
            FROM canvas_changes c WHERE c.version <= ?1 ORDER BY c.version DESC LIMIT ?2
            """)
        drop = try connection.prepare("DELETE FROM canvas_changes WHERE version >= ? AND version <= ?")
        dropCounts = try connection.prepare(
            "DELETE FROM rollback_pixels WHERE placement >= ? AND placement <= ?")
        dropOne = try connection.prepare("DELETE FROM canvas_changes WHERE version = ?")
        dropRollback = try connection.prepare(
            "DELETE FROM canvas_changes WHERE version = ? AND rollback IS NOT NULL")
        dropTaken = try connection.prepare(
            """
            DELETE FROM canvas_changes WHERE version IN (
                SELECT t.placement FROM rollback_pixels t
                WHERE t.change = ?1 AND t.pixels < 0
                AND (SELECT max(r.change) FROM rollback_pixels r WHERE r.placement = t.placement) <= ?2
                AND (SELECT sum(r.pixels) FROM rollback_pixels r WHERE r.placement = t.placement) < 0)
            """)
        dropTakenCounts = try connection.prepare(
            """
            DELETE FROM rollback_pixels WHERE change = ?1
            AND NOT EXISTS (SELECT 1 FROM canvas_changes c WHERE c.version = placement)
            """)
        var clear: [Statement] = []
        for column in ["cell", "account"] {
            clear.append(
                try connection.prepare(
                    """
                    DELETE FROM canvas_changes_by_\(column) AS i
                    WHERE i.block > ?1 AND i.block <= ?2 AND i.version <= ?3
                    AND NOT EXISTS (SELECT 1 FROM canvas_changes c WHERE c.version = i.version)
                    """))
        }
        self.clear = clear
    }

    /// Begins at a horizon.
    func begin(at top: Version) throws(SQLiteFailure) -> HistoryWalk {
        var epochStart: Version = 0
        var size: CanvasSize?
        try running.forEachRow { (row) throws(SQLiteFailure) in
            epochStart = row.integer(0)
            size = CanvasSize(width: Int(row.integer(1)), height: Int(row.integer(2)))
            return false
        }
        guard let size = size ?? CanvasSize(width: 1, height: 1) else {
            preconditionFailure("a canvas of one cell is within the limits")
        }
        return HistoryWalk(top: top, cursor: top, cells: CellMask(size: size), epochStart: epochStart)
    }

    /// Looks at the next changes, or clears the index of a block that is done; false at the end.
    func step(_ walk: inout HistoryWalk) throws(SQLiteFailure) -> Bool {
        if let (after, through, columns) = walk.clearing {
            guard let column = columns.first else {
                walk.clearing = nil
                return true
            }
            let values: [SQLValue] = [.integer(after), .integer(through), .integer(walk.top)]
            try connection.transaction { () throws(SQLiteFailure) in try clear[column].run(values) }
            walk.clearing = (after, through, columns.dropFirst())
            return true
        }
        guard walk.cursor > 0 else { return false }
        let block = walk.cursor / ChangeIndex.blockVersions
        var dropped = Drop()
        var next: Version = 0
        var left = HistoryThinning.pieceChanges
        let values: [SQLValue] = [.integer(walk.cursor), .integer(Int64(left) + 1), .integer(walk.top)]
        try look.forEachRow(values) { (row) throws(SQLiteFailure) in
            let version = row.integer(0)
            // A piece ends with its block, whose index is cleared before the next one.
            guard left > 0, version / ChangeIndex.blockVersions == block else {
                next = version
                return false
            }
            left -= 1
            if isNeeded(row, &walk) {
                dropped.isRunOpen = false
            } else {
                dropped.add(row)
            }
            return true
        }
        if !dropped.runs.isEmpty {
            try connection.transaction { () throws(SQLiteFailure) in try remove(dropped, top: walk.top) }
        }
        walk.cursor = next
        // Blocks between this one and the next were emptied before, perhaps by a run that ended there.
        let nextBlock = next == 0 ? -1 : next / ChangeIndex.blockVersions
        if nextBlock < block { walk.clearing = (nextBlock, block, clear.indices) }
        return true
    }

    private func remove(_ dropped: Drop, top: Version) throws(SQLiteFailure) {
        // With an undo goes what it took back, which would else seem to stand again.
        for version in dropped.undone { try dropOne.run([.integer(version)]) }
        for (version, undoes) in dropped.rollbacks {
            try dropTaken.run([.integer(version), .integer(top)])
            try dropRollback.run([.integer(undoes)])
        }
        for run in dropped.runs {
            let bounds: [SQLValue] = [.integer(run.lowerBound), .integer(run.upperBound)]
            try drop.run(bounds)
            try dropCounts.run(bounds)
        }
        for (version, _) in dropped.rollbacks { try dropTakenCounts.run([.integer(version)]) }
    }

    /// Whether a change tells whose a cell is, or what an account placed last, or will be asked for by what takes it
    /// back or gives it back.
    private func isNeeded(_ row: Row, _ walk: inout HistoryWalk) -> Bool {
        let version = row.integer(0)
        let namedBy = row.optionalInteger(5)
        guard row.optionalInteger(3) == nil else {
            guard let namedBy, namedBy > walk.top || walk.keptRollbacks.contains(namedBy) else {
                return false
            }
            walk.keptRollbacks.insert(version)
            return true
        }
        // Where it was taken back or given back after the horizon that is told, and perhaps still to be counted. What
        // lies beneath it is then on top, or may be again.
        if let namedBy { return namedBy > walk.top }
        if let counted = row.optionalInteger(6), counted > walk.top { return true }
        guard row.optionalInteger(7) ?? 0 == 0, version > walk.epochStart else { return false }
        let cell = Int(row.integer(1))
        let account = Identifier(stored: row.integer(2))
        guard cell < walk.cells.size.cellCount else { return false }
        let isTop = !walk.cells[cell]
        if isTop { walk.cells[cell] = true }
        let isLatest = walk.accounts.insert(account).inserted
        return isTop || isLatest
    }
}
