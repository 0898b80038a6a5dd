extension Migration {
    /// The first schema: the canvas's history, accounts and their sign-ins.
    ///
    /// Identifiers are the 64 bits as a signed integer; the `_readable` views show their 13 characters, and
    /// times as RFC 3339.
    static let canvasAndSignIn = Migration(
        version: 1, name: "canvas and sign-in",
        sql: """
            CREATE TABLE schema_migrations (
                version INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                applied_at TEXT NOT NULL
            ) STRICT;

            CREATE TABLE accounts (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL COLLATE NOCASE UNIQUE,
                public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
                created_at_ms INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE sessions (
                id INTEGER PRIMARY KEY,
                account INTEGER NOT NULL REFERENCES accounts (id),
                generation INTEGER NOT NULL,
                expires_at_ms INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX sessions_by_account ON sessions (account);

            CREATE TABLE refresh_tokens (
                session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                generation INTEGER NOT NULL,
                hash BLOB NOT NULL CHECK (length(hash) = 32),
                expires_at_ms INTEGER NOT NULL,
                PRIMARY KEY (session, generation)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE canvas_epochs (
                epoch INTEGER PRIMARY KEY,
                first_version INTEGER NOT NULL UNIQUE,
                width INTEGER NOT NULL,
                height INTEGER NOT NULL,
                started_at_ms INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE canvas_changes (
                version INTEGER PRIMARY KEY,
                cell INTEGER NOT NULL,
                color INTEGER NOT NULL,
                account INTEGER NOT NULL REFERENCES accounts (id),
                at_ms INTEGER NOT NULL,
                undoes INTEGER
            ) STRICT;
            CREATE INDEX canvas_changes_by_undone ON canvas_changes (undoes) WHERE undoes IS NOT NULL;

            CREATE TABLE canvas_changes_by_cell (
                block INTEGER NOT NULL,
                cell INTEGER NOT NULL,
                version INTEGER NOT NULL,
                PRIMARY KEY (block, cell, version)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE canvas_changes_by_account (
                block INTEGER NOT NULL,
                account INTEGER NOT NULL,
                version INTEGER NOT NULL,
                PRIMARY KEY (block, account, version)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE canvas_snapshots (
                version INTEGER PRIMARY KEY,
                epoch INTEGER NOT NULL REFERENCES canvas_epochs (epoch),
                width INTEGER NOT NULL,
                height INTEGER NOT NULL,
                taken_at_ms INTEGER NOT NULL,
                cells BLOB NOT NULL
            ) STRICT;

            CREATE TABLE storage_probe (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                padding BLOB NOT NULL
            ) STRICT;

            CREATE VIEW accounts_readable AS
            SELECT \(identifierText("id")) AS id, name, lower(hex(public_key)) AS public_key,
                \(timeText("created_at_ms")) AS created_at
            FROM accounts;

            CREATE VIEW sessions_readable AS
            SELECT \(identifierText("s.id")) AS id, \(identifierText("s.account")) AS account, a.name, s.generation,
                \(timeText("s.expires_at_ms")) AS expires_at
            FROM sessions s JOIN accounts a ON a.id = s.account;

            CREATE VIEW canvas_changes_readable AS
            SELECT c.version, e.epoch, c.cell % e.width AS x, c.cell / e.width AS y, c.color,
                \(identifierText("c.account")) AS account, a.name, \(timeText("c.at_ms")) AS at, c.undoes
            FROM canvas_changes c
            LEFT JOIN accounts a ON a.id = c.account
            JOIN canvas_epochs e ON e.first_version =
                (SELECT max(first_version) FROM canvas_epochs WHERE first_version < c.version);
            """)
}
