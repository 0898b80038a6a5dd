extension Migration {
    /// The ninth schema: rollbacks by hosts, and protected areas.
    ///
    /// A rollback's changes stand among all others and name it; `undoes` says for them, as for a player's undo, that
    /// the cell is again what it was before that version. What a change takes from the count of an account's pixels,
    /// or gives back to it, stands in `rollback_pixels`.
    static let rollbacks = Migration(
        version: 9, name: "rollbacks",
        sql: """
            CREATE TABLE canvas_rollbacks (
                id INTEGER PRIMARY KEY,
                epoch INTEGER NOT NULL REFERENCES canvas_epochs (epoch),
                actor TEXT NOT NULL CHECK (actor IN ('console', 'account', 'telegram')),
                actor_account INTEGER,
                telegram_user INTEGER,
                at_ms INTEGER NOT NULL,
                undoes INTEGER REFERENCES canvas_rollbacks (id),
                account INTEGER,
                from_ms INTEGER,
                to_ms INTEGER,
                x0 INTEGER,
                y0 INTEGER,
                x1 INTEGER,
                y1 INTEGER,
                first_version INTEGER NOT NULL,
                cells INTEGER NOT NULL,
                placements INTEGER NOT NULL,
                is_complete INTEGER NOT NULL CHECK (is_complete IN (0, 1)),
                CHECK ((undoes IS NULL) = (x0 IS NOT NULL))
            ) STRICT;
            CREATE INDEX canvas_rollbacks_by_epoch ON canvas_rollbacks (epoch);

            ALTER TABLE canvas_changes ADD COLUMN rollback INTEGER REFERENCES canvas_rollbacks (id);

            CREATE TABLE rollback_pixels (
                change INTEGER NOT NULL,
                placement INTEGER NOT NULL,
                pixels INTEGER NOT NULL CHECK (pixels IN (-1, 1)),
                PRIMARY KEY (change, placement)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX rollback_pixels_by_placement ON rollback_pixels (placement, pixels);

            CREATE TABLE protected_areas (
                id INTEGER PRIMARY KEY,
                epoch INTEGER NOT NULL REFERENCES canvas_epochs (epoch),
                x0 INTEGER NOT NULL,
                y0 INTEGER NOT NULL,
                x1 INTEGER NOT NULL,
                y1 INTEGER NOT NULL,
                note TEXT NOT NULL,
                actor TEXT NOT NULL CHECK (actor IN ('console', 'account', 'telegram')),
                actor_account INTEGER,
                telegram_user INTEGER,
                at_ms INTEGER NOT NULL,
                ended_at_ms INTEGER
            ) STRICT;

            CREATE VIEW canvas_rollbacks_readable AS
            SELECT r.id, r.epoch, r.actor,
                CASE r.actor
                    WHEN 'account' THEN \(identifierText("r.actor_account"))
                    WHEN 'telegram' THEN CAST(r.telegram_user AS TEXT)
                END AS actor_id,
                \(timeText("r.at_ms")) AS at, r.undoes, \(identifierText("r.account")) AS account, a.name,
                \(timeText("r.from_ms")) AS since, \(timeText("r.to_ms")) AS until, r.x0, r.y0, r.x1, r.y1,
                r.first_version, r.cells, r.placements, r.is_complete
            FROM canvas_rollbacks r LEFT JOIN accounts a ON a.id = r.account;

            CREATE VIEW protected_areas_readable AS
            SELECT id, epoch, x0, y0, x1, y1, note, actor,
                CASE actor
                    WHEN 'account' THEN \(identifierText("actor_account"))
                    WHEN 'telegram' THEN CAST(telegram_user AS TEXT)
                END AS actor_id,
                \(timeText("at_ms")) AS at, \(timeText("ended_at_ms")) AS ended_at
            FROM protected_areas;

            DROP VIEW canvas_changes_readable;
            CREATE VIEW canvas_changes_readable AS
            SELECT c.version, e.epoch, c.cell % e.width AS x, c.cell / e.width AS y, c.color,
                \(identifierText("c.account")) AS account, a.name, \(timeText("c.at_ms")) AS at, c.undoes, c.rollback
            FROM canvas_changes c
            LEFT JOIN accounts a ON a.id = c.account
            JOIN canvas_epochs e ON e.first_version =
                (SELECT max(first_version) FROM canvas_epochs WHERE first_version < c.version);
            """)
}
