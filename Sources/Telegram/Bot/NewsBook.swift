import Protocol

/// New feedback that chats are yet to be told of: a bounded number each, the newest of them.
struct NewsBook: Sendable {
    private struct Waiting {
        var pieces: [FeedbackNews] = []
        /// Older ones that there was no room for.
        var missed = 0
    }

    private var waiting: [Int64: Waiting] = [:]

    var isEmpty: Bool { waiting.isEmpty }

    /// Adds a piece for a chat.
    mutating func add(_ piece: FeedbackNews, for chat: Int64) {
        var queue = waiting[chat] ?? Waiting()
        if queue.pieces.count >= Limits.maxTelegramNews {
            queue.pieces.removeFirst()
            queue.missed += 1
        }
        queue.pieces.append(piece)
        waiting[chat] = queue
    }

    /// Forgets what a chat was to be told.
    mutating func forget(_ chat: Int64) { waiting[chat] = nil }

    /// Takes as much as one message holds for the chat with the lowest number.
    mutating func takeMessage() -> (chat: Int64, text: String)? {
        guard let chat = waiting.keys.min(), var queue = waiting[chat] else { return nil }
        var text = ""
        if queue.missed > 0 {
            text = "\(queue.missed) more came than could be told; /feedback lists the latest."
            queue.missed = 0
        }
        while let piece = queue.pieces.first {
            let words = Wording.piece(piece)
            let joined = text.isEmpty ? words : text + "\n\n" + words
            if !text.isEmpty, joined.utf16.count > Limits.maxTelegramMessageUnits { break }
            text = joined
            queue.pieces.removeFirst()
        }
        waiting[chat] = queue.pieces.isEmpty ? nil : queue
        return (chat, text)
    }
}
