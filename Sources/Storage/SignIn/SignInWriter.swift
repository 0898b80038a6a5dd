import Engine
import Game
import Protocol

/// Writes accounts, sign-ins and who is here, each so that writing it again changes nothing.
struct SignInWriter {
    private let account, session, endSession, refreshToken, spentTokens: Statement
    private let presence, endPresence, endPresences, guest, endGuest: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        account = try connection.prepare(
            """
            INSERT INTO accounts (id, name, public_key, created_at_ms, role, points, deleted_at_ms, skin,
                streak_days, streak_day, ban_reason, ban_until_ms, google_sub)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                name = excluded.name, public_key = excluded.public_key, created_at_ms = excluded.created_at_ms,
                role = excluded.role, points = excluded.points, deleted_at_ms = excluded.deleted_at_ms,
                skin = excluded.skin, streak_days = excluded.streak_days, streak_day = excluded.streak_day,
                ban_reason = excluded.ban_reason, ban_until_ms = excluded.ban_until_ms,
                google_sub = excluded.google_sub
            """)
        session = try connection.prepare(
            """
            INSERT INTO sessions (id, account, generation, expires_at_ms) VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                account = excluded.account, generation = excluded.generation,
                expires_at_ms = excluded.expires_at_ms
            """)
        endSession = try connection.prepare("DELETE FROM sessions WHERE id = ?")
        refreshToken = try connection.prepare(
            """
            INSERT INTO refresh_tokens (session, generation, hash, issued_at_ms, expires_at_ms)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (session, generation) DO UPDATE SET
                hash = excluded.hash, issued_at_ms = excluded.issued_at_ms,
                expires_at_ms = excluded.expires_at_ms
            """)
        spentTokens = try connection.prepare(
            "DELETE FROM refresh_tokens WHERE session = ? AND generation < ? AND expires_at_ms <= ?")
        presence = try connection.prepare(
            """
            INSERT INTO presences (session, holder, kind, since_ms) VALUES (?, ?, ?, ?)
            ON CONFLICT (session) DO UPDATE SET
                holder = excluded.holder, kind = excluded.kind, since_ms = excluded.since_ms
            """)
        endPresences = try connection.prepare("DELETE FROM presences")
        endPresence = try connection.prepare("DELETE FROM presences WHERE session = ?")
        guest = try connection.prepare(
            """
            INSERT INTO guests (id, name, is_removed, expires_at_ms) VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                name = excluded.name, is_removed = excluded.is_removed, expires_at_ms = excluded.expires_at_ms
            """)
        endGuest = try connection.prepare("DELETE FROM guests WHERE id = ?")
    }

    /// Writes an account, or what became of it, inside the caller's transaction like all that follows.
    func write(_ record: AccountRecord) throws(SQLiteFailure) {
        try account.run([
            .integer(record.id.stored), .text(record.name), SQLValue(record.publicKey),
            .integer(record.createdAtMs), .text(record.role.rawValue), .integer(Int64(record.points)),
            SQLValue(record.deletedAtMs), SQLValue(record.skin?.rawValue),
            .integer(Int64(record.streak.days)), .integer(Int64(record.streak.lastDay)),
            SQLValue(record.banReason), SQLValue(record.banUntilMs), SQLValue(record.googleID),
        ])
    }

    /// Writes a sign-in's latest token beside the earlier ones, which stay until their own end, so that a reuse
    /// can be told from a guess; the hash before the latest has its row already.
    func write(_ record: SessionRecord) throws(SQLiteFailure) {
        let id = SQLValue.integer(record.id.stored)
        let generation = SQLValue.integer(Int64(record.generation))
        let refreshedAtMs = SQLValue.integer(record.refreshedAtMs)
        let expiresAtMs = SQLValue.integer(record.expiresAtMs)
        try session.run([id, .integer(record.account.stored), generation, expiresAtMs])
        try refreshToken.run([id, generation, .blob(record.refreshHash), refreshedAtMs, expiresAtMs])
        try spentTokens.run([id, generation, refreshedAtMs])
    }

    /// Deletes a sign-in; its tokens go with it.
    func end(session id: Identifier) throws(SQLiteFailure) {
        try endSession.run([.integer(id.stored)])
    }

    /// Writes who is here.
    func write(_ record: PresenceRecord) throws(SQLiteFailure) {
        try presence.run([
            .integer(record.session.stored), .integer(record.holder.stored),
            .text(record.isGuest ? "guest" : "account"), .integer(record.sinceMs),
        ])
    }

    /// Deletes every presence.
    func clearPresences() throws(SQLiteFailure) { try endPresences.run() }

    /// Deletes a sign-in's presence.
    func end(presenceOf session: Identifier) throws(SQLiteFailure) {
        try endPresence.run([.integer(session.stored)])
    }

    /// Writes what a guest's token doesn't say.
    func write(_ record: GuestRecord) throws(SQLiteFailure) {
        try guest.run([
            .integer(record.id.stored), .text(record.name), .integer(record.isRemoved ? 1 : 0),
            .integer(record.expiresAtMs),
        ])
    }

    /// Deletes a guest.
    func end(guest id: Identifier) throws(SQLiteFailure) {
        try endGuest.run([.integer(id.stored)])
    }
}
