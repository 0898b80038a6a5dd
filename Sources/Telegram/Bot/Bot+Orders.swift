import Protocol

extension Bot {
    /// Looks at an update.
    ///
    /// - Returns: whether an action keeps its number.
    mutating func take(_ update: Update, at now: BotTime, into actions: inout [BotAction]) -> Bool {
        switch update.content {
        case .message(let message): return take(message, of: update.id, at: now, into: &actions)
        case .press(let press): return take(press, of: update.id, at: now, into: &actions)
        case .other: return false
        }
    }

    /// Whether someone may give orders in a chat; the log tells of whoever may not.
    func isAllowed(_ person: Person, in chat: Chat?) -> Bool {
        guard !person.isBot, rules.users.contains(person.id) else { return false }
        return chat.map { $0.isPrivate || rules.groups.contains($0.id) } ?? false
    }

    private mutating func noteStranger(
        _ person: Person, in chat: Chat?, at now: BotTime, into actions: inout [BotAction]
    ) {
        guard let unshown = strangers.note(person.id, atMs: now.monotonicMs) else { return }
        actions.append(.log(.stranger(user: person.id, chat: chat?.id ?? 0, unshown: unshown)))
    }

    private mutating func take(
        _ message: Message, of update: Int64, at now: BotTime, into actions: inout [BotAction]
    ) -> Bool {
        guard isAllowed(message.from, in: message.chat) else {
            noteStranger(message.from, in: message.chat, at: now, into: &actions)
            return false
        }
        let chat = message.chat.id
        switch ChatReading(message.text, bot: line.name) {
        case .command(let command):
            let shown = PlayerName.displayed(String(message.text.prefix(100)))
            actions.append(.log(.order(user: message.from.id, update: update, order: shown)))
            let ageMs = now.wallMs - message.atSeconds * 1000
            guard !command.changesGame || ageMs <= Limits.telegramStaleMs else {
                reply(Wording.tooOld(ageMs: ageMs), to: chat, at: now, into: &actions)
                return false
            }
            let request = Request(
                update: update, user: message.from.id, chat: message.chat, order: shown)
            return follow(command, request, at: now, into: &actions)
        case .misused(let words): reply(words, to: chat, at: now, into: &actions)
        case .unknown(let word):
            // In a group it may be meant for another bot.
            if message.chat.isPrivate { reply(Wording.unknown(word), to: chat, at: now, into: &actions) }
        case .talk:
            if message.chat.isPrivate { reply(Wording.talk, to: chat, at: now, into: &actions) }
        case .forAnother: break
        }
        return false
    }

    /// An order's surroundings.
    struct Request {
        var update: Int64
        var user: Int64
        var chat: Chat
        /// The order as it was written.
        var order: String
    }

    /// Does what a command asks for.
    ///
    /// - Returns: whether an action keeps the update's number.
    private mutating func follow(
        _ command: ChatCommand, _ request: Request, at now: BotTime, into actions: inout [BotAction]
    ) -> Bool {
        switch command {
        case .start: return start(request, at: now, into: &actions)
        case .help: reply(Wording.help, to: request.chat.id, at: now, into: &actions)
        case .status: return order(.status, request, at: now, into: &actions)
        case .clear:
            ask(Wording.clear, .newGame(width: nil, height: nil), request, at: now, into: &actions)
        case .newGame(let size):
            ask(
                Wording.newGame(size), .newGame(width: size.width, height: size.height), request, at: now,
                into: &actions)
        case .snapshot: return order(.picture, request, at: now, into: &actions)
        case .ban(let account, let reason):
            return order(.ban(account: account, reason: reason), request, at: now, into: &actions)
        case .unban(let account): return order(.unban(account: account), request, at: now, into: &actions)
        case .feedback: return order(.feedback, request, at: now, into: &actions)
        case .tellFeedback(let wants): return choose(wants, request, at: now, into: &actions)
        case .announce(let text): return order(.announce(message: text), request, at: now, into: &actions)
        }
        return false
    }

    /// Hands a command to the server.
    private mutating func order(
        _ command: HostCommand, _ request: Request, at now: BotTime, into actions: inout [BotAction]
    ) -> Bool {
        guard orders.count < Limits.maxTelegramOrders else {
            reply(Wording.busy, to: request.chat.id, at: now, into: &actions)
            return false
        }
        orders[request.update] = request.chat.id
        counts.orders += 1
        let owed = OwedAnswer(
            bot: rules.bot, update: request.update, chat: request.chat.id, order: request.order)
        actions.append(.obey(update: request.update, command, user: request.user, owed: owed))
        return true
    }

    private mutating func start(
        _ request: Request, at now: BotTime, into actions: inout [BotAction]
    ) -> Bool {
        let known = chats[request.chat.id]
        reply(Wording.welcome, to: request.chat.id, at: now, into: &actions)
        guard known == nil else { return false }
        return remember(request, wantsFeedback: true, at: now, into: &actions)
    }

    private mutating func choose(
        _ wantsFeedback: Bool, _ request: Request, at now: BotTime, into actions: inout [BotAction]
    ) -> Bool {
        guard remember(request, wantsFeedback: wantsFeedback, at: now, into: &actions) else { return false }
        if !wantsFeedback { news.forget(request.chat.id) }
        reply(
            wantsFeedback ? Wording.feedbackOn : Wording.feedbackOff, to: request.chat.id, at: now,
            into: &actions)
        return true
    }

    private mutating func remember(
        _ request: Request, wantsFeedback: Bool, at now: BotTime, into actions: inout [BotAction]
    ) -> Bool {
        guard chats[request.chat.id] != nil || !chats.isFull else {
            reply(Wording.tooManyChats, to: request.chat.id, at: now, into: &actions)
            return false
        }
        let chat = TelegramChat(
            bot: rules.bot, id: request.chat.id, user: request.user, wantsFeedback: wantsFeedback)
        chats.put(chat)
        actions.append(.keep(update: request.update, chat: chat))
        return true
    }
}

// MARK: - Questions

extension Bot {
    private mutating func ask(
        _ words: String, _ command: HostCommand, _ request: Request, at now: BotTime,
        into actions: inout [BotAction]
    ) {
        guard !questions.isFull else {
            return reply(Wording.busy, to: request.chat.id, at: now, into: &actions)
        }
        questions.add(
            Question(
                id: request.update, asker: request.user, chat: request.chat.id, command: command,
                order: request.order, endsAtMs: now.monotonicMs + Limits.telegramQuestionMs))
        send(
            .sendMessage(chat: request.chat.id, text: words, question: request.update),
            for: .question(request.update), at: now, into: &actions)
    }

    private mutating func take(
        _ press: ButtonPress, of update: Int64, at now: BotTime, into actions: inout [BotAction]
    ) -> Bool {
        guard isAllowed(press.from, in: press.place?.chat) else {
            noteStranger(press.from, in: press.place?.chat, at: now, into: &actions)
            return false
        }
        guard let answer = QuestionAnswer(press.data), let question = questions[answer.question],
            question.chat == press.place?.chat.id, let chat = press.place?.chat
        else {
            send(.answerPress(id: press.id, text: Wording.questionOver), at: now, into: &actions)
            return false
        }
        guard question.asker == press.from.id else {
            send(.answerPress(id: press.id, text: Wording.notYours), at: now, into: &actions)
            return false
        }
        questions.remove(question.id)
        outbox.drop(question: question.id)
        send(.answerPress(id: press.id, text: nil), at: now, into: &actions)
        var asked = question
        asked.message = press.place?.message ?? question.message
        guard answer.isYes else {
            close(asked, with: Wording.cancelled(asked.order), at: now, into: &actions)
            return false
        }
        close(asked, with: Wording.confirmed(asked.order), at: now, into: &actions)
        let request = Request(update: update, user: press.from.id, chat: chat, order: asked.order)
        return order(asked.command, request, at: now, into: &actions)
    }

    /// Puts other words in a question's place, and no buttons.
    func closing(_ question: Question, with words: String) -> BotRequest? {
        question.message.map { .editMessage(chat: question.chat, message: $0, text: words) }
    }

    private mutating func close(
        _ question: Question, with words: String, at now: BotTime, into actions: inout [BotAction]
    ) {
        if let request = closing(question, with: words) { send(request, at: now, into: &actions) }
    }

    /// Ends the questions that nobody answered in time.
    mutating func endQuestions(at now: BotTime, into actions: inout [BotAction]) {
        for question in questions.takeEnded(atMs: now.monotonicMs) {
            outbox.drop(question: question.id)
            close(question, with: Wording.expired(question.order), at: now, into: &actions)
        }
    }
}
