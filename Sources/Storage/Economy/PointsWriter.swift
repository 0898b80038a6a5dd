import Engine
import Protocol

/// Writes why accounts' profile points changed.
struct PointsWriter {
    private let entry: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        entry = try connection.prepare(
            """
            INSERT INTO point_entries (account, points, reason, source, at_ms) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (account, reason, source) DO NOTHING
            """)
    }

    /// Writes an entry inside the caller's transaction; a game, a day or a skin gives an account one.
    func write(_ record: PointsRecord) throws(SQLiteFailure) {
        try entry.run([
            .integer(record.account.stored), .integer(Int64(record.points)), .text(record.reason.rawValue),
            .text(record.source), .integer(record.atMs),
        ])
    }
}
