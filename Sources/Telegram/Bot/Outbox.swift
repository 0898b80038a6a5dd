import Protocol

/// Calls that wait to be made, one after the other in their order: Telegram counts them, and a chat reads answers
/// in the order in which it asked.
struct Outbox: Sendable {
    /// A call and what it is for.
    struct Item: Hashable, Sendable {
        var request: BotRequest
        var purpose: Purpose
        /// Until when it is tried, on the monotonic clock.
        var endsAtMs: Int64
    }

    /// What is to happen once a call is done or given up.
    enum Purpose: Hashable, Sendable {
        case nothing
        /// It shows a question's buttons.
        case question(Int64)
        /// It ends the answer to the order of an update.
        case answer(update: Int64)
        /// It tells a chat of new feedback.
        case news(chat: Int64)
    }

    private var waiting: [Item] = []
    private(set) var underWay: Item?
    private var backoff = Backoff()
    /// When the next call may be made, on the monotonic clock.
    private var pausedUntilMs: Int64?

    /// When it goes on by itself after a call that failed.
    var dueMs: Int64? { underWay == nil && !waiting.isEmpty ? pausedUntilMs : nil }

    /// Whether nothing can be done for it now.
    var isQuiet: Bool { underWay == nil && (waiting.isEmpty || pausedUntilMs != nil) }

    /// Whether nothing waits.
    var isEmpty: Bool { underWay == nil && waiting.isEmpty }

    /// Adds a call; false where there is no room for it.
    mutating func add(_ item: Item) -> Bool {
        guard waiting.count < Limits.maxTelegramOutbox else { return false }
        waiting.append(item)
        return true
    }

    /// Takes out what shows a question and wasn't sent yet.
    mutating func drop(question: Int64) { waiting.removeAll { $0.purpose == .question(question) } }

    /// Takes out what isn't under way and was tried for too long.
    mutating func takeEnded(atMs: Int64) -> [Item] {
        let ended = waiting.filter { $0.endsAtMs <= atMs }
        if !ended.isEmpty { waiting.removeAll { $0.endsAtMs <= atMs } }
        return ended
    }

    /// The next call, if one may be made now.
    mutating func start(atMs: Int64) -> BotRequest? {
        guard underWay == nil, !waiting.isEmpty, pausedUntilMs.map({ $0 <= atMs }) ?? true else { return nil }
        pausedUntilMs = nil
        let item = waiting.removeFirst()
        underWay = item
        return item.request
    }

    /// Ends the call under way.
    ///
    /// - Returns: what it was, and whether a trouble is over that the log told of.
    mutating func succeed() -> (item: Item?, isBack: Bool) {
        defer { underWay = nil }
        return (underWay, backoff.succeed())
    }

    /// Ends the call under way for good: it would fail again.
    mutating func giveUp() -> Item? {
        defer { underWay = nil }
        return underWay
    }

    /// Puts another call in the place of the one under way.
    mutating func replace(with request: BotRequest) {
        guard var item = underWay else { return }
        item.request = request
        waiting.insert(item, at: 0)
        underWay = nil
    }

    /// Has the call under way made again after a while.
    mutating func fail(_ failure: BotFailure, atMs: Int64) -> (waitMs: Int64, isNews: Bool) {
        let retry = backoff.fail(failure)
        pausedUntilMs = atMs + retry.waitMs
        if let item = underWay { waiting.insert(item, at: 0) }
        underWay = nil
        return retry
    }
}
