extension Migration {
    /// The sixth schema: how many pixels each account placed, and which cells ever got one.
    ///
    /// All of it follows from the changes and is brought up to them in stretches, up to a version that stands
    /// beside it; what comes after that version is added where it is asked for.
    static let pixelCounts = Migration(
        version: 6, name: "pixel counts",
        sql: """
            CREATE TABLE counted_changes (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                version INTEGER NOT NULL
            ) STRICT;
            INSERT INTO counted_changes (id, version) VALUES (1, 0);

            -- Placements that weren't taken back, on the UTC day on which they were made. The latest time is that
            -- of any placement, also of one that was taken back.
            CREATE TABLE pixels_by_day (
                day INTEGER NOT NULL,
                account INTEGER NOT NULL REFERENCES accounts (id),
                pixels INTEGER NOT NULL,
                latest_at_ms INTEGER NOT NULL,
                PRIMARY KEY (day, account)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE pixels_by_account (
                account INTEGER PRIMARY KEY REFERENCES accounts (id),
                pixels INTEGER NOT NULL,
                latest_at_ms INTEGER NOT NULL
            ) STRICT;

            -- A bit for each cell, row by row, the lowest of a byte first, in a zlib stream.
            CREATE TABLE touched_cells (
                epoch INTEGER PRIMARY KEY REFERENCES canvas_epochs (epoch),
                version INTEGER NOT NULL,
                cells BLOB NOT NULL
            ) STRICT;

            CREATE VIEW pixels_by_day_readable AS
            SELECT date(p.day * 86400, 'unixepoch') AS day, \(identifierText("p.account")) AS account, a.name,
                p.pixels, \(timeText("p.latest_at_ms")) AS latest_at
            FROM pixels_by_day p LEFT JOIN accounts a ON a.id = p.account;
            """)
}
