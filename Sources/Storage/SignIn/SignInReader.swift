import Engine
import Game
import Protocol

/// Reads accounts, sign-ins and guests at a start, and drops what ended while nobody looked.
struct SignInReader {
    let connection: Connection

    /// Deletes sign-ins and guests that have ended, and every presence: whoever was here is so no more.
    func dropEnded(nowMs: Int64) throws(SQLiteFailure) {
        let now = SQLValue.integer(nowMs)
        var due: [(drop: Statement, values: [SQLValue])] = []
        for (ended, values) in [
            ("FROM sessions WHERE expires_at_ms <= ?", [now]),
            ("FROM guests WHERE expires_at_ms <= ?", [now]),
            ("FROM presences", []),
        ] {
            guard try connection.prepare("SELECT 1 \(ended) LIMIT 1").integer(values) != nil else { continue }
            due.append((try connection.prepare("DELETE \(ended)"), values))
        }
        // Where there is nothing to drop nothing is written.
        guard !due.isEmpty else { return }
        try connection.transaction { () throws(SQLiteFailure) in
            for (drop, values) in due { try drop.run(values) }
        }
    }

    /// Every account that isn't deleted; one whose skin a host has taken out of the table wears none.
    func accounts() throws(SQLiteFailure) -> [AccountRecord] {
        var accounts: [AccountRecord] = []
        let all = try connection.prepare(
            """
            SELECT a.id, a.name, a.public_key, a.created_at_ms, a.role, a.points, s.id, a.streak_days,
                a.streak_day, a.ban_reason, a.ban_until_ms, a.google_sub
            FROM accounts a LEFT JOIN skins s ON s.id = a.skin
            WHERE a.deleted_at_ms IS NULL ORDER BY a.id
            """)
        try all.forEachRow { (row) throws(SQLiteFailure) in
            var account = AccountRecord(
                id: Identifier(stored: row.integer(0)), name: row.text(1), publicKey: row.optionalBlob(2),
                createdAtMs: row.integer(3),
                // The table's CHECK leaves no other words; should damage bring one, it gives no rights.
                role: Role(rawValue: row.text(4)) ?? .player, points: Int(row.integer(5)))
            account.skin = row.optionalText(6).flatMap(SkinID.init(rawValue:))
            account.streak = LoginStreak(days: Int(row.integer(7)), lastDay: Int(row.integer(8)))
            account.banReason = row.optionalText(9)
            account.banUntilMs = row.optionalInteger(10)
            account.googleID = row.optionalText(11)
            accounts.append(account)
            return true
        }
        return accounts
    }

    /// Every sign-in, with the hashes of its latest refresh token and of the one before, where that is kept.
    func sessions() throws(SQLiteFailure) -> [SessionRecord] {
        var sessions: [SessionRecord] = []
        let all = try connection.prepare(
            """
            SELECT s.id, s.account, t.hash, p.hash, s.generation, t.issued_at_ms, s.expires_at_ms
            FROM sessions s
            JOIN refresh_tokens t ON t.session = s.id AND t.generation = s.generation
            LEFT JOIN refresh_tokens p ON p.session = s.id AND p.generation = s.generation - 1
            ORDER BY s.id
            """)
        try all.forEachRow { (row) throws(SQLiteFailure) in
            sessions.append(
                SessionRecord(
                    id: Identifier(stored: row.integer(0)), account: Identifier(stored: row.integer(1)),
                    refreshHash: row.blob(2), previousHash: row.optionalBlob(3),
                    generation: Int(row.integer(4)), refreshedAtMs: row.integer(5),
                    expiresAtMs: row.integer(6)))
            return true
        }
        return sessions
    }

    /// Every guest whose token doesn't say all.
    func guests() throws(SQLiteFailure) -> [GuestRecord] {
        var guests: [GuestRecord] = []
        let all = try connection.prepare("SELECT id, name, is_removed, expires_at_ms FROM guests ORDER BY id")
        try all.forEachRow { (row) throws(SQLiteFailure) in
            guests.append(
                GuestRecord(
                    id: Identifier(stored: row.integer(0)), name: row.text(1),
                    isRemoved: row.integer(2) != 0, expiresAtMs: row.integer(3)))
            return true
        }
        return guests
    }
}
