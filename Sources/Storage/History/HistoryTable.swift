import Engine
import Protocol

/// Reads the canvas's past: epochs, snapshots, and the changes after the horizon.
struct HistoryTable {
    /// An epoch and the versions it has.
    struct Epoch {
        var record: EpochRecord
        /// The first version of the next epoch; nil for the running one.
        var nextVersion: Version?
        /// When the next one began, in milliseconds since 1970.
        var endedAtMs: Int64?

        /// Its last version where nothing counts that comes after another.
        func lastVersion(through: Version) -> Version {
            min(through, nextVersion.map { $0 - 1 } ?? through)
        }
    }

    /// The first version that can be told, and when it was made.
    struct Horizon {
        var version: Version
        var atMs: Int64
    }

    private let allEpochs, horizonRow, change, base, changes, page, accountName: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        allEpochs = try connection.prepare(
            """
            SELECT epoch, first_version, width, height, started_at_ms FROM canvas_epochs ORDER BY first_version
            """)
        horizonRow = try connection.prepare(Self.horizonSQL)
        change = try connection.prepare("SELECT at_ms FROM canvas_changes WHERE version = ?")
        base = try connection.prepare(
            """
            SELECT version, cells FROM canvas_snapshots
            WHERE epoch = ? AND version >= ? AND version <= ? AND width = ? AND height = ?
            ORDER BY version DESC LIMIT 1
            """)
        changes = try connection.prepare(
            """
            SELECT version, cell, color FROM canvas_changes
            WHERE version > ? AND version <= ? ORDER BY version LIMIT ?
            """)
        page = try connection.prepare(
            """
            SELECT \(ChangeRecord.columns) FROM canvas_changes c
            WHERE c.version > ? AND c.version <= ? ORDER BY c.version LIMIT ?
            """)
        accountName = try connection.prepare("SELECT name FROM accounts WHERE id = ?")
    }

    /// All epochs, oldest first.
    func epochs() throws(SQLiteFailure) -> [Epoch] {
        var epochs: [Epoch] = []
        try allEpochs.forEachRow { (row) throws(SQLiteFailure) in
            guard let size = CanvasSize(width: Int(row.integer(2)), height: Int(row.integer(3))) else {
                return true
            }
            let record = EpochRecord(
                epoch: Int(row.integer(0)), firstVersion: row.integer(1), size: size,
                startedAtMs: row.integer(4))
            if !epochs.isEmpty {
                epochs[epochs.count - 1].nextVersion = record.firstVersion
                epochs[epochs.count - 1].endedAtMs = record.startedAtMs
            }
            epochs.append(Epoch(record: record))
            return true
        }
        return epochs
    }

    /// Where the past begins; nil where nothing was dropped.
    func horizon() throws(SQLiteFailure) -> Horizon? { try Self.read(horizonRow) }

    /// The same, for who looks once.
    static func horizon(_ connection: Connection) throws(SQLiteFailure) -> Horizon? {
        try read(connection.prepare(horizonSQL))
    }

    private static let horizonSQL = "SELECT version, at_ms FROM history_horizon"

    private static func read(_ horizonRow: Statement) throws(SQLiteFailure) -> Horizon? {
        var horizon: Horizon?
        try horizonRow.forEachRow { (row) throws(SQLiteFailure) in
            horizon = Horizon(version: row.integer(0), atMs: row.integer(1))
            return false
        }
        return horizon
    }

    /// When a version was made, in milliseconds since 1970; nil where no change is kept that made it.
    func timeMs(of version: Version) throws(SQLiteFailure) -> Int64? {
        try change.integer([.integer(version)])
    }

    /// The newest snapshot of an epoch between two versions; nil where there is none.
    func snapshot(
        of epoch: EpochRecord, in versions: ClosedRange<Version>
    ) throws(SQLiteFailure) -> (version: Version, zlib: [UInt8])? {
        var found: (Version, [UInt8])?
        let values: [SQLValue] = [
            .integer(Int64(epoch.epoch)), .integer(versions.lowerBound), .integer(versions.upperBound),
            .integer(Int64(epoch.size.width)), .integer(Int64(epoch.size.height)),
        ]
        try base.forEachRow(values) { (row) throws(SQLiteFailure) in
            found = (row.integer(0), row.blob(1))
            return false
        }
        return found
    }

    /// Hands over cells and colors of the changes after one version up to another, so many at most.
    func forEachColor(
        after low: Version, through high: Version, limit: Int,
        _ body: (_ version: Version, _ cell: Int, _ color: UInt8) -> Bool
    ) throws(SQLiteFailure) {
        let values: [SQLValue] = [.integer(low), .integer(high), .integer(Int64(limit))]
        try changes.forEachRow(values) { (row) throws(SQLiteFailure) in
            body(row.integer(0), Int(row.integer(1)), UInt8(truncatingIfNeeded: row.integer(2)))
        }
    }

    /// Hands over the changes after one version up to another, so many at most.
    func forEachChange(
        after low: Version, through high: Version, limit: Int, _ body: (ChangeRecord) -> Bool
    ) throws(SQLiteFailure) {
        let values: [SQLValue] = [.integer(low), .integer(high), .integer(Int64(limit))]
        try page.forEachRow(values) { (row) throws(SQLiteFailure) in body(ChangeRecord(row)) }
    }

    /// An account's name; empty where there is no such account.
    func name(of account: Identifier) throws(SQLiteFailure) -> String {
        var name = ""
        try accountName.forEachRow([.integer(account.stored)]) { (row) throws(SQLiteFailure) in
            name = row.text(0)
            return false
        }
        return name
    }
}
