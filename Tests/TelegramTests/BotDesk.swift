import Foundation
import Protocol
import Telegram

/// A bot with a clock that the test moves by hand.
struct BotDesk: Sendable {
    static let bot: Int64 = 7_000_001
    /// The one who may give orders.
    static let host: Int64 = 501
    static let other: Int64 = 502
    static let stranger: Int64 = 666
    static let group: Int64 = -100_200
    /// When every test begins.
    static let startMs: Int64 = 1_800_000_000_000

    var bot: Bot
    var now = BotTime(monotonicMs: 50_000, wallMs: startMs)
    /// What the last event brought.
    var actions: [BotAction] = []
    /// All that was ever done.
    var all: [BotAction] = []
    private var lastMessage: Int64 = 9_000

    init(
        users: [Int64] = [host, other], groups: [Int64] = [], memory: BotMemory = BotMemory()
    ) {
        bot = Bot(
            rules: BotRules(bot: Self.bot, users: users, groups: groups, pollSeconds: 50), memory: memory)
    }

    /// A bot that was started, knows its name and asks for updates.
    static func started(
        users: [Int64] = [host, other], groups: [Int64] = [], memory: BotMemory = BotMemory()
    ) -> BotDesk {
        var desk = BotDesk(users: users, groups: groups, memory: memory)
        desk.give(.start)
        desk.give(.pollReplied(ok(#"{"id":7000001,"is_bot":true,"first_name":"P","username":"PixelBot"}"#)))
        desk.settle()
        return desk
    }

    mutating func give(_ event: BotEvent) {
        actions = bot.handle(event, at: now)
        all += actions
    }

    mutating func pass(ms: Int64) {
        now.monotonicMs += ms
        now.wallMs += ms
    }

    /// Lets every call that waits succeed.
    mutating func settle() {
        var seen = actions
        while let request = calls(in: actions).first {
            lastMessage += 1
            if case .sendMessage = request {
                give(.callReplied(Self.ok("{\"message_id\":\(lastMessage)}")))
            } else {
                give(.callReplied(Self.ok("true")))
            }
            seen += actions
        }
        actions = seen
    }

    /// Brings updates, and lets the calls that they lead to succeed.
    mutating func bring(_ updates: String...) {
        give(.pollReplied(Self.ok("[" + updates.joined(separator: ",") + "]")))
        settle()
    }

    /// Brings an order as a private message.
    mutating func order(_ update: Int64, _ text: String, by user: Int64 = host, ageMs: Int64 = 0) {
        bring(Self.message(update, text, by: user, atSeconds: (now.wallMs - ageMs) / 1000))
    }

    /// Tells that updates are durably looked at, and lets the calls that this leads to succeed.
    mutating func heard(_ update: Int64) {
        give(.heard(update: update))
        settle()
    }

    mutating func answer(_ update: Int64, _ answer: HostAnswer) {
        give(.answered(update: update, answer))
        settle()
    }

    // MARK: What came out

    func calls(in actions: [BotAction]) -> [BotRequest] {
        actions.compactMap { if case .call(let request) = $0 { request } else { nil } }
    }

    /// The calls that the last event led to.
    var calls: [BotRequest] { calls(in: actions) }

    /// The words that were sent last, with their chats.
    var said: [Said] {
        calls.compactMap {
            if case .sendMessage(let chat, let text, let question) = $0 {
                Said(chat: chat, text: text, question: question)
            } else {
                nil
            }
        }
    }

    struct Said: Equatable {
        var chat: Int64
        var text: String
        var question: Int64?
    }

    /// The call on the line for updates that the last event began.
    var poll: BotRequest? {
        for case .poll(let request) in actions { return request }
        return nil
    }

    /// The commands that the last event handed over.
    var orders: [HostCommand] {
        actions.compactMap { if case .obey(_, let command, _, _) = $0 { command } else { nil } }
    }

    var notes: [BotNote] { actions.compactMap { if case .log(let note) = $0 { note } else { nil } } }

    // MARK: Telegram's JSON

    static func ok(_ result: String) -> BotReply { http(200, "{\"ok\":true,\"result\":\(result)}") }

    static func http(_ status: Int, _ body: String) -> BotReply {
        .http(status: status, body: Array(body.utf8))
    }

    static func failed(_ code: Int, _ words: String, retryAfter: Int? = nil) -> BotReply {
        let parameters = retryAfter.map { ",\"parameters\":{\"retry_after\":\($0)}" } ?? ""
        return http(code, "{\"ok\":false,\"error_code\":\(code),\"description\":\"\(words)\"\(parameters)}")
    }

    static func message(
        _ update: Int64, _ text: String, by user: Int64, in group: Int64? = nil, atSeconds: Int64
    ) -> String {
        let chat =
            group.map { "{\"id\":\($0),\"type\":\"supergroup\"}" } ?? "{\"id\":\(user),\"type\":\"private\"}"
        let quoted = String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
        return """
            {"update_id":\(update),"message":{"message_id":\(update + 1),"date":\(atSeconds),"chat":\(chat),
            "from":{"id":\(user),"is_bot":false,"first_name":"F"},"text":\(quoted)}}
            """
    }

    static func press(
        _ update: Int64, _ data: String, by user: Int64, in chat: Int64? = nil, message: Int64 = 9_001
    ) -> String {
        let type = chat == nil ? "private" : "group"
        return """
            {"update_id":\(update),"callback_query":{"id":"press-\(update)","chat_instance":"1",
            "from":{"id":\(user),"is_bot":false,"first_name":"F"},"data":"\(data)",
            "message":{"message_id":\(message),"date":0,"chat":{"id":\(chat ?? user),"type":"\(type)"}}}}
            """
    }
}
