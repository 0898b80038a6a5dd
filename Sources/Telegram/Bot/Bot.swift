import Protocol

/// The bot as a value: what happens and the time go in, what is to be done comes out.
///
/// An update is confirmed to Telegram, by asking for those after it, only once its number is durable; the number
/// becomes durable in one commit with what the update asked for. So a crash anywhere loses no order and does none
/// twice.
public struct Bot: Sendable {
    let rules: BotRules
    var line = PollLine()
    var outbox = Outbox()
    var questions = QuestionBook()
    var strangers = StrangerBook()
    var news = NewsBook()
    var chats: ChatBook
    /// How far the updates were durably looked at.
    var offset: TelegramOffset?
    /// By their updates: the chats that wait for the server's answers.
    var orders: [Int64: Int64] = [:]
    /// What it did so far.
    public internal(set) var counts = BotCounts()
    private let owed: [OwedAnswer]

    /// Starts with what an earlier run kept.
    public init(rules: BotRules, memory: BotMemory = BotMemory()) {
        self.rules = rules
        offset = memory.offset
        chats = ChatBook(memory.chats)
        owed = memory.owed
    }

    /// When `.wake` should come next, on the monotonic clock in milliseconds; nil when nothing is planned.
    public var nextWakeMs: Int64? {
        [line.dueMs, isKnown ? outbox.dueMs : nil, questions.nextEndMs].compactMap { $0 }.min()
    }

    /// Whether a stopping server need not wait for it: nothing can be sent now.
    public var isQuiet: Bool { orders.isEmpty && (!isKnown || outbox.isQuiet) }

    /// Whether Telegram knows the bot: before, nothing can be sent.
    private var isKnown: Bool { line.name != nil }

    /// Takes what happened and gives what is to be done, in order.
    public mutating func handle(_ event: BotEvent, at now: BotTime) -> [BotAction] {
        var actions: [BotAction] = []
        switch event {
        case .start: begin(at: now, into: &actions)
        case .pollReplied(let reply): polled(reply, at: now, into: &actions)
        case .callReplied(let reply): called(reply, at: now, into: &actions)
        case .heard(let update): heard(update, at: now)
        case .answered(let update, let answer): answered(update, answer, at: now, into: &actions)
        case .feedback(let piece): tell(piece)
        case .wake: break
        case .stop: line.state = .stopped
        }
        pursue(at: now, into: &actions)
        return actions
    }

    /// Tells what an earlier run had no time to tell.
    private mutating func begin(at now: BotTime, into actions: inout [BotAction]) {
        send(.setMyCommands, at: now, into: &actions)
        for debt in owed {
            send(
                .sendMessage(chat: debt.chat, text: Wording.restarted(debt.order)),
                for: .answer(update: debt.update), at: now, into: &actions)
        }
    }

    /// Starts whatever has become due.
    private mutating func pursue(at now: BotTime, into actions: inout [BotAction]) {
        endQuestions(at: now, into: &actions)
        for item in outbox.takeEnded(atMs: now.monotonicMs) {
            giveUp(item, "it took too long", into: &actions)
        }
        if isKnown, outbox.isEmpty, let (chat, text) = news.takeMessage() {
            send(.sendMessage(chat: chat, text: text), for: .news(chat: chat), at: now, into: &actions)
        }
        if isKnown, let request = outbox.start(atMs: now.monotonicMs) { actions.append(.call(request)) }
        pollIfDue(at: now, into: &actions)
    }

    /// Has new feedback told in the chats that want it, as long as their people are allowed.
    private mutating func tell(_ piece: FeedbackNews) {
        for chat in chats.wantingFeedback where mayTell(chat) { news.add(piece, for: chat.id) }
    }

    private func mayTell(_ chat: TelegramChat) -> Bool {
        rules.users.contains(chat.user) && (chat.id == chat.user || rules.groups.contains(chat.id))
    }
}
