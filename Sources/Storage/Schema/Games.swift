extension Migration {
    /// The third schema: click games with their pushes, relays with their puzzles, scores and profile points.
    ///
    /// A push's sign-in and holder have no rows elsewhere where they are a guest's, so nothing refers to them.
    /// Pushes are only ever appended, a thousand a second: they have an index that grows at its end, and one
    /// for those that have a name, which also keeps a name from counting twice.
    static let games = Migration(
        version: 3, name: "games",
        sql: """
            ALTER TABLE accounts ADD COLUMN points INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0);

            CREATE TABLE game_queue (
                number INTEGER PRIMARY KEY,
                id INTEGER NOT NULL UNIQUE,
                status TEXT NOT NULL CHECK (status IN ('scheduled', 'active', 'finished')),
                starts_at_ms INTEGER NOT NULL,
                ends_at_ms INTEGER NOT NULL CHECK (ends_at_ms >= starts_at_ms),
                planets TEXT NOT NULL CHECK (json_valid(planets)),
                is_ordered INTEGER NOT NULL CHECK (is_ordered IN (0, 1)),
                winner TEXT
            ) STRICT;
            CREATE INDEX game_queue_by_status ON game_queue (status, ends_at_ms);

            CREATE TABLE click_pushes (
                id INTEGER PRIMARY KEY,
                game INTEGER NOT NULL REFERENCES game_queue (id),
                session INTEGER NOT NULL,
                holder INTEGER NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('account', 'guest')),
                planet TEXT NOT NULL,
                clicks TEXT NOT NULL CHECK (json_valid(clicks)),
                accepted INTEGER NOT NULL CHECK (accepted > 0),
                total INTEGER NOT NULL CHECK (total >= accepted),
                batch_id TEXT,
                at_ms INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX click_pushes_by_game ON click_pushes (game);
            CREATE UNIQUE INDEX click_pushes_by_batch ON click_pushes (session, batch_id)
                WHERE batch_id IS NOT NULL;

            CREATE TABLE relays (
                id INTEGER PRIMARY KEY,
                code TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN ('waiting', 'running', 'ended')),
                start_points INTEGER NOT NULL,
                decay_points INTEGER NOT NULL,
                decay_interval_ms INTEGER NOT NULL,
                award INTEGER NOT NULL,
                penalty INTEGER NOT NULL,
                seconds INTEGER NOT NULL,
                max_players INTEGER NOT NULL,
                is_private INTEGER NOT NULL CHECK (is_private IN (0, 1)),
                steps INTEGER NOT NULL,
                end_reason TEXT,
                created_at_ms INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX relays_open ON relays (created_at_ms) WHERE status <> 'ended';

            CREATE TABLE relay_players (
                relay INTEGER NOT NULL REFERENCES relays (id),
                seat INTEGER NOT NULL,
                account INTEGER NOT NULL REFERENCES accounts (id),
                points INTEGER NOT NULL CHECK (points >= 0),
                is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
                solves INTEGER NOT NULL,
                awarded INTEGER NOT NULL,
                decayed INTEGER NOT NULL,
                penalized INTEGER NOT NULL,
                PRIMARY KEY (relay, seat)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE puzzles (
                id INTEGER PRIMARY KEY,
                relay INTEGER NOT NULL REFERENCES relays (id),
                account INTEGER NOT NULL REFERENCES accounts (id),
                type TEXT NOT NULL,
                data TEXT NOT NULL CHECK (json_valid(data)),
                answer TEXT NOT NULL,
                difficulty INTEGER NOT NULL,
                worth INTEGER NOT NULL,
                assigned_at_ms INTEGER NOT NULL,
                solved_at_ms INTEGER
            ) STRICT;
            CREATE INDEX puzzles_open ON puzzles (relay, account, assigned_at_ms) WHERE solved_at_ms IS NULL;

            CREATE TABLE scores (
                id INTEGER PRIMARY KEY,
                board TEXT NOT NULL,
                account INTEGER NOT NULL REFERENCES accounts (id),
                score INTEGER NOT NULL,
                source INTEGER NOT NULL,
                at_ms INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX scores_by_time ON scores (board, at_ms, account, score);
            CREATE UNIQUE INDEX scores_by_source ON scores (source, account, board);

            DROP VIEW accounts_readable;
            CREATE VIEW accounts_readable AS
            SELECT \(identifierText("id")) AS id, name, lower(hex(public_key)) AS public_key, role, points,
                \(timeText("created_at_ms")) AS created_at, \(timeText("deleted_at_ms")) AS deleted_at
            FROM accounts;

            CREATE VIEW game_queue_readable AS
            SELECT number, \(identifierText("id")) AS id, status, \(timeText("starts_at_ms")) AS starts_at,
                \(timeText("ends_at_ms")) AS ends_at, planets, is_ordered, winner
            FROM game_queue;

            CREATE VIEW click_pushes_readable AS
            SELECT p.id, \(identifierText("p.game")) AS game, \(identifierText("p.session")) AS session,
                \(identifierText("p.holder")) AS holder, p.kind, a.name, p.planet, p.clicks, p.accepted, p.total,
                p.batch_id, \(timeText("p.at_ms")) AS at
            FROM click_pushes p LEFT JOIN accounts a ON a.id = p.holder AND p.kind = 'account';

            CREATE VIEW relays_readable AS
            SELECT \(identifierText("id")) AS id, code, status, start_points, decay_points, decay_interval_ms,
                award, penalty, seconds, max_players, is_private, steps, end_reason,
                \(timeText("created_at_ms")) AS created_at
            FROM relays;

            CREATE VIEW relay_players_readable AS
            SELECT \(identifierText("p.relay")) AS relay, p.seat, \(identifierText("p.account")) AS account, a.name,
                p.points, p.is_active, p.solves, p.awarded, p.decayed, p.penalized
            FROM relay_players p LEFT JOIN accounts a ON a.id = p.account;

            CREATE VIEW puzzles_readable AS
            SELECT \(identifierText("p.id")) AS id, \(identifierText("p.relay")) AS relay,
                \(identifierText("p.account")) AS account, a.name, p.type, p.data, p.answer, p.difficulty, p.worth,
                \(timeText("p.assigned_at_ms")) AS assigned_at, \(timeText("p.solved_at_ms")) AS solved_at
            FROM puzzles p LEFT JOIN accounts a ON a.id = p.account;

            CREATE VIEW scores_readable AS
            SELECT s.id, s.board, \(identifierText("s.account")) AS account, a.name, s.score,
                \(identifierText("s.source")) AS source, \(timeText("s.at_ms")) AS at
            FROM scores s LEFT JOIN accounts a ON a.id = s.account;
            """)
}
