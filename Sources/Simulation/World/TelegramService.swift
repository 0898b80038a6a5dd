import Telegram

/// Telegram's own side, which no crash of the server touches: an update waits until a call asks for later ones.
struct TelegramService: Sendable {
    static let bot: Int64 = 7_000_001
    /// The person whom the host allows, and the chat with the bot.
    static let person: Int64 = 501

    /// An update, as its JSON.
    private struct Waiting {
        var number: Int64
        var json: String
    }

    private var waiting: [Waiting] = []
    private var lastUpdate: Int64 = 100
    private var lastMessage: Int64 = 9_000

    /// The number that the next update has.
    var nextUpdate: Int64 { lastUpdate + 1 }
    /// How many updates wait.
    var waitingCount: Int { waiting.count }

    /// Takes a message to the bot; its text needs no escape.
    mutating func write(_ text: String, atSeconds: Int64) {
        lastUpdate += 1
        add(
            """
            "message":{"message_id":\(lastUpdate),"date":\(atSeconds),\(Self.chat),\(Self.from),"text":"\(text)"}
            """)
    }

    /// Takes the press of a question's button.
    mutating func press(_ question: Int64, _ isYes: Bool, under message: Int64) {
        lastUpdate += 1
        add(
            """
            "callback_query":{"id":"press-\(lastUpdate)","chat_instance":"1",\(Self.from),
            "data":"\(isYes ? "yes" : "no"):\(question)",
            "message":{"message_id":\(message),"date":0,\(Self.chat)}}
            """)
    }

    private static let chat = "\"chat\":{\"id\":\(person),\"type\":\"private\"}"
    private static let from = "\"from\":{\"id\":\(person),\"is_bot\":false,\"first_name\":\"A\"}"

    private mutating func add(_ content: String) {
        waiting.append(Waiting(number: lastUpdate, json: "{\"update_id\":\(lastUpdate),\(content)}"))
    }

    /// Does what a call asks for.
    ///
    /// - Returns: the answer, and the updates that nobody will be given any more.
    mutating func answer(_ request: BotRequest) -> (reply: BotReply, confirmed: [Int64]) {
        switch request {
        case .getMe: return (Self.ok("{\"id\":\(Self.bot),\"is_bot\":true,\"username\":\"PixelBot\"}"), [])
        case .getUpdates(let offset, let limit, _):
            let confirmed = waiting.map(\.number).filter { $0 < offset ?? 0 }
            waiting.removeFirst(confirmed.count)
            let shown = waiting.prefix(limit).map(\.json).joined(separator: ",")
            return (Self.ok("[\(shown)]"), confirmed)
        case .sendMessage:
            lastMessage += 1
            return (Self.ok("{\"message_id\":\(lastMessage)}"), [])
        case .setMyCommands, .editMessage, .answerPress, .sendPhoto, .sendFile: return (Self.ok("true"), [])
        }
    }

    private static func ok(_ result: String) -> BotReply {
        .http(status: 200, body: Array("{\"ok\":true,\"result\":\(result)}".utf8))
    }
}
