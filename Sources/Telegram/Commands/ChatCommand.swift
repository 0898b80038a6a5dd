import Protocol

/// What a person can ask of the bot.
enum ChatCommand: Hashable, Sendable {
    case start
    case help
    case status
    case clear
    case newGame(CanvasSize)
    case snapshot
    case ban(account: String, reason: String)
    case unban(account: String)
    /// What players wrote last.
    case feedback
    /// Whether new feedback is told in this chat.
    case tellFeedback(Bool)
    case announce(String)

    /// The commands with their help, as Telegram's menu shows them.
    static let menu: [(word: String, help: String)] = [
        ("status", "how the server stands"),
        ("snapshot", "the canvas as a picture"),
        ("clear", "clear the canvas and begin anew"),
        ("newgame", "WxH: begin a canvas of another size"),
        ("ban", "NAME [reason]: keep an account out"),
        ("unban", "NAME: let it in again"),
        ("feedback", "what players wrote; on or off: whether it is told here"),
        ("announce", "TEXT: tell everyone who is connected"),
        ("help", "this list"),
    ]

    /// Whether it changes something for others: such an order isn't followed when it comes too late.
    var changesGame: Bool {
        switch self {
        case .clear, .newGame, .ban, .unban, .announce: true
        case .start, .help, .status, .snapshot, .feedback, .tellFeedback: false
        }
    }
}

/// What a message to the bot says.
enum ChatReading: Hashable, Sendable {
    case command(ChatCommand)
    /// A command that lacks something, with words that say what.
    case misused(String)
    /// No command that there is.
    case unknown(String)
    /// Another bot's command.
    case forAnother
    /// No command at all.
    case talk
}

extension ChatReading {
    /// Reads a message.
    ///
    /// - Parameter bot: the bot's own name, which a command may carry after an `@`; nil while it isn't known.
    init(_ text: String, bot: String?) {
        let text = text.drop { $0.isWhitespace }
        guard text.first == "/" else {
            self = .talk
            return
        }
        let head = text.dropFirst().prefix { !$0.isWhitespace }
        let rest = CommandText(text.dropFirst(1 + head.count))
        let parts = head.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, let bot, parts[1].lowercased() != bot.lowercased() {
            self = .forAnother
            return
        }
        self = Self.command(parts[0].lowercased(), rest)
    }

    private static func command(_ word: String, _ rest: CommandText) -> ChatReading {
        switch word {
        case "start": .command(.start)
        case "help": .command(.help)
        case "status": .command(.status)
        case "clear": .command(.clear)
        case "newgame": newGame(rest)
        case "snapshot": .command(.snapshot)
        case "ban": ban(rest)
        case "unban": unban(rest)
        case "feedback": feedback(rest)
        case "announce": rest.isEmpty ? .misused("Write /announce TEXT.") : .command(.announce(rest.text))
        default: .unknown(PlayerName.displayed(String(word.prefix(32))))
        }
    }

    private static func newGame(_ rest: CommandText) -> ChatReading {
        guard let size = rest.canvasSize else {
            return .misused(
                "Write /newgame WxH, as in /newgame 200x100: each side from 1 to \(Limits.maxCanvasSide), "
                    + "\(Limits.maxCanvasCells) cells at most. /clear keeps the size.")
        }
        return .command(.newGame(size))
    }

    private static func ban(_ rest: CommandText) -> ChatReading {
        guard let (name, words) = rest.nameAndRest else {
            return .misused(
                "Write /ban NAME, or /ban NAME and a reason that the player will read; a name with spaces stands "
                    + "in quotes, as in /ban \"Ada Lovelace\" painted over others.")
        }
        guard !words.isEmpty else { return .command(.ban(account: name, reason: HostCommand.noBanReason)) }
        guard let reason = PlayerName.validated(words, maxCharacters: Limits.maxBanReasonCharacters) else {
            return .misused("A reason is one line of at most \(Limits.maxBanReasonCharacters) characters.")
        }
        return .command(.ban(account: name, reason: reason))
    }

    private static func unban(_ rest: CommandText) -> ChatReading {
        // Without a reason after it a name needs no quotes.
        if let (name, words) = rest.nameAndRest {
            return .command(.unban(account: rest.isQuoted || words.isEmpty ? name : rest.text))
        }
        return .misused("Write /unban NAME.")
    }

    private static func feedback(_ rest: CommandText) -> ChatReading {
        switch rest.text.lowercased() {
        case "": .command(.feedback)
        case "on": .command(.tellFeedback(true))
        case "off": .command(.tellFeedback(false))
        default: .misused("Write /feedback for the list, /feedback on or /feedback off.")
        }
    }
}
