import Telegram

extension Log {
    /// Writes what the bot wants logged; a token that Telegram's words repeat isn't shown.
    func write(_ note: BotNote, hiding token: BotToken) {
        let line = Line(note, hiding: token)
        write(line.level, line.event, line.fields)
    }
}

extension Log.Line {
    /// Words for what the bot wants logged.
    init(_ note: BotNote, hiding token: BotToken) {
        self =
            switch note {
            case .ready(let name): Self(.info, "telegram_ready", ["bot": .text("@" + name)])
            case .trouble(let method, let failure, let retryMs):
                Self(
                    failure == .badToken ? .error : .warning, "telegram_trouble",
                    [
                        "method": .text(method), "reason": .text(failure.kind),
                        "message": .text(token.hidden(in: failure.words)), "retry_ms": .number(retryMs),
                    ])
            case .recovered(let method): Self(.info, "telegram_recovered", ["method": .text(method)])
            case .stranger(let user, let chat, let unshown):
                Self(
                    .warning, "telegram_stranger",
                    [
                        "user": .number(user), "chat": .number(chat),
                        "not_shown_before": .number(Int64(unshown)),
                    ])
            case .order(let user, let update, let order):
                Self(
                    .info, "telegram_order",
                    ["user": .number(user), "update": .number(update), "order": .text(order)])
            case .dropped(let method, let reason):
                Self(
                    .warning, "telegram_dropped",
                    ["method": .text(method), "reason": .text(token.hidden(in: reason))])
            }
    }
}
