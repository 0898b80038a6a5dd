extension Migration {
    /// The eighth schema: bans that end, and settings that are changed while the server runs.
    static let bansAndKnobs = Migration(
        version: 8, name: "bans and knobs",
        sql: """
            -- When a ban ends; NULL for good, or where there is none.
            ALTER TABLE accounts ADD COLUMN ban_until_ms INTEGER;

            -- Those that are set; each beats the option of its name.
            CREATE TABLE knobs (
                name TEXT PRIMARY KEY,
                value TEXT NOT NULL,
                set_at_ms INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;

            DROP VIEW accounts_readable;
            CREATE VIEW accounts_readable AS
            SELECT \(identifierText("id")) AS id, name, lower(hex(public_key)) AS public_key, role, points, skin,
                streak_days,
                CASE WHEN streak_days > 0 THEN date(streak_day * 86400, 'unixepoch') END AS streak_day,
                ban_reason, \(timeText("ban_until_ms")) AS ban_until,
                \(timeText("created_at_ms")) AS created_at, \(timeText("deleted_at_ms")) AS deleted_at
            FROM accounts;

            CREATE VIEW knobs_readable AS
            SELECT name, value, \(timeText("set_at_ms")) AS set_at FROM knobs;
            """)
}
