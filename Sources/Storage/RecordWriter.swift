import Engine
import Protocol

/// Writes records with statements prepared once.
struct RecordWriter {
    private let change, account, session, refreshToken, spentTokens, epoch: Statement
    private let snapshots: SnapshotTable

    init(connection: Connection, snapshots: SnapshotTable) throws(SQLiteFailure) {
        self.snapshots = snapshots
        change = try connection.prepare(
            "INSERT INTO canvas_changes (version, cell, color, account, at_ms, undoes) VALUES (?, ?, ?, ?, ?, ?)"
        )
        account = try connection.prepare(
            """
            INSERT INTO accounts (id, name, public_key, created_at_ms) VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                name = excluded.name, public_key = excluded.public_key, created_at_ms = excluded.created_at_ms
            """)
        session = try connection.prepare(
            """
            INSERT INTO sessions (id, account, generation, expires_at_ms) VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                account = excluded.account, generation = excluded.generation,
                expires_at_ms = excluded.expires_at_ms
            """)
        refreshToken = try connection.prepare(
            """
            INSERT INTO refresh_tokens (session, generation, hash, expires_at_ms) VALUES (?, ?, ?, ?)
            ON CONFLICT (session, generation) DO UPDATE SET
                hash = excluded.hash, expires_at_ms = excluded.expires_at_ms
            """)
        spentTokens = try connection.prepare(
            "DELETE FROM refresh_tokens WHERE session = ? AND expires_at_ms <= ?")
        epoch = try connection.prepare(
            "INSERT INTO canvas_epochs (epoch, first_version, width, height, started_at_ms) VALUES (?, ?, ?, ?, ?)"
        )
    }

    /// Writes one record inside the caller's transaction.
    func write(_ record: Record) throws(SQLiteFailure) {
        switch record {
        case .change(let change): try write(change)
        case .account(let account): try write(account)
        case .session(let session): try write(session)
        case .snapshot(let snapshot, let takenAtMs): try snapshots.write(snapshot, takenAtMs: takenAtMs)
        case .epoch(let epoch): try write(epoch)
        }
    }

    private func write(_ record: ChangeRecord) throws(SQLiteFailure) {
        try change.run([
            .integer(record.version), .integer(Int64(record.cell)), .integer(Int64(record.color)),
            .integer(record.account.stored), .integer(record.atMs), SQLValue(record.undoes),
        ])
    }

    private func write(_ record: AccountRecord) throws(SQLiteFailure) {
        try account.run([
            .integer(record.id.stored), .text(record.name), .blob(record.publicKey),
            .integer(record.createdAtMs),
        ])
    }

    /// Keeps the family's earlier tokens until they would have ended, so that a reuse can be told from a guess.
    private func write(_ record: SessionRecord) throws(SQLiteFailure) {
        let id = SQLValue.integer(record.id.stored)
        let generation = SQLValue.integer(Int64(record.generation))
        try session.run([id, .integer(record.account.stored), generation, .integer(record.expiresAtMs)])
        try refreshToken.run([id, generation, .blob(record.refreshHash), .integer(record.expiresAtMs)])
        let rotatedAtMs = record.expiresAtMs - Int64(Limits.refreshTokenSeconds) * 1_000
        try spentTokens.run([id, .integer(rotatedAtMs)])
    }

    private func write(_ record: EpochRecord) throws(SQLiteFailure) {
        try epoch.run([
            .integer(Int64(record.epoch)), .integer(record.firstVersion), .integer(Int64(record.size.width)),
            .integer(Int64(record.size.height)), .integer(record.startedAtMs),
        ])
    }
}

extension Identifier {
    /// The 64 bits as SQL's signed integer.
    var stored: Int64 { Int64(bitPattern: rawValue) }

    /// Reads SQL's signed integer.
    init(stored: Int64) { self.init(rawValue: UInt64(bitPattern: stored)) }
}
