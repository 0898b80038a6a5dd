import FoundationEssentials
import Protocol

/// Something that happened to the bot, as `getUpdates` tells of it.
public struct Update: Hashable, Sendable {
    /// Its number; a later update has a greater one.
    public var id: Int64
    /// What happened.
    public var content: Content

    /// What an update tells of.
    public enum Content: Hashable, Sendable {
        case message(Message)
        case press(ButtonPress)
        /// What the bot didn't ask for, or can't read.
        case other
    }

    /// Joins the parts.
    public init(id: Int64, _ content: Content) {
        self.id = id
        self.content = content
    }
}

/// A message that a person wrote.
public struct Message: Hashable, Sendable {
    /// Its number in its chat.
    public var id: Int64
    /// Where it stands.
    public var chat: Chat
    /// Who wrote it.
    public var from: Person
    /// The words.
    public var text: String
    /// When, in seconds since 1970, by Telegram's clock.
    public var atSeconds: Int64

    /// Joins the parts.
    public init(id: Int64, chat: Chat, from: Person, text: String, atSeconds: Int64) {
        self.id = id
        self.chat = chat
        self.from = from
        self.text = text
        self.atSeconds = atSeconds
    }
}

/// A press of a button under one of the bot's messages.
public struct ButtonPress: Hashable, Sendable {
    /// By what it is answered.
    public var id: String
    /// Who pressed.
    public var from: Person
    /// The chat of the message, and the message; none where it is too old.
    public var place: Place?
    /// What the button stands for.
    public var data: String

    /// A message of the bot's.
    public struct Place: Hashable, Sendable {
        /// The chat.
        public var chat: Chat
        /// The message's number in it.
        public var message: Int64

        /// Joins the parts.
        public init(chat: Chat, message: Int64) {
            self.chat = chat
            self.message = message
        }
    }

    /// Joins the parts.
    public init(id: String, from: Person, place: Place?, data: String) {
        self.id = id
        self.from = from
        self.place = place
        self.data = data
    }
}

/// A chat, as far as the bot needs to know it.
public struct Chat: Hashable, Sendable {
    /// Its number; a group's is negative.
    public var id: Int64
    /// Whether it has one person and the bot.
    public var isPrivate: Bool

    /// Joins the parts.
    public init(id: Int64, isPrivate: Bool) {
        self.id = id
        self.isPrivate = isPrivate
    }
}

/// Who wrote or pressed.
public struct Person: Hashable, Sendable {
    /// The person's number, which never changes.
    public var id: Int64
    /// Whether it is a bot.
    public var isBot: Bool

    /// Joins the parts.
    public init(id: Int64, isBot: Bool = false) {
        self.id = id
        self.isBot = isBot
    }
}

// MARK: - JSON, with names as a decoder that converts from snake case has them

/// The answer to `getUpdates`: an update whose number can be read is never lost, whatever else is in it.
struct UpdateList: Decodable {
    var updates: [Update]

    init(from decoder: any Decoder) throws {
        var items = try decoder.unkeyedContainer()
        updates = []
        while !items.isAtEnd { updates.append(try items.decode(Update.self)) }
    }
}

extension Update: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id = "updateId"
        case message
        case press = "callbackQuery"
    }

    /// Reads an update; only its number must be there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(Int64.self, forKey: .id)
        // What isn't Telegram could name the last number that there is, after which nothing comes.
        guard Limits.telegramUpdates.contains(id) else {
            throw DecodingError.dataCorruptedError(
                forKey: .id, in: fields, debugDescription: "no update has this number")
        }
        if let message = try? fields.decode(Message.self, forKey: .message) {
            content = .message(message)
        } else if let press = try? fields.decode(ButtonPress.self, forKey: .press) {
            content = .press(press)
        } else {
            content = .other
        }
    }
}

extension Message: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id = "messageId"
        case chat, from, text, date, forwardOrigin, forwardDate, viaBot
    }

    /// Reads a message that has words of its writer's own: what is forwarded is somebody else's, and no order.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(Int64.self, forKey: .id)
        chat = try fields.decode(Chat.self, forKey: .chat)
        from = try fields.decode(Person.self, forKey: .from)
        text = try fields.decode(String.self, forKey: .text)
        for key in [CodingKeys.forwardOrigin, .forwardDate, .viaBot] where fields.contains(key) {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: fields, debugDescription: "somebody else wrote this")
        }
        atSeconds = try fields.decode(Int64.self, forKey: .date)
        guard (0...Limits.lastMomentMs / 1000).contains(atSeconds) else {
            throw DecodingError.dataCorruptedError(
                forKey: .date, in: fields, debugDescription: "nothing was written then")
        }
    }
}

extension ButtonPress: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, from, message, data
    }

    private struct Under: Decodable {
        var messageId: Int64
        var chat: Chat
    }

    /// Reads a press of a button that has data.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        from = try fields.decode(Person.self, forKey: .from)
        data = try fields.decode(String.self, forKey: .data)
        let under = try? fields.decode(Under.self, forKey: .message)
        place = under.map { Place(chat: $0.chat, message: $0.messageId) }
    }
}

extension Chat: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, type
    }

    /// Reads a chat.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(Int64.self, forKey: .id)
        isPrivate = try fields.decode(String.self, forKey: .type) == "private"
    }
}

extension Person: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, isBot
    }

    /// Reads a person.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(Int64.self, forKey: .id)
        isBot = (try? fields.decode(Bool.self, forKey: .isBot)) ?? false
    }
}
