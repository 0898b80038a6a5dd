import Engine
import Protocol
import Telegram

/// The telegram workload: the dozen paints while someone orders by Telegram, whose calls get lost and whose bot dies
/// with the server.
extension World {
    private static let busyUpdates = 40

    // MARK: The person

    /// Has the person whom the host allows write something, and plans the next.
    mutating func orderByTelegram() {
        plan(.ordersByTelegram, inUs: milliseconds(200...1_500))
        guard !isQuiet, telegram.waitingCount < Self.busyUpdates,
            let account = people.randomElement(using: &random)?.identity?.id
        else { return }
        // Telegram's clock isn't the server's: nobody steps it.
        let seconds = (Self.startMs + nowUs / 1000) / 1000
        // Bans and announcements name their updates: no two are alike.
        let name = TelegramLaw.name(of: telegram.nextUpdate)
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<6: telegram.write("/ban \(account) \(name)", atSeconds: seconds)
        case 6..<11: telegram.write("/unban \(account)", atSeconds: seconds)
        case 11..<14: telegram.write("/announce \(name)", atSeconds: seconds)
        case 14: telegram.write("/newgame 24x16", atSeconds: seconds)
        case 15: telegram.write("/start", atSeconds: seconds)
        case 16: telegram.write("good morning", atSeconds: seconds)
        default: telegram.write("/status", atSeconds: seconds)
        }
    }

    // MARK: The bot

    /// Starts the bot with what the disk kept of it.
    mutating func startBot(_ books: TelegramBooks) {
        guard scenario.workload == .telegram else { return }
        let number = TelegramService.bot
        bot = Bot(
            rules: BotRules(bot: number, users: [TelegramService.person], pollSeconds: 1),
            memory: BotMemory(
                offset: books.offsets.first { $0.bot == number },
                chats: books.chats.filter { $0.bot == number },
                owed: books.owed.filter { $0.bot == number }))
        botOrders = [:]
        tellBot(.start)
    }

    /// The bot dies with its server.
    mutating func endBot() {
        bot = nil
        botOrders = [:]
    }

    mutating func tellBot(_ event: BotEvent) {
        let time = BotTime(monotonicMs: nowUs / 1000, wallMs: now.wallMs)
        guard let actions = bot?.handle(event, at: time) else { return }
        for action in actions { perform(action) }
        guard let wakeMs = bot?.nextWakeMs else { return }
        plan(.botWakes(run: run, atMs: wakeMs), inUs: max(0, wakeMs * 1000 - nowUs))
    }

    /// Wakes the bot, unless it has another plan meanwhile.
    mutating func wakeBot(_ run: Int, atMs: Int64) {
        guard run == self.run, bot?.nextWakeMs == atMs else { return }
        tellBot(.wake)
    }

    private mutating func perform(_ action: BotAction) {
        let number = TelegramService.bot
        switch action {
        case .poll(let request): plan(.callsTelegram(run: run, request, isPoll: true), inUs: latencyUs())
        case .call(let request): plan(.callsTelegram(run: run, request, isPoll: false), inUs: latencyUs())
        case .keep(let update, let chat):
            reach(.telegram(.heard(TelegramUpdate(bot: number, number: update, chat: chat))))
        case .obey(let update, let command, let user, let owed):
            lastHostCall += 1
            let call = HostCallID(rawValue: lastHostCall)
            botOrders[call] = update
            auditor.observe(.hostAsked(call), atUs: nowUs)
            // Left to chance, few crashes would come between an order and its commit.
            if scenario.faults.contains(.crash), !isQuiet, chance(25) {
                plan(.dies(run: run), inUs: milliseconds(0...12))
            }
            let order = TelegramOrder(call: call, command: command, user: user, owed: owed)
            reach(.telegram(.heard(TelegramUpdate(bot: number, number: update, order: order))))
        case .delivered(let update): reach(.telegram(.answered(bot: number, update: update)))
        case .log: break
        }
    }

    /// A call reaches Telegram, unless it is lost, and so may its answer be.
    mutating func callTelegram(_ run: Int, _ request: BotRequest, isPoll: Bool) {
        let isLossy = scenario.faults.contains(.drop) && !isQuiet
        var reply = BotReply.none(.unreachable, "the line is dead")
        if !isLossy || !chance(10) {
            let answer = telegram.answer(request)
            for update in answer.confirmed { auditor.observe(.confirmedToTelegram(update), atUs: nowUs) }
            if !isLossy || !chance(10) { reply = answer.reply }
            if case .sendMessage(_, _, let question?) = request, case .http(_, let body) = reply {
                let digits = String(decoding: body, as: UTF8.self).filter(\.isNumber)
                // Some never answer, some twice.
                for _ in 0..<Int.random(in: 0...2, using: &random) {
                    telegram.press(question, chance(80), under: Int64(digits) ?? 0)
                }
            }
        }
        plan(.hearsTelegram(run: run, reply, isPoll: isPoll), inUs: latencyUs())
    }

    /// An answer of Telegram's reaches the bot, unless that is gone.
    mutating func hearTelegram(_ run: Int, _ reply: BotReply, isPoll: Bool) {
        if run == self.run { tellBot(isPoll ? .pollReplied(reply) : .callReplied(reply)) }
    }

    /// Tells the bot what the engine has to say.
    mutating func carry(_ effect: TelegramEffect) {
        switch effect {
        case .heard(let update): tellBot(.heard(update: update))
        case .feedback(let piece): tellBot(.feedback(piece))
        }
    }

    /// Takes the answer to a host's command, if the bot has asked.
    mutating func answerBot(_ call: HostCallID, _ answer: HostAnswer) {
        guard let update = botOrders.removeValue(forKey: call) else { return }
        tellBot(.answered(update: update, answer))
    }
}
