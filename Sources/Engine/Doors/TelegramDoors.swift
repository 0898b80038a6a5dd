public import Protocol

/// What comes in by way of Telegram.
public enum TelegramInput: Hashable, Sendable {
    /// An update was looked at: what it comes to becomes durable with its number, or not at all.
    case heard(TelegramUpdate)
    /// The answer to the order of an update was delivered, or given up.
    case answered(bot: Int64, update: Int64)
}

/// What goes out by way of Telegram.
public enum TelegramEffect: Hashable, Sendable {
    /// All updates up to this one were looked at, and that is durable.
    case heard(update: Int64)
    /// Someone wrote to the host, and that is durable.
    case feedback(FeedbackNews)
}

/// An update that was looked at, and all before it.
public struct TelegramUpdate: Hashable, Sendable {
    /// The bot's number.
    public var bot: Int64
    /// The update's number.
    public var number: Int64
    /// The chat as it is from now on, where the update changes that.
    public var chat: TelegramChat?
    /// What it asks of the server.
    public var order: TelegramOrder?

    /// Joins the parts.
    public init(bot: Int64, number: Int64, chat: TelegramChat? = nil, order: TelegramOrder? = nil) {
        self.bot = bot
        self.number = number
        self.chat = chat
        self.order = order
    }
}

/// A host's command that came by way of Telegram.
public struct TelegramOrder: Hashable, Sendable {
    /// Its call, by which it is answered.
    public var call: HostCallID
    /// The command.
    public var command: HostCommand
    /// Whose it is: a person whom the host allowed.
    public var user: Int64
    /// The answer that is owed until it was delivered.
    public var owed: OwedAnswer

    /// Joins the parts.
    public init(call: HostCallID, command: HostCommand, user: Int64, owed: OwedAnswer) {
        self.call = call
        self.command = command
        self.user = user
        self.owed = owed
    }
}
