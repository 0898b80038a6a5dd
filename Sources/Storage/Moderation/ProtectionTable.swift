import Engine
import Protocol

/// Protected areas, those that ended too.
struct ProtectionTable {
    private let put: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        put = try connection.prepare(
            """
            INSERT INTO protected_areas
                (id, epoch, x0, y0, x1, y1, note, actor, actor_account, telegram_user, at_ms, ended_at_ms)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            ON CONFLICT (id) DO UPDATE SET ended_at_ms = excluded.ended_at_ms
            """)
    }

    /// Keeps one, or its end, inside the caller's transaction.
    func write(_ record: ProtectionRecord) throws(SQLiteFailure) {
        let (area, protection) = (record.protection.area, record.protection)
        try put.run(
            [.integer(Int64(area.id)), .integer(Int64(record.epoch))] + area.box.stored
                + [.text(area.note)] + protection.actor.stored
                + [.integer(protection.atMs), SQLValue(record.endedAtMs)])
    }

    /// The areas of an epoch that didn't end, the oldest first, and the highest number of all.
    static func recovered(
        of epoch: Int, _ connection: Connection
    ) throws(SQLiteFailure) -> (areas: [HostProtectedArea], lastID: Int) {
        var found: [HostProtectedArea] = []
        let all = try connection.prepare(
            """
            SELECT id, x0, y0, x1, y1, note, actor, actor_account, telegram_user, at_ms FROM protected_areas
            WHERE epoch = ? AND ended_at_ms IS NULL ORDER BY id
            """)
        try all.forEachRow([.integer(Int64(epoch))]) { (row) throws(SQLiteFailure) in
            let area = ProtectedArea(
                id: Int(row.integer(0)), box: CanvasBox(row, from: 1), note: row.text(5))
            found.append(HostProtectedArea(area: area, actor: Actor(row, from: 6), atMs: row.integer(9)))
            return true
        }
        return (found, Int(try connection.integer("SELECT max(id) FROM protected_areas") ?? 0))
    }
}
