import FoundationEssentials
import Protocol

/// A call to a method of the Bot API.
public enum BotRequest: Hashable, Sendable {
    /// Who am I?
    case getMe
    /// What the bot's menu shows.
    case setMyCommands
    /// The updates from a number on, or those that nobody confirmed; Telegram holds the call until there are
    /// some.
    case getUpdates(offset: Int64?, limit: Int, holdSeconds: Int)
    /// Words to a chat, as they stand: nothing in them is markup. With buttons, where they are a question.
    case sendMessage(chat: Int64, text: String, question: Int64? = nil)
    /// Other words in place of a message of ours, and no buttons.
    case editMessage(chat: Int64, message: Int64, text: String)
    /// Ends the wait of whoever pressed a button; with words, where something is to be said.
    case answerPress(id: String, text: String?)
    case sendPhoto(chat: Int64, png: [UInt8], caption: String)
    case sendFile(chat: Int64, png: [UInt8], caption: String)

    /// The method's name.
    public var method: String {
        switch self {
        case .getMe: "getMe"
        case .setMyCommands: "setMyCommands"
        case .getUpdates: "getUpdates"
        case .sendMessage: "sendMessage"
        case .editMessage: "editMessageText"
        case .answerPress: "answerCallbackQuery"
        case .sendPhoto: "sendPhoto"
        case .sendFile: "sendDocument"
        }
    }

    /// How long its whole answer may take, in milliseconds.
    public var timeoutMs: Int {
        switch self {
        // Shorter holds are for lines on which time is short.
        case .getUpdates(_, _, let seconds): (seconds + min(10, max(2, seconds))) * 1000
        case .sendPhoto, .sendFile: Limits.telegramUploadMs
        case .getMe, .setMyCommands, .sendMessage, .editMessage, .answerPress: Limits.telegramCallMs
        }
    }

    /// Whether its body has a file in it: laying that out takes a while, and the loop has no time for it.
    public var hasFile: Bool {
        switch self {
        case .sendPhoto, .sendFile: true
        case .getMe, .setMyCommands, .getUpdates, .sendMessage, .editMessage, .answerPress: false
        }
    }

    /// The body, with its `Content-Type`.
    ///
    /// - Parameter boundary: what parts a form, where it is one.
    public func body(_ boundary: FormBoundary) -> (contentType: String, bytes: [UInt8]) {
        switch self {
        case .getMe: Self.json(Empty())
        case .setMyCommands: Self.json(Menu(commands: ChatCommand.menu.map(Menu.Item.init)))
        case .getUpdates(let offset, let limit, let seconds):
            Self.json(Poll(offset: offset, limit: limit, timeout: seconds))
        case .sendMessage(let chat, let text, let question):
            Self.json(Words(chatId: chat, text: text, replyMarkup: question.map(Keyboard.init)))
        case .editMessage(let chat, let message, let text):
            Self.json(Words(chatId: chat, messageId: message, text: text))
        case .answerPress(let id, let text): Self.json(Press(callbackQueryId: id, text: text))
        case .sendPhoto(let chat, let png, let caption): Self.form("photo", png, to: chat, caption, boundary)
        case .sendFile(let chat, let png, let caption):
            Self.form("document", png, to: chat, caption, boundary)
        }
    }

    private static func json(_ document: some Encodable) -> (contentType: String, bytes: [UInt8]) {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(document) else {
            preconditionFailure("texts and whole numbers always have a JSON form")
        }
        return ("application/json", [UInt8](json))
    }

    private static func form(
        _ field: String, _ png: [UInt8], to chat: Int64, _ caption: String, _ boundary: FormBoundary
    ) -> (contentType: String, bytes: [UInt8]) {
        var form = MultipartForm(boundary, fileBytes: png.count)
        form.add("chat_id", String(chat))
        form.add("caption", caption)
        form.add(field, file: png, called: "canvas.png", type: "image/png")
        return (form.contentType, form.ended())
    }
}

// MARK: - JSON, in Telegram's words

private struct Empty: Encodable {}

private struct Menu: Encodable {
    struct Item: Encodable {
        let command: String
        let description: String

        init(_ item: (word: String, help: String)) {
            command = item.word
            description = item.help
        }
    }

    let commands: [Item]
}

private struct Poll: Encodable {
    let offset: Int64?
    let limit: Int
    let timeout: Int
    // Each call names them: Telegram goes on with those that it was told last.
    let allowedUpdates = ["message", "callback_query"]
}

private struct Words: Encodable {
    let chatId: Int64
    var messageId: Int64?
    let text: String
    var replyMarkup: Keyboard?
    // A player's link shows no page of its own in the host's chat.
    let linkPreviewOptions = Preview()

    struct Preview: Encodable {
        let isDisabled = true
    }
}

private struct Keyboard: Encodable {
    struct Button: Encodable {
        let text: String
        let callbackData: String
    }

    let inlineKeyboard: [[Button]]

    init(question: Int64) {
        inlineKeyboard = [
            [
                Button(
                    text: "Yes, do it", callbackData: QuestionAnswer(question: question, isYes: true).data),
                Button(text: "Cancel", callbackData: QuestionAnswer(question: question, isYes: false).data),
            ]
        ]
    }
}

private struct Press: Encodable {
    let callbackQueryId: String
    let text: String?
}
