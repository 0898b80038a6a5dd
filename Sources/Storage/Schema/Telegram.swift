extension Migration {
    /// How far Telegram's updates were looked at, whom the bot knows and whom it owes an answer.
    static let telegram = Migration(
        version: 10, name: "telegram",
        sql: """
            -- All updates of a bot up to this one were looked at. An order's update stands in the commit of what
            -- the order changed.
            CREATE TABLE telegram_offsets (
                bot INTEGER PRIMARY KEY,
                update_id INTEGER NOT NULL,
                at_ms INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE telegram_chats (
                bot INTEGER NOT NULL,
                chat INTEGER NOT NULL,
                user INTEGER NOT NULL,
                wants_feedback INTEGER NOT NULL CHECK (wants_feedback IN (0, 1)),
                PRIMARY KEY (bot, chat)
            ) STRICT, WITHOUT ROWID;

            -- Orders that were taken and whose answers weren't delivered yet.
            CREATE TABLE telegram_owed (
                bot INTEGER NOT NULL,
                update_id INTEGER NOT NULL,
                chat INTEGER NOT NULL,
                command TEXT NOT NULL,
                PRIMARY KEY (bot, update_id)
            ) STRICT, WITHOUT ROWID;
            """)
}
