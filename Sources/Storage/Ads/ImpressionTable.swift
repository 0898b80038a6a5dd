import Engine
import Protocol

/// Who was shown which ad, and whether to its end.
struct ImpressionTable {
    static let openSQL = """
        SELECT id, ad, account, guest, page, shown_at_ms FROM ad_impressions
        WHERE completed_at_ms IS NULL AND shown_at_ms > ? ORDER BY shown_at_ms, id < 0, id
        """

    private let impression, open: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        // An ad that a host took out of the table meanwhile has nothing to be counted on. The first time that
        // it was seen to its end stays.
        impression = try connection.prepare(
            """
            INSERT INTO ad_impressions (id, ad, account, guest, page, shown_at_ms, completed_at_ms)
            SELECT ?1, id, ?3, ?4, ?5, ?6, ?7 FROM ads WHERE id = ?2
            ON CONFLICT (id) DO UPDATE SET
                completed_at_ms = coalesce(completed_at_ms, excluded.completed_at_ms)
            """)
        open = try connection.prepare(Self.openSQL)
    }

    /// Writes that an ad is shown, or that it was seen to its end, inside the caller's transaction; written
    /// again it changes nothing.
    func write(_ record: ImpressionRecord) throws(SQLiteFailure) {
        let holder = SQLValue.integer(record.holder.stored)
        try impression.run([
            .integer(record.id.stored), .text(record.ad.rawValue), record.isGuest ? .null : holder,
            record.isGuest ? holder : .null, .text(record.page.rawValue), .integer(record.shownAtMs),
            SQLValue(record.completedAtMs),
        ])
    }

    /// Those that may still be seen to their end, oldest first.
    func open(nowMs: Int64) throws(SQLiteFailure) -> [ImpressionRecord] {
        var impressions: [ImpressionRecord] = []
        let sinceMs = nowMs - Int64(Limits.impressionLifetimeMs)
        try open.forEachRow([.integer(sinceMs)]) { (row) throws(SQLiteFailure) in
            guard let ad = AdID(rawValue: row.text(1)), let page = AdPage(rawValue: row.text(4)),
                let holder = row.optionalInteger(2) ?? row.optionalInteger(3)
            else { return true }
            impressions.append(
                ImpressionRecord(
                    id: Identifier(stored: row.integer(0)), ad: ad, holder: Identifier(stored: holder),
                    isGuest: row.optionalInteger(2) == nil, page: page, shownAtMs: row.integer(5)))
            return true
        }
        return impressions
    }
}
