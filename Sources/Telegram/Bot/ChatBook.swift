import Protocol

/// The chats that a bot knows.
struct ChatBook: Sendable {
    private var chats: [Int64: TelegramChat]

    init(_ chats: [TelegramChat]) {
        self.chats = Dictionary(chats.map { ($0.id, $0) }) { $1 }
    }

    subscript(id: Int64) -> TelegramChat? { chats[id] }

    var isFull: Bool { chats.count >= Limits.maxTelegramChats }

    mutating func put(_ chat: TelegramChat) { chats[chat.id] = chat }

    /// Those that are told of new feedback, by number.
    var wantingFeedback: [TelegramChat] {
        chats.values.filter(\.wantsFeedback).sorted { $0.id < $1.id }
    }
}
