extension Migration {
    /// The second schema: roles, deleted accounts, how old a refresh token is, and who is here.
    ///
    /// A presence's sign-in has no row in `sessions` where it is a guest's, so nothing refers to that table.
    static let whoPlays = Migration(
        version: 2, name: "who plays",
        sql: """
            ALTER TABLE accounts ADD COLUMN role TEXT NOT NULL DEFAULT 'player'
                CHECK (role IN ('player', 'moderator', 'admin'));
            ALTER TABLE accounts ADD COLUMN deleted_at_ms INTEGER;

            -- Made anew, because a column added to it could be NOT NULL only with a time that is nobody's. What
            -- the first schema kept was made a week before its end.
            CREATE TABLE refresh_tokens_with_age (
                session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                generation INTEGER NOT NULL,
                hash BLOB NOT NULL CHECK (length(hash) = 32),
                issued_at_ms INTEGER NOT NULL,
                expires_at_ms INTEGER NOT NULL,
                PRIMARY KEY (session, generation)
            ) STRICT, WITHOUT ROWID;
            INSERT INTO refresh_tokens_with_age (session, generation, hash, issued_at_ms, expires_at_ms)
            SELECT session, generation, hash, expires_at_ms - 604800000, expires_at_ms
            FROM refresh_tokens ORDER BY session, generation;
            DROP TABLE refresh_tokens;
            ALTER TABLE refresh_tokens_with_age RENAME TO refresh_tokens;
            CREATE INDEX refresh_tokens_by_hash ON refresh_tokens (hash);

            CREATE TABLE presences (
                session INTEGER PRIMARY KEY,
                holder INTEGER NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('account', 'guest')),
                since_ms INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE guests (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                is_removed INTEGER NOT NULL CHECK (is_removed IN (0, 1)),
                expires_at_ms INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE flags (
                id INTEGER PRIMARY KEY,
                account INTEGER NOT NULL REFERENCES accounts (id),
                reason TEXT NOT NULL,
                at_ms INTEGER NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX flags_by_account ON flags (account, at_ms, reason);

            DROP VIEW accounts_readable;
            CREATE VIEW accounts_readable AS
            SELECT \(identifierText("id")) AS id, name, lower(hex(public_key)) AS public_key, role,
                \(timeText("created_at_ms")) AS created_at, \(timeText("deleted_at_ms")) AS deleted_at
            FROM accounts;

            DROP VIEW sessions_readable;
            CREATE VIEW sessions_readable AS
            SELECT \(identifierText("s.id")) AS id, \(identifierText("s.account")) AS account, a.name, s.generation,
                \(timeText("t.issued_at_ms")) AS refreshed_at, \(timeText("s.expires_at_ms")) AS expires_at
            FROM sessions s JOIN accounts a ON a.id = s.account
            LEFT JOIN refresh_tokens t ON t.session = s.id AND t.generation = s.generation;

            CREATE VIEW refresh_tokens_readable AS
            SELECT \(identifierText("session")) AS session, generation, lower(hex(hash)) AS hash,
                \(timeText("issued_at_ms")) AS issued_at, \(timeText("expires_at_ms")) AS expires_at
            FROM refresh_tokens;

            CREATE VIEW presences_readable AS
            SELECT \(identifierText("p.session")) AS session, \(identifierText("p.holder")) AS holder, p.kind,
                coalesce(a.name, g.name) AS name, \(timeText("p.since_ms")) AS since
            FROM presences p
            LEFT JOIN accounts a ON a.id = p.holder AND p.kind = 'account'
            LEFT JOIN guests g ON g.id = p.holder AND p.kind = 'guest';

            CREATE VIEW guests_readable AS
            SELECT \(identifierText("id")) AS id, name, is_removed, \(timeText("expires_at_ms")) AS expires_at
            FROM guests;

            CREATE VIEW flags_readable AS
            SELECT f.id, \(identifierText("f.account")) AS account, a.name, f.reason, \(timeText("f.at_ms")) AS at
            FROM flags f LEFT JOIN accounts a ON a.id = f.account;
            """)
}
