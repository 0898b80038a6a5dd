public import Protocol

/// What is kept of the talk with Telegram.
public enum TelegramRecord: Hashable, Sendable {
    /// All updates up to this one were looked at: a restart asks for those after it.
    case heard(TelegramOffset)
    /// An order is taken; stands beside what it changes.
    case owed(OwedAnswer)
    /// Its answer was delivered, or given up.
    case answered(bot: Int64, update: Int64)
    /// A new chat, or what it chose.
    case chat(TelegramChat)
}

/// What storage kept of the talk with Telegram, of every bot that there ever was.
public struct TelegramBooks: Hashable, Sendable {
    /// How far each bot came, by its number.
    public var offsets: [TelegramOffset]
    /// Chats, by bot and number.
    public var chats: [TelegramChat]
    /// Orders without an answer, by bot and update.
    public var owed: [OwedAnswer]

    /// Joins the parts.
    public init(offsets: [TelegramOffset] = [], chats: [TelegramChat] = [], owed: [OwedAnswer] = []) {
        self.offsets = offsets
        self.chats = chats
        self.owed = owed
    }
}
