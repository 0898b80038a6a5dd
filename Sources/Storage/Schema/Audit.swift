extension Migration {
    /// The seventh schema: what hosts and moderators changed.
    static let audit = Migration(
        version: 7, name: "audit",
        sql: """
            -- Only ever added to. An actor is the console, an account with a role, or a number on Telegram; the
            -- subject is an account's id, which stands in subject_account as a number too, or a name.
            CREATE TABLE audit (
                id INTEGER PRIMARY KEY,
                at_ms INTEGER NOT NULL,
                actor TEXT NOT NULL CHECK (actor IN ('console', 'account', 'telegram')),
                actor_account INTEGER REFERENCES accounts (id),
                telegram_user INTEGER,
                action TEXT NOT NULL,
                subject TEXT NOT NULL,
                subject_account INTEGER REFERENCES accounts (id),
                detail TEXT NOT NULL,
                CHECK ((actor = 'account') = (actor_account IS NOT NULL)),
                CHECK ((actor = 'telegram') = (telegram_user IS NOT NULL))
            ) STRICT;
            CREATE UNIQUE INDEX audit_once ON audit (
                at_ms, action, subject, detail, actor, coalesce(actor_account, telegram_user, 0)
            );

            CREATE VIEW audit_readable AS
            SELECT e.id, \(timeText("e.at_ms")) AS at, e.actor,
                CASE e.actor
                    WHEN 'account' THEN \(identifierText("e.actor_account"))
                    WHEN 'telegram' THEN CAST(e.telegram_user AS TEXT)
                END AS actor_id,
                a.name AS actor_name, e.action, e.subject, s.name AS subject_name, e.detail
            FROM audit e
            LEFT JOIN accounts a ON a.id = e.actor_account
            LEFT JOIN accounts s ON s.id = e.subject_account;
            """)
}
