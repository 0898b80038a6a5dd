extension Migration {
    /// The fifth schema: runs of arcade games, every change of profile points, skins, ads, what players write to
    /// the host, and bans.
    ///
    /// Impressions and messages are an account's, which they refer to, or a guest's, who has no row. What came
    /// with the program says so in `origin`: the next release may bring another version of it, and leaves alone
    /// what is a host's own.
    static let economy = Migration(
        version: 5, name: "arcade, skins and ads",
        sql: [arcadeTables, skinTables, adTables, reviewTables, economyViews].joined(separator: "\n"))

    private static let arcadeTables = """
        CREATE TABLE arcade_games (
            id INTEGER PRIMARY KEY,
            game TEXT NOT NULL,
            account INTEGER NOT NULL REFERENCES accounts (id),
            seed INTEGER NOT NULL,
            points TEXT NOT NULL CHECK (json_valid(points)),
            reason TEXT NOT NULL,
            score INTEGER NOT NULL,
            rank INTEGER,
            multiplier_percent INTEGER,
            profile_points INTEGER NOT NULL,
            started_at_ms INTEGER NOT NULL,
            ended_at_ms INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX arcade_games_by_account ON arcade_games (account, ended_at_ms);

        -- Each account's best score on a board, beside all of them in `scores`.
        CREATE TABLE arcade_bests (
            board TEXT NOT NULL,
            account INTEGER NOT NULL REFERENCES accounts (id),
            score INTEGER NOT NULL,
            at_ms INTEGER NOT NULL,
            PRIMARY KEY (board, account)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX arcade_bests_by_score ON arcade_bests (board, score, at_ms, account);

        -- Profile points that came or went: an account's add up to what it has.
        CREATE TABLE point_entries (
            id INTEGER PRIMARY KEY,
            account INTEGER NOT NULL REFERENCES accounts (id),
            points INTEGER NOT NULL,
            reason TEXT NOT NULL,
            source TEXT NOT NULL,
            at_ms INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX point_entries_by_source ON point_entries (account, reason, source);
        INSERT INTO point_entries (account, points, reason, source, at_ms)
        SELECT id, points, 'opening', '', CAST(strftime('%s', 'now') AS INTEGER) * 1000
        FROM accounts WHERE points <> 0 ORDER BY id;

        """

    private static let skinTables = """
        CREATE TABLE base_colors (
            name TEXT PRIMARY KEY,
            color TEXT NOT NULL CHECK (
                color GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'),
            place INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE skins (
            id TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            author TEXT NOT NULL,
            price INTEGER NOT NULL CHECK (price >= 0),
            origin TEXT NOT NULL DEFAULT 'host' CHECK (origin IN ('program', 'host'))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE skin_inputs (
            skin TEXT NOT NULL REFERENCES skins (id) ON DELETE CASCADE,
            input TEXT NOT NULL,
            PRIMARY KEY (skin, input)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE skin_input_values (
            skin TEXT NOT NULL,
            input TEXT NOT NULL,
            place INTEGER NOT NULL,
            color TEXT NOT NULL REFERENCES base_colors (name),
            PRIMARY KEY (skin, input, place),
            FOREIGN KEY (skin, input) REFERENCES skin_inputs (skin, input) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX skin_input_values_by_color ON skin_input_values (color);

        CREATE TABLE skin_ownerships (
            account INTEGER NOT NULL REFERENCES accounts (id),
            skin TEXT NOT NULL REFERENCES skins (id),
            price INTEGER NOT NULL,
            at_ms INTEGER NOT NULL,
            PRIMARY KEY (account, skin)
        ) STRICT, WITHOUT ROWID;

        ALTER TABLE accounts ADD COLUMN skin TEXT REFERENCES skins (id);
        ALTER TABLE accounts ADD COLUMN streak_days INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE accounts ADD COLUMN streak_day INTEGER NOT NULL DEFAULT -1;

        """

    private static let adTables = """
        -- A `former` one came with the program and no longer does, and `is_shown` is a host's switch.
        CREATE TABLE ads (
            id TEXT PRIMARY KEY,
            body TEXT NOT NULL CHECK (json_valid(body) AND json_extract(body, '$.id') IS id),
            origin TEXT NOT NULL DEFAULT 'host' CHECK (origin IN ('program', 'former', 'host')),
            is_shown INTEGER NOT NULL DEFAULT 1 CHECK (is_shown IN (0, 1))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE ad_impressions (
            id INTEGER PRIMARY KEY,
            ad TEXT NOT NULL REFERENCES ads (id),
            account INTEGER REFERENCES accounts (id),
            guest INTEGER,
            page TEXT NOT NULL,
            shown_at_ms INTEGER NOT NULL,
            completed_at_ms INTEGER,
            CHECK ((account IS NULL) <> (guest IS NULL))
        ) STRICT;
        CREATE INDEX ad_impressions_open ON ad_impressions (shown_at_ms) WHERE completed_at_ms IS NULL;

        """

    private static let reviewTables = """
        CREATE TABLE feedback (
            id INTEGER PRIMARY KEY,
            account INTEGER REFERENCES accounts (id),
            guest INTEGER,
            message TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            CHECK ((account IS NULL) <> (guest IS NULL))
        ) STRICT;
        CREATE INDEX feedback_by_time ON feedback (at_ms);
        CREATE UNIQUE INDEX feedback_by_account ON feedback (account, at_ms, message)
            WHERE account IS NOT NULL;
        CREATE UNIQUE INDEX feedback_by_guest ON feedback (guest, at_ms, message) WHERE guest IS NOT NULL;

        ALTER TABLE flags ADD COLUMN evidence TEXT NOT NULL DEFAULT '';
        ALTER TABLE flags ADD COLUMN cleared_at_ms INTEGER;
        -- Two of a kind within a millisecond differ by their evidence.
        DROP INDEX flags_by_account;
        CREATE UNIQUE INDEX flags_by_account ON flags (account, at_ms, reason, evidence);
        CREATE INDEX flags_open ON flags (at_ms) WHERE cleared_at_ms IS NULL;

        ALTER TABLE accounts ADD COLUMN ban_reason TEXT;

        """
}
