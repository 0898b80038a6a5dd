import Engine
import Protocol

/// What hosts and moderators changed; rows are only ever added.
struct AuditTable {
    static let newestSQL = """
        SELECT e.id, e.at_ms, e.actor, coalesce(e.actor_account, e.telegram_user), a.name, e.action, e.subject,
            s.name, e.detail
        FROM audit e
        LEFT JOIN accounts a ON a.id = e.actor_account AND a.deleted_at_ms IS NULL
        LEFT JOIN accounts s ON s.id = e.subject_account AND s.deleted_at_ms IS NULL
        WHERE e.id < ?1 ORDER BY e.id DESC LIMIT ?2
        """

    private let entry, newest: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        entry = try connection.prepare(
            """
            INSERT INTO audit (at_ms, actor, actor_account, telegram_user, action, subject, subject_account, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """)
        newest = try connection.prepare(Self.newestSQL)
    }

    /// Adds a row inside the caller's transaction; written again it changes nothing.
    func write(_ record: AuditRecord) throws(SQLiteFailure) {
        var (word, account, user) = ("console", SQLValue.null, SQLValue.null)
        switch record.actor {
        case .console: break
        case .account(let id): (word, account) = ("account", .integer(id.stored))
        case .telegram(let number): (word, user) = ("telegram", .integer(number))
        }
        try entry.run([
            .integer(record.atMs), .text(word), account, user, .text(record.action), .text(record.subject),
            SQLValue(record.account?.stored), .text(record.detail),
        ])
    }

    /// The newest rows before a number, the newest first; before none: of all.
    func latest(_ limit: Int, before: Int?) throws(SQLiteFailure) -> [AuditEntry] {
        var entries: [AuditEntry] = []
        let values = [SQLValue.integer(before.map(Int64.init) ?? .max), .integer(Int64(limit))]
        try newest.forEachRow(values) { (row) throws(SQLiteFailure) in
            let actor: Actor =
                switch row.text(2) {
                case "account": .account(Identifier(stored: row.integer(3)))
                case "telegram": .telegram(user: row.integer(3))
                default: .console
                }
            entries.append(
                AuditEntry(
                    id: Int(row.integer(0)), atMs: row.integer(1), actor: actor,
                    actorName: row.optionalText(4), action: row.text(5), subject: row.text(6),
                    subjectName: row.optionalText(7), detail: row.text(8)))
            return true
        }
        return entries
    }
}
