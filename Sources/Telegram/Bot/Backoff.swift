import Protocol

/// How long to wait after calls that failed, and when that is worth a line in the log.
struct Backoff: Sendable {
    private var failures = 0
    private var told: String?

    /// Notes a failure.
    ///
    /// - Returns: how long to wait, in milliseconds, and whether the log should tell of it: a trouble that lasts is
    ///   told once.
    mutating func fail(_ failure: BotFailure) -> (waitMs: Int64, isNews: Bool) {
        failures = min(failures + 1, 30)
        let kind = failure.kind
        let isNews = told != kind
        told = kind
        let doubled = min(Limits.telegramRetryMs << Int64(min(failures - 1, 16)), Limits.telegramMaxRetryMs)
        switch failure {
        case .tooFast(let retryMs): return (min(retryMs, Limits.telegramMaxAskedMs), isNews)
        case .badToken: return (Limits.telegramBadTokenMs, isNews)
        case .conflict, .refused, .broken, .unreachable, .tooLarge: return (doubled, isNews)
        }
    }

    /// Notes a success.
    ///
    /// - Returns: whether the log told of a trouble that is over now.
    mutating func succeed() -> Bool {
        defer {
            failures = 0
            told = nil
        }
        return told != nil
    }
}

extension BotFailure {
    /// One word for its kind.
    public var kind: String {
        switch self {
        case .tooFast: "too_many_requests"
        case .badToken: "bad_token"
        case .conflict: "conflict"
        case .refused: "refused"
        case .broken: "broken"
        case .unreachable: "unreachable"
        case .tooLarge: "too_large"
        }
    }

    /// What is known of it, for the host.
    public var words: String {
        switch self {
        case .tooFast(let retryMs): "Telegram asks to wait for \(retryMs / 1000) s"
        case .badToken: "Telegram knows no bot with this token"
        case .conflict(let words): words
        case .refused(let code, let words): "\(code) \(words)"
        case .broken(let words): words
        case .unreachable(let words): words
        case .tooLarge: "an answer longer than \(Limits.maxTelegramAnswerBytes) bytes"
        }
    }
}
