import Protocol

extension ServerEngine {
    /// Takes what comes by way of Telegram.
    ///
    /// An update's number goes into the commit that keeps what the update asked for: a crash leaves both or
    /// neither, so that no order is lost or done twice.
    mutating func take(_ input: TelegramInput, at now: Moment, into effects: inout [Effect]) {
        switch input {
        case .heard(let update):
            keep(.heard(TelegramOffset(bot: update.bot, update: update.number, atMs: now.wallMs)))
            if let chat = update.chat { keep(.chat(chat)) }
            guard let order = update.order else { return }
            keep(.owed(order.owed))
            obey(
                order.command, by: .telegram(user: order.user), for: .host(order.call), at: now,
                into: &effects)
        case .answered(let bot, let update):
            keep(.answered(bot: bot, update: update))
        }
    }

    /// Has something kept, at once or when storage takes writes again.
    ///
    /// Where it doesn't, no order is taken either: what waits here has nothing that it belongs to.
    private mutating func keep(_ record: TelegramRecord) {
        if unkeptTelegram.count < Limits.maxUnkeptTelegramRecords { unkeptTelegram.append(record) }
        keepWaitingTelegram()
    }

    /// Has kept what storage took no writes for, in its order.
    mutating func keepWaitingTelegram() {
        guard !unkeptTelegram.isEmpty, storage == .healthy, commits.pendingCount < Limits.maxPendingRecords
        else { return }
        let waiting = unkeptTelegram
        unkeptTelegram = []
        for record in waiting {
            var held: Held?
            if case .heard(let offset) = record {
                held = Held(asker: .nobody, answer: .telegramHeard(update: offset.update))
            }
            commits.add(.telegram(record), held: held, reversal: .telegram(record))
        }
    }

    /// Tells of feedback that has become durable.
    func tellFeedback(in records: [Record], into effects: inout [Effect]) {
        for case .feedback(let record) in records {
            let account = record.isGuest ? nil : accounts[record.holder]
            let news = FeedbackNews(
                account: account.map { AccountName(id: $0.id, name: $0.name) }, isGuest: record.isGuest,
                message: record.message.text, atMs: record.atMs)
            effects.append(.telegram(.feedback(news)))
        }
    }
}
