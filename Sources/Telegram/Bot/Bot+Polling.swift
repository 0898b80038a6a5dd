import Protocol

extension Bot {
    /// Asks for the bot's name, then for updates, if nothing is under way.
    mutating func pollIfDue(at now: BotTime, into actions: inout [BotAction]) {
        if let dueMs = line.dueMs, dueMs <= now.monotonicMs { line.state = .idle }
        guard line.state == .idle else { return }
        let request =
            line.name == nil
            ? BotRequest.getMe
            : .getUpdates(offset: nextUpdate(at: now), limit: line.limit, holdSeconds: rules.pollSeconds)
        line.state = .asking(request, sinceMs: now.monotonicMs)
        actions.append(.poll(request))
    }

    /// The first update that wasn't looked at; nil for the first that Telegram has, after so long that it may have
    /// numbered them anew.
    private func nextUpdate(at now: BotTime) -> Int64? {
        guard let offset, !isOld(offset, at: now) else { return nil }
        return offset.update + 1
    }

    private func isOld(_ offset: TelegramOffset, at now: BotTime) -> Bool {
        now.wallMs - offset.atMs > Limits.telegramRenumberMs
    }

    /// Goes on with what came of the call on the line for updates.
    mutating func polled(_ reply: BotReply, at now: BotTime, into actions: inout [BotAction]) {
        guard case .asking(let request, let sinceMs) = line.state else { return }
        do throws(BotFailure) {
            if line.name == nil {
                let name = try reply.username()
                line.name = name
                actions.append(.log(.ready(name: name)))
                noteRecovery(line.succeed(), request, into: &actions)
                counts.polls += 1
            } else {
                let updates = try reply.updates()
                noteRecovery(line.succeed(), request, into: &actions)
                counts.polls += 1
                line.limit = Limits.maxTelegramUpdates
                take(updates, askedMs: now.monotonicMs - sinceMs, at: now, into: &actions)
            }
        } catch {
            counts.failedPolls += 1
            let retry = line.fail(error, atMs: now.monotonicMs)
            if retry.isNews {
                actions.append(
                    .log(.trouble(method: request.method, error, retryMs: retry.waitMs)))
            }
        }
    }

    private func noteRecovery(_ isBack: Bool, _ request: BotRequest, into actions: inout [BotAction]) {
        if isBack { actions.append(.log(.recovered(method: request.method))) }
    }

    /// Looks at updates in order, each once.
    private mutating func take(
        _ updates: [Update], askedMs: Int64, at now: BotTime, into actions: inout [BotAction]
    ) {
        // What a server gives again though it was confirmed isn't done again; after a long silence Telegram
        // begins with other numbers, which may be lower.
        var last = offset.flatMap { isOld($0, at: now) ? nil : $0.update }
        var isKept = true
        var isNew = false
        for update in updates.sorted(by: { $0.id < $1.id }) where last.map({ update.id > $0 }) ?? true {
            last = update.id
            isNew = true
            isKept = take(update, at: now, into: &actions)
        }
        guard let last, isNew else {
            // A server that doesn't hold calls is asked less often.
            if askedMs < Limits.telegramIdlePollMs {
                line.state = .waiting(untilMs: now.monotonicMs + Limits.telegramIdlePollMs)
            }
            return
        }
        if !isKept { actions.append(.keep(update: last, chat: nil)) }
        line.state = .digesting(through: last)
    }

    /// Goes on once it is durable how far the updates were looked at.
    mutating func heard(_ update: Int64, at now: BotTime) {
        offset = TelegramOffset(bot: rules.bot, update: update, atMs: now.wallMs)
        if case .digesting(let through) = line.state, update >= through { line.state = .idle }
    }
}
