public import Protocol

/// Whom a bot obeys, and how it asks for updates.
public struct BotRules: Hashable, Sendable {
    /// The bot's number.
    public var bot: Int64
    /// People who may give orders, by their numbers.
    public var users: [Int64]
    /// Groups in which they may; in private they always may.
    public var groups: [Int64]
    /// How long Telegram is to hold a call for updates, in seconds.
    public var pollSeconds: Int

    /// Joins the parts.
    public init(bot: Int64, users: [Int64], groups: [Int64] = [], pollSeconds: Int) {
        self.bot = bot
        self.users = users
        self.groups = groups
        self.pollSeconds = pollSeconds
    }
}

/// What a bot begins with: what an earlier run kept of it.
public struct BotMemory: Hashable, Sendable {
    /// How far it came; nil at its first start.
    public var offset: TelegramOffset?
    /// The chats that it knows.
    public var chats: [TelegramChat]
    /// Orders whose answers weren't delivered.
    public var owed: [OwedAnswer]

    /// Joins the parts.
    public init(offset: TelegramOffset? = nil, chats: [TelegramChat] = [], owed: [OwedAnswer] = []) {
        self.offset = offset
        self.chats = chats
        self.owed = owed
    }
}

/// A reading of both clocks.
public struct BotTime: Hashable, Sendable {
    /// Milliseconds on a clock that never steps.
    public var monotonicMs: Int64
    /// Milliseconds since 1970.
    public var wallMs: Int64

    /// Joins both readings.
    public init(monotonicMs: Int64, wallMs: Int64) {
        self.monotonicMs = monotonicMs
        self.wallMs = wallMs
    }
}

/// Everything that can happen to a bot.
public enum BotEvent: Hashable, Sendable {
    case start
    /// What came of the call on the line for updates.
    case pollReplied(BotReply)
    /// What came of the other call.
    case callReplied(BotReply)
    /// All updates up to this one are durably looked at.
    case heard(update: Int64)
    /// The server's answer to the order of an update; what it changed is durable.
    case answered(update: Int64, HostAnswer)
    case feedback(FeedbackNews)
    /// The planned time has come.
    case wake
    /// The server stops: ask for nothing more.
    case stop
}

/// Everything a bot wants done, in order.
public enum BotAction: Hashable, Sendable {
    /// Make a call on the line for updates; one at a time.
    case poll(BotRequest)
    /// Make another call; one at a time.
    case call(BotRequest)
    /// Keep that all updates up to this one were looked at, with a chat's choice, then say `.heard`.
    case keep(update: Int64, chat: TelegramChat?)
    /// The same, and in the same commit what this command changes; then also say `.answered`.
    case obey(update: Int64, HostCommand, user: Int64, owed: OwedAnswer)
    /// The answer to the order of an update was delivered, or given up.
    case delivered(update: Int64)
    /// A line for the log.
    case log(BotNote)
}

/// What the log should say; no secret ever stands in one.
public enum BotNote: Hashable, Sendable {
    /// The token is good, and the bot has this name.
    case ready(name: String)
    /// A call failed and is made again after so long; told once for a trouble that lasts.
    case trouble(method: String, BotFailure, retryMs: Int64)
    /// Such a trouble is over.
    case recovered(method: String)
    /// Someone wrote who isn't allowed, or in a group that isn't; before, so many messages weren't told of.
    case stranger(user: Int64, chat: Int64, unshown: Int)
    /// An allowed person gave an order.
    case order(user: Int64, update: Int64, order: String)
    /// A message is given up.
    case dropped(method: String, reason: String)
}
