import Engine
import Protocol

/// What is kept of the talk with Telegram.
struct TelegramTable {
    private let connection: Connection
    private let heard, chat, owed, answered: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        self.connection = connection
        heard = try connection.prepare(
            """
            INSERT INTO telegram_offsets (bot, update_id, at_ms) VALUES (?, ?, ?)
            ON CONFLICT (bot) DO UPDATE SET update_id = excluded.update_id, at_ms = excluded.at_ms
            """)
        chat = try connection.prepare(
            """
            INSERT INTO telegram_chats (bot, chat, user, wants_feedback) VALUES (?, ?, ?, ?)
            ON CONFLICT (bot, chat) DO UPDATE
            SET user = excluded.user, wants_feedback = excluded.wants_feedback
            """)
        owed = try connection.prepare(
            """
            INSERT INTO telegram_owed (bot, update_id, chat, command) VALUES (?, ?, ?, ?)
            ON CONFLICT (bot, update_id) DO UPDATE SET chat = excluded.chat, command = excluded.command
            """)
        answered = try connection.prepare("DELETE FROM telegram_owed WHERE bot = ? AND update_id = ?")
    }

    /// Writes a record inside the caller's transaction.
    func write(_ record: TelegramRecord) throws(SQLiteFailure) {
        switch record {
        case .heard(let offset):
            try heard.run([.integer(offset.bot), .integer(offset.update), .integer(offset.atMs)])
        case .chat(let record):
            try chat.run([
                .integer(record.bot), .integer(record.id), .integer(record.user),
                .integer(record.wantsFeedback ? 1 : 0),
            ])
        case .owed(let record):
            try owed.run([
                .integer(record.bot), .integer(record.update), .integer(record.chat), .text(record.order),
            ])
        case .answered(let bot, let update):
            try answered.run([.integer(bot), .integer(update)])
        }
    }

    /// Everything that is kept.
    func books() throws(SQLiteFailure) -> TelegramBooks {
        var books = TelegramBooks()
        try connection.prepare("SELECT bot, update_id, at_ms FROM telegram_offsets ORDER BY bot").forEachRow {
            (row) throws(SQLiteFailure) in
            books.offsets.append(
                TelegramOffset(bot: row.integer(0), update: row.integer(1), atMs: row.integer(2)))
            return true
        }
        try connection.prepare(
            "SELECT bot, chat, user, wants_feedback FROM telegram_chats ORDER BY bot, chat"
        )
        .forEachRow { (row) throws(SQLiteFailure) in
            books.chats.append(
                TelegramChat(
                    bot: row.integer(0), id: row.integer(1), user: row.integer(2),
                    wantsFeedback: row.integer(3) != 0))
            return true
        }
        try connection.prepare(
            "SELECT bot, update_id, chat, command FROM telegram_owed ORDER BY bot, update_id"
        )
        .forEachRow { (row) throws(SQLiteFailure) in
            books.owed.append(
                OwedAnswer(
                    bot: row.integer(0), update: row.integer(1), chat: row.integer(2), order: row.text(3)))
            return true
        }
        return books
    }
}
