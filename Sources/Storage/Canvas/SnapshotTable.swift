import Engine
import Protocol

/// The canvas's snapshots, thinned as they age.
///
/// The newest `keptWhole` all stay. Older ones stay one to a stretch of versions, so that any moment of the
/// canvas's history is a snapshot and at most a stretch of changes away. A stretch is 10,000 versions, or a
/// tenth of the cells where that is more: the snapshots then never outgrow the changes they shorten.
struct SnapshotTable {
    /// How many of the newest stay.
    static let keptWhole = 8

    private let insert, thin, newest: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        insert = try connection.prepare(
            """
            INSERT INTO canvas_snapshots (version, epoch, width, height, taken_at_ms, cells)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (version) DO UPDATE SET
                epoch = excluded.epoch, width = excluded.width, height = excluded.height,
                taken_at_ms = excluded.taken_at_ms, cells = excluded.cells
            """)
        // Each write pushes one snapshot out of the newest; it goes when its stretch has an older one.
        thin = try connection.prepare(
            """
            DELETE FROM canvas_snapshots AS aged
            WHERE version = (
                SELECT version FROM canvas_snapshots ORDER BY version DESC LIMIT 1 OFFSET \(Self.keptWhole))
            AND EXISTS (
                SELECT 1 FROM canvas_snapshots older
                WHERE older.version >= aged.version - aged.version % ?1 AND older.version < aged.version
                AND older.epoch = aged.epoch)
            """)
        newest = try connection.prepare(
            """
            SELECT version, width, height, cells FROM canvas_snapshots
            WHERE epoch = ? AND version >= ? ORDER BY version DESC
            """)
    }

    /// How many versions an aged snapshot stands for.
    static func stretch(of size: CanvasSize) -> Int64 {
        Int64(max(10_000, size.cellCount / 10))
    }

    /// Keeps a snapshot inside the caller's transaction.
    func write(_ snapshot: SnapshotAnswer, takenAtMs: Int64) throws(SQLiteFailure) {
        try insert.run([
            .integer(snapshot.version), .integer(Int64(snapshot.epoch)), .integer(Int64(snapshot.size.width)),
            .integer(Int64(snapshot.size.height)), .integer(takenAtMs), .blob(snapshot.zlib),
        ])
        try thin.run([.integer(Self.stretch(of: snapshot.size))])
    }

    /// The epoch's newest snapshot that inflates to a whole canvas, with its cells; a damaged one is passed over.
    func newestSound(in epoch: EpochRecord) throws(SQLiteFailure) -> (
        snapshot: SnapshotAnswer, cells: [UInt8]
    )? {
        var found: (snapshot: SnapshotAnswer, cells: [UInt8])?
        try newest.forEachRow([.integer(Int64(epoch.epoch)), .integer(epoch.firstVersion)]) {
            (row) throws(SQLiteFailure) in
            guard Int(row.integer(1)) == epoch.size.width, Int(row.integer(2)) == epoch.size.height else {
                return true
            }
            let zlib = row.blob(3)
            guard let cells = try? SnapshotCodec.inflate(zlib, cellCount: epoch.size.cellCount) else {
                return true
            }
            let snapshot = SnapshotAnswer(
                size: epoch.size, epoch: epoch.epoch, version: row.integer(0), zlib: zlib)
            found = (snapshot, cells)
            return false
        }
        return found
    }
}
