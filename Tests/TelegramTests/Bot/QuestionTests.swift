import Protocol
import Telegram
import Testing

@Suite("A bot's question")
struct QuestionTests {
    /// A bot that asked whether to clear the canvas, in its message 9002 (9001 was the menu).
    private func asked(_ text: String = "/clear") -> BotDesk {
        var desk = BotDesk.started()
        desk.order(20, text)
        desk.heard(20)
        return desk
    }

    private func edits(_ desk: BotDesk) -> [String] {
        desk.calls.compactMap { if case .editMessage(_, 9_002, let text) = $0 { text } else { nil } }
    }

    private func pressAnswers(_ desk: BotDesk) -> [String?] {
        desk.calls.compactMap { call -> String?? in
            if case .answerPress(_, let text) = call { .some(text) } else { nil }
        }
    }

    @Test("is asked before the canvas is cleared, with buttons, and nothing is done yet")
    func asks() {
        var desk = BotDesk.started()
        desk.order(20, "/clear")
        #expect(desk.said.map(\.question) == [20])
        #expect(desk.orders.isEmpty)
        #expect(desk.actions.contains(.keep(update: 20, chat: nil)))
    }

    @Test(
        "that is answered with yes is done, with the number of the press",
        arguments: [
            ("/clear", HostCommand.newGame(width: nil, height: nil)),
            ("/newgame 200x100", .newGame(width: 200, height: 100)),
        ])
    func yes(text: String, command: HostCommand) {
        var desk = asked(text)
        desk.bring(BotDesk.press(21, "yes:20", by: BotDesk.host, message: 9_002))
        #expect(
            desk.actions.contains(
                .obey(
                    update: 21, command, user: BotDesk.host,
                    owed: OwedAnswer(bot: BotDesk.bot, update: 21, chat: BotDesk.host, order: text))))
        #expect(edits(desk) == ["\(text): confirmed."])
        #expect(pressAnswers(desk) == [nil])
        desk.answer(21, .done("A new canvas begins."))
        #expect(desk.said.map(\.text) == ["A new canvas begins."])
    }

    @Test("that is answered with no is over, and nothing is done")
    func no() {
        var desk = asked()
        desk.bring(BotDesk.press(21, "no:20", by: BotDesk.host, message: 9_002))
        #expect(desk.orders.isEmpty)
        #expect(edits(desk) == ["/clear: cancelled, nothing was done."])
        desk.heard(21)
        desk.bring(BotDesk.press(22, "yes:20", by: BotDesk.host, message: 9_002))
        #expect(desk.orders.isEmpty)
        #expect(pressAnswers(desk) == ["This question is over. Ask again."])
    }

    @Test("is done once, however often its button is pressed")
    func once() {
        var desk = asked()
        desk.bring(
            BotDesk.press(21, "yes:20", by: BotDesk.host, message: 9_002),
            BotDesk.press(22, "yes:20", by: BotDesk.host, message: 9_002))
        #expect(desk.orders.count == 1)
        #expect(desk.actions.contains(.keep(update: 22, chat: nil)))
    }

    @Test("is answered by whoever asked alone")
    func askerAlone() {
        var desk = asked()
        desk.bring(BotDesk.press(21, "yes:20", by: BotDesk.stranger, in: nil, message: 9_002))
        #expect(desk.orders.isEmpty && desk.calls.isEmpty)
        #expect(desk.notes == [.stranger(user: BotDesk.stranger, chat: BotDesk.stranger, unshown: 0)])
        desk.heard(21)
        // Another allowed person can only see it in a group.
        var shared = BotDesk.started(groups: [BotDesk.group])
        shared.bring(
            BotDesk.message(
                20, "/clear", by: BotDesk.host, in: BotDesk.group, atSeconds: shared.now.wallMs / 1000))
        shared.heard(20)
        shared.bring(BotDesk.press(21, "yes:20", by: BotDesk.other, in: BotDesk.group, message: 9_002))
        #expect(shared.orders.isEmpty)
        #expect(pressAnswers(shared) == ["Only whoever asked can answer this."])
        shared.heard(21)
        shared.bring(BotDesk.press(22, "yes:20", by: BotDesk.host, in: BotDesk.group, message: 9_002))
        #expect(shared.orders.count == 1)
    }

    @Test("ends after two minutes, and says so in its own place")
    func expires() {
        var desk = asked()
        #expect(desk.bot.nextWakeMs == desk.now.monotonicMs + 120_000)
        desk.pass(ms: 119_999)
        desk.give(.wake)
        #expect(desk.calls.isEmpty)
        desk.pass(ms: 1)
        desk.give(.wake)
        desk.settle()
        #expect(edits(desk) == ["/clear: nobody confirmed within 2 min, nothing was done."])
        desk.bring(BotDesk.press(21, "yes:20", by: BotDesk.host, message: 9_002))
        #expect(desk.orders.isEmpty)
        #expect(pressAnswers(desk) == ["This question is over. Ask again."])
    }

    @Test("that is over before it could be sent isn't sent any more")
    func tooLateToSend() {
        var desk = BotDesk.started()
        desk.give(
            .pollReplied(
                BotDesk.ok(
                    "[" + BotDesk.message(20, "/clear", by: BotDesk.host, atSeconds: desk.now.wallMs / 1000)
                        + "]")))
        desk.give(.callReplied(.none(.unreachable, "away")))
        for _ in 0..<10 {
            desk.pass(ms: 60_000)
            desk.give(.wake)
            if desk.calls.isEmpty { break }
            desk.give(.callReplied(.none(.unreachable, "away")))
        }
        desk.pass(ms: 60_000)
        desk.give(.wake)
        #expect(desk.calls.isEmpty, "neither the question nor words in its place")
    }

    @Test("of an earlier run is over")
    func earlierRun() {
        let memory = BotMemory(offset: TelegramOffset(bot: BotDesk.bot, update: 20, atMs: BotDesk.startMs))
        var desk = BotDesk.started(memory: memory)
        desk.bring(BotDesk.press(21, "yes:20", by: BotDesk.host, message: 9_002))
        #expect(desk.orders.isEmpty)
        #expect(pressAnswers(desk) == ["This question is over. Ask again."])
    }

    @Test(
        "isn't answered by a button that it hasn't",
        arguments: ["yes", "yes:", "yes:x", "maybe:20", "yes:20:1", ""])
    func badData(data: String) {
        var desk = asked()
        desk.bring(BotDesk.press(21, data, by: BotDesk.host, message: 9_002))
        #expect(desk.orders.isEmpty)
        #expect(pressAnswers(desk) == ["This question is over. Ask again."])
    }
}
