import Protocol

/// Where the line for updates stands.
struct PollLine: Sendable {
    /// What it does.
    enum State: Hashable, Sendable {
        case idle
        /// A call is under way since so long.
        case asking(BotRequest, sinceMs: Int64)
        /// Updates are being looked at: Telegram hears of it with the next call, so that one waits until it is
        /// durable.
        case digesting(through: Int64)
        case waiting(untilMs: Int64)
        case stopped
    }

    var state = State.idle
    /// The bot's name, which the first call asks for.
    var name: String?
    /// How many updates to ask for: fewer after an answer that was too long.
    var limit = Limits.maxTelegramUpdates
    private var backoff = Backoff()

    /// When it goes on by itself.
    var dueMs: Int64? {
        if case .waiting(let untilMs) = state { untilMs } else { nil }
    }

    /// Notes that a call succeeded; whether a trouble is over that the log told of.
    mutating func succeed() -> Bool {
        state = .idle
        return backoff.succeed()
    }

    /// Notes that a call failed, and waits.
    mutating func fail(_ failure: BotFailure, atMs: Int64) -> (waitMs: Int64, isNews: Bool) {
        if failure == .tooLarge { limit = 1 }
        let retry = backoff.fail(failure)
        state = .waiting(untilMs: atMs + retry.waitMs)
        return retry
    }
}
