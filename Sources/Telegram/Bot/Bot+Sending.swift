import Protocol

extension Bot {
    /// Has words sent to a chat.
    mutating func reply(
        _ words: String, to chat: Int64, at now: BotTime, into actions: inout [BotAction]
    ) {
        send(.sendMessage(chat: chat, text: words), at: now, into: &actions)
    }

    /// Adds a call to those that wait.
    mutating func send(
        _ request: BotRequest, for purpose: Outbox.Purpose = .nothing, at now: BotTime,
        into actions: inout [BotAction]
    ) {
        let item = Outbox.Item(
            request: request, purpose: purpose, endsAtMs: now.monotonicMs + Limits.telegramDeliveryMs)
        if !outbox.add(item) { giveUp(item, "too many wait", into: &actions) }
    }

    /// Goes on with what came of a call.
    mutating func called(_ reply: BotReply, at now: BotTime, into actions: inout [BotAction]) {
        guard let item = outbox.underWay else { return }
        do throws(BotFailure) {
            if case .question(let id) = item.purpose {
                try asked(id, item.request, as: reply.sentMessage(), at: now, into: &actions)
            } else {
                try reply.check()
            }
            counts.calls += 1
            if outbox.succeed().isBack { actions.append(.log(.recovered(method: item.request.method))) }
            if case .answer(let update) = item.purpose { actions.append(.delivered(update: update)) }
        } catch {
            counts.failedCalls += 1
            failed(item, error, at: now, into: &actions)
        }
    }

    /// Notes where a question's buttons are; a question that is over meanwhile loses them.
    private mutating func asked(
        _ id: Int64, _ request: BotRequest, as message: Int64, at now: BotTime,
        into actions: inout [BotAction]
    ) {
        guard !questions.sent(id, as: message), case .sendMessage(let chat, _, _) = request else { return }
        send(
            .editMessage(chat: chat, message: message, text: Wording.questionOver), at: now, into: &actions)
    }

    private mutating func failed(
        _ item: Outbox.Item, _ failure: BotFailure, at now: BotTime, into actions: inout [BotAction]
    ) {
        switch failure {
        case .refused:
            if case .sendPhoto(let chat, let png, let caption) = item.request {
                // What Telegram doesn't take as a photo it may take as a file.
                return outbox.replace(with: .sendFile(chat: chat, png: png, caption: caption))
            }
            if let item = outbox.giveUp() { giveUp(item, failure.words, into: &actions) }
        case .tooLarge:
            // It was done all the same: nothing that is sent from here has a long answer.
            if let item = outbox.giveUp() { giveUp(item, failure.words, into: &actions) }
        case .tooFast, .badToken, .conflict, .broken, .unreachable:
            let retry = outbox.fail(failure, atMs: now.monotonicMs)
            // The line for updates tells of a bad token.
            if retry.isNews, failure != .badToken {
                actions.append(
                    .log(.trouble(method: item.request.method, failure, retryMs: retry.waitMs)))
            }
        }
    }

    /// Lets a call go that can't be made.
    func giveUp(_ item: Outbox.Item, _ reason: String, into actions: inout [BotAction]) {
        if case .answer(let update) = item.purpose { actions.append(.delivered(update: update)) }
        switch item.request {
        // A press or a message of ours may be too old by now, which hurts nobody.
        case .answerPress, .editMessage: break
        case .getMe, .setMyCommands, .getUpdates, .sendMessage, .sendPhoto, .sendFile:
            actions.append(.log(.dropped(method: item.request.method, reason: reason)))
        }
    }

    /// Sends the server's answer to an order.
    mutating func answered(
        _ update: Int64, _ answer: HostAnswer, at now: BotTime, into actions: inout [BotAction]
    ) {
        guard let chat = orders.removeValue(forKey: update) else { return }
        if case .picture(let png) = answer {
            return send(
                Self.showing(png, in: chat), for: .answer(update: update), at: now, into: &actions)
        }
        let parts = MessageText.parts(of: Wording.answer(answer))
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            send(
                .sendMessage(chat: chat, text: part), for: isLast ? .answer(update: update) : .nothing,
                at: now, into: &actions)
        }
    }

    /// A picture as a photo where Telegram takes it as one, else as a file, else words.
    static func showing(_ png: [UInt8], in chat: Int64) -> BotRequest {
        guard let picture = PictureSize(png: png), png.count <= Limits.maxTelegramFileBytes else {
            return .sendMessage(chat: chat, text: Wording.noPicture(bytes: png.count))
        }
        let caption = "\(picture.width)×\(picture.height)"
        return picture.isPhoto && png.count <= Limits.maxTelegramPhotoBytes
            ? .sendPhoto(chat: chat, png: png, caption: caption)
            : .sendFile(chat: chat, png: png, caption: caption)
    }
}
