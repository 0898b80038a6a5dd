import Engine
import Protocol

/// What players wrote to the host.
struct FeedbackTable {
    /// How many messages a host is shown.
    static let maxShown = 500
    static let newestSQL = """
        SELECT f.id, a.id, a.name, f.account IS NULL, f.message, f.at_ms
        FROM feedback f LEFT JOIN accounts a ON a.id = f.account AND a.deleted_at_ms IS NULL
        ORDER BY f.id DESC LIMIT \(maxShown)
        """
    static let sinceSQL = """
        SELECT account, guest, message, at_ms FROM feedback WHERE at_ms > ? ORDER BY at_ms, id
        """
    private static let hourMs: Int64 = 3_600_000

    private let message, newest, since: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        message = try connection.prepare(
            """
            INSERT INTO feedback (account, guest, message, at_ms) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
            """)
        newest = try connection.prepare(Self.newestSQL)
        since = try connection.prepare(Self.sinceSQL)
    }

    /// Writes a message inside the caller's transaction; the same one of the same moment is kept once.
    func write(_ record: FeedbackRecord) throws(SQLiteFailure) {
        let holder = SQLValue.integer(record.holder.stored)
        try message.run([
            record.isGuest ? .null : holder, record.isGuest ? holder : .null, .text(record.message.text),
            .integer(record.atMs),
        ])
    }

    /// The newest messages, the newest first.
    func latest() throws(SQLiteFailure) -> [FeedbackEntry] {
        var entries: [FeedbackEntry] = []
        try newest.forEachRow { (row) throws(SQLiteFailure) in
            let account = row.optionalInteger(1).map {
                AccountName(id: Identifier(stored: $0), name: row.text(2))
            }
            entries.append(
                FeedbackEntry(
                    id: Int(row.integer(0)), account: account, isGuest: row.integer(3) != 0,
                    message: row.text(4), atMs: row.integer(5)))
            return true
        }
        return entries
    }

    /// What was written within the last hour, oldest first.
    func ofLastHour(nowMs: Int64) throws(SQLiteFailure) -> [FeedbackRecord] {
        var records: [FeedbackRecord] = []
        try since.forEachRow([.integer(nowMs - Self.hourMs)]) { (row) throws(SQLiteFailure) in
            guard let holder = row.optionalInteger(0) ?? row.optionalInteger(1),
                let message = FeedbackMessage(row.text(2))
            else { return true }
            records.append(
                FeedbackRecord(
                    holder: Identifier(stored: holder), isGuest: row.optionalInteger(0) == nil,
                    message: message, atMs: row.integer(3)))
            return true
        }
        return records
    }
}
