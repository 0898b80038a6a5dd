extension Migration {
    /// What people read of the fifth schema's tables.
    static let economyViews = """
        DROP VIEW accounts_readable;
        CREATE VIEW accounts_readable AS
        SELECT \(identifierText("id")) AS id, name, lower(hex(public_key)) AS public_key, role, points, skin,
            streak_days, CASE WHEN streak_days > 0 THEN date(streak_day * 86400, 'unixepoch') END AS streak_day,
            ban_reason, \(timeText("created_at_ms")) AS created_at, \(timeText("deleted_at_ms")) AS deleted_at
        FROM accounts;

        DROP VIEW flags_readable;
        CREATE VIEW flags_readable AS
        SELECT f.id, \(identifierText("f.account")) AS account, a.name, f.reason, f.evidence,
            \(timeText("f.at_ms")) AS at, \(timeText("f.cleared_at_ms")) AS cleared_at
        FROM flags f LEFT JOIN accounts a ON a.id = f.account;

        CREATE VIEW arcade_games_readable AS
        SELECT \(identifierText("g.id")) AS id, g.game, \(identifierText("g.account")) AS account, a.name,
            printf('%016x', g.seed) AS seed, g.points, g.reason, g.score, g.rank, g.multiplier_percent,
            g.profile_points, \(timeText("g.started_at_ms")) AS started_at,
            \(timeText("g.ended_at_ms")) AS ended_at
        FROM arcade_games g LEFT JOIN accounts a ON a.id = g.account;

        CREATE VIEW arcade_bests_readable AS
        SELECT b.board, \(identifierText("b.account")) AS account, a.name, b.score,
            \(timeText("b.at_ms")) AS at
        FROM arcade_bests b LEFT JOIN accounts a ON a.id = b.account;

        CREATE VIEW point_entries_readable AS
        SELECT p.id, \(identifierText("p.account")) AS account, a.name, p.points, p.reason, p.source,
            \(timeText("p.at_ms")) AS at
        FROM point_entries p LEFT JOIN accounts a ON a.id = p.account;

        CREATE VIEW skins_readable AS
        SELECT s.id, s.title, s.author, s.price, s.origin,
            (SELECT count(*) FROM skin_ownerships o WHERE o.skin = s.id) AS owners
        FROM skins s;

        CREATE VIEW skin_input_values_readable AS
        SELECT v.skin, s.title, v.input, v.place, v.color AS name, c.color
        FROM skin_input_values v
        LEFT JOIN skins s ON s.id = v.skin
        LEFT JOIN base_colors c ON c.name = v.color;

        CREATE VIEW skin_ownerships_readable AS
        SELECT \(identifierText("o.account")) AS account, a.name, o.skin, s.title, o.price,
            \(timeText("o.at_ms")) AS at
        FROM skin_ownerships o
        LEFT JOIN accounts a ON a.id = o.account
        LEFT JOIN skins s ON s.id = o.skin;

        CREATE VIEW ads_readable AS
        SELECT d.id, json_extract(d.body, '$.title') AS title, d.origin, d.is_shown,
            json_extract(d.body, '$.seconds') AS seconds, json_extract(d.body, '$.weight') AS weight,
            json_extract(d.body, '$.starts_at') AS starts_at, json_extract(d.body, '$.ends_at') AS ends_at,
            (SELECT count(*) FROM ad_impressions i WHERE i.ad = d.id) AS shown,
            (SELECT count(*) FROM ad_impressions i WHERE i.ad = d.id AND i.completed_at_ms IS NOT NULL)
                AS completed
        FROM ads d;

        CREATE VIEW ad_impressions_readable AS
        SELECT \(identifierText("i.id")) AS id, i.ad, \(identifierText("coalesce(i.account, i.guest)")) AS holder,
            iif(i.account IS NULL, 'guest', 'account') AS kind, a.name, i.page,
            \(timeText("i.shown_at_ms")) AS shown_at, \(timeText("i.completed_at_ms")) AS completed_at
        FROM ad_impressions i LEFT JOIN accounts a ON a.id = i.account;

        CREATE VIEW feedback_readable AS
        SELECT f.id, \(identifierText("coalesce(f.account, f.guest)")) AS holder,
            iif(f.account IS NULL, 'guest', 'account') AS kind, a.name, f.message,
            \(timeText("f.at_ms")) AS at
        FROM feedback f LEFT JOIN accounts a ON a.id = f.account;
        """
}
