/// A chat on Telegram in which an allowed person started the bot.
public struct TelegramChat: Hashable, Sendable {
    /// The bot's number; another bot has other chats.
    public var bot: Int64
    /// The chat's number; a private chat has its person's.
    public var id: Int64
    /// Who started the bot there, or chose last.
    public var user: Int64
    /// Whether new feedback is told there.
    public var wantsFeedback: Bool

    /// Joins the parts.
    public init(bot: Int64, id: Int64, user: Int64, wantsFeedback: Bool) {
        self.bot = bot
        self.id = id
        self.user = user
        self.wantsFeedback = wantsFeedback
    }
}

/// How far a bot has come through Telegram's updates: all up to a number were looked at.
public struct TelegramOffset: Hashable, Sendable {
    /// The bot's number.
    public var bot: Int64
    /// The number of the last update that was looked at.
    public var update: Int64
    /// When, in milliseconds since 1970.
    public var atMs: Int64

    /// Joins the parts.
    public init(bot: Int64, update: Int64, atMs: Int64) {
        self.bot = bot
        self.update = update
        self.atMs = atMs
    }
}

/// An order from Telegram that was taken and whose answer wasn't delivered yet.
public struct OwedAnswer: Hashable, Sendable {
    /// The bot's number.
    public var bot: Int64
    /// The number of the update that brought the order.
    public var update: Int64
    /// The chat that waits.
    public var chat: Int64
    /// The order, as in `/ban Bob`.
    public var order: String

    /// Joins the parts.
    public init(bot: Int64, update: Int64, chat: Int64, order: String) {
        self.bot = bot
        self.update = update
        self.chat = chat
        self.order = order
    }
}
