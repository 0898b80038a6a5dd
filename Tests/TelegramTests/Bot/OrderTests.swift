import Protocol
import Telegram
import Testing

@Suite("A bot's order")
struct OrderTests {
    private func owed(_ update: Int64, _ order: String, chat: Int64 = BotDesk.host) -> OwedAnswer {
        OwedAnswer(bot: BotDesk.bot, update: update, chat: chat, order: order)
    }

    @Test(
        "becomes the host's command that it names",
        arguments: [
            ("/status", HostCommand.status), ("/snapshot", .picture), ("/feedback", .feedback),
            ("/ban Bob", .ban(account: "Bob", reason: HostCommand.noBanReason)),
            ("/ban Bob drew over others", .ban(account: "Bob", reason: "drew over others")),
            ("/unban Bob", .unban(account: "Bob")),
            ("/announce We restart at noon", .announce(message: "We restart at noon")),
        ])
    func commands(text: String, command: HostCommand) {
        var desk = BotDesk.started()
        desk.order(20, text)
        #expect(
            desk.actions.contains(
                .obey(update: 20, command, user: BotDesk.host, owed: owed(20, text))))
        #expect(!desk.actions.contains { if case .keep = $0 { true } else { false } })
        #expect(desk.notes == [.order(user: BotDesk.host, update: 20, order: text)])
    }

    @Test("is answered in its chat, and the answer noted as delivered")
    func answered() {
        var desk = BotDesk.started()
        desk.order(20, "/ban Bob")
        desk.answer(20, .done("Bob is banned."))
        #expect(desk.said == [BotDesk.Said(chat: BotDesk.host, text: "Bob is banned.", question: nil)])
        #expect(desk.actions.contains(.delivered(update: 20)))
        desk.answer(20, .done("Again"))
        #expect(desk.said.isEmpty, "an answer that nobody waits for")
    }

    @Test("that the server refuses is answered with why")
    func refused() {
        var desk = BotDesk.started()
        desk.order(20, "/ban Nobody")
        desk.answer(20, .refused(.notFound, "There is no account with the id or name Nobody."))
        #expect(desk.said.map(\.text) == ["There is no account with the id or name Nobody."])
    }

    @Test(
        "for help, or no order at all, is answered without the server",
        arguments: ["/help", "/help@pixelbot", "/HELP"])
    func help(text: String) {
        var desk = BotDesk.started()
        desk.order(20, text)
        #expect(desk.orders.isEmpty)
        #expect(desk.said.first?.text.contains("/newgame") == true)
        #expect(desk.actions.contains(.keep(update: 20, chat: nil)))
    }

    @Test("that is none says how to get help, in private alone")
    func unknown() {
        var desk = BotDesk.started(groups: [BotDesk.group])
        for (update, text) in [
            (20, "hello"), (21, "/dance"), (22, "/newgame 10"), (23, "/ban"), (24, "/announce "),
        ] {
            desk.order(Int64(update), text)
            #expect(desk.said.count == 1, "\(text)")
            #expect(desk.orders.isEmpty)
            desk.heard(Int64(update))
        }
        let seconds = desk.now.wallMs / 1000
        desk.bring(BotDesk.message(30, "hello", by: BotDesk.host, in: BotDesk.group, atSeconds: seconds))
        #expect(desk.said.isEmpty)
        desk.heard(30)
        desk.bring(BotDesk.message(31, "/dance", by: BotDesk.host, in: BotDesk.group, atSeconds: seconds))
        #expect(desk.said.isEmpty)
    }

    @Test("of a stranger gets no answer and one line in the log for an hour")
    func stranger() {
        var desk = BotDesk.started()
        desk.order(20, "/status", by: BotDesk.stranger)
        #expect(desk.calls.isEmpty && desk.orders.isEmpty)
        #expect(desk.notes == [.stranger(user: BotDesk.stranger, chat: BotDesk.stranger, unshown: 0)])
        for update in 21..<30 as Range<Int64> {
            desk.heard(update - 1)
            desk.order(update, "/clear", by: BotDesk.stranger)
            #expect(desk.notes.isEmpty && desk.calls.isEmpty && desk.orders.isEmpty)
            #expect(desk.actions.contains(.keep(update: update, chat: nil)))
        }
        desk.heard(29)
        desk.pass(ms: 3_600_000)
        desk.order(30, "/status", by: BotDesk.stranger)
        #expect(desk.notes == [.stranger(user: BotDesk.stranger, chat: BotDesk.stranger, unshown: 9)])
    }

    @Test("of many strangers fills no log")
    func manyStrangers() {
        var desk = BotDesk.started()
        var lines = 0
        for number in 0..<300 as Range<Int64> {
            desk.order(100 + number, "/status", by: 10_000 + number)
            lines += desk.notes.count
            desk.heard(100 + number)
        }
        #expect(lines == Limits.maxTelegramStrangers)
    }

    @Test("in a group counts where the host allowed that one")
    func groups() {
        var desk = BotDesk.started(groups: [BotDesk.group])
        let seconds = desk.now.wallMs / 1000
        desk.bring(
            BotDesk.message(20, "/status@PixelBot", by: BotDesk.host, in: BotDesk.group, atSeconds: seconds))
        #expect(desk.orders == [.status])
        desk.answer(20, .done("fine"))
        #expect(desk.said.map(\.chat) == [BotDesk.group])
        desk.heard(20)
        desk.bring(
            BotDesk.message(21, "/status@OtherBot", by: BotDesk.host, in: BotDesk.group, atSeconds: seconds))
        #expect(desk.orders.isEmpty && desk.calls.isEmpty && desk.notes.isEmpty)
        desk.heard(21)
        desk.bring(BotDesk.message(22, "/status", by: BotDesk.host, in: -5, atSeconds: seconds))
        #expect(desk.orders.isEmpty && desk.calls.isEmpty)
        #expect(desk.notes == [.stranger(user: BotDesk.host, chat: -5, unshown: 0)])
    }

    @Test("that came when nobody heard it isn't followed any more where it changes the game")
    func stale() {
        var desk = BotDesk.started()
        desk.order(20, "/ban Bob", ageMs: 601_000)
        #expect(desk.orders.isEmpty)
        #expect(desk.said.first?.text.contains("10 min ago") == true)
        desk.heard(20)
        desk.order(21, "/clear", ageMs: 86_400_000)
        #expect(desk.said.allSatisfy { $0.question == nil })
        desk.heard(21)
        desk.order(22, "/status", ageMs: 86_400_000)
        #expect(desk.orders == [.status])
        desk.heard(22)
        desk.order(23, "/ban Bob", ageMs: 590_000)
        #expect(desk.orders.count == 1)
    }

    @Test("is refused while too many are under way")
    func busy() {
        var desk = BotDesk.started()
        for update in 0..<20 as Range<Int64> {
            desk.order(100 + update, "/status")
            #expect(desk.orders.count == (update < Int64(Limits.maxTelegramOrders) ? 1 : 0))
            #expect(desk.said.count == (update < Int64(Limits.maxTelegramOrders) ? 0 : 1))
            desk.heard(100 + update)
        }
    }

    @Test("for the status tells how the server stands")
    func status() {
        var desk = BotDesk.started()
        desk.order(20, "/status")
        let status = HostStatus(
            release: "9.9", uptimeMs: 7_200_000, players: 3, queued: 2, connections: 9, spectators: 4,
            accounts: 50, version: 1234, epoch: 5, width: 200, height: 100, isStorageHealthy: false,
            pendingRecords: 0)
        desk.answer(20, .status(status))
        let text = desk.said.first?.text ?? ""
        for part in [
            "9.9", "2 h", "3 playing", "2 waiting", "4 watching", "9 connected", "50 accounts", "200×100",
            "game 5", "version 1234", "REFUSES",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test("for feedback lists the latest, each with its author, in as many messages as it takes")
    func feedback() {
        var desk = BotDesk.started()
        desk.order(20, "/feedback")
        desk.answer(20, .feedback([]))
        #expect(desk.said.map(\.text) == ["Nobody wrote yet."])
        desk.heard(20)
        desk.order(21, "/feedback")
        let entries = (0..<20).map { number in
            FeedbackEntry(
                id: number,
                account: number == 1 ? AccountName(id: Identifier(rawValue: 1), name: "Ada") : nil,
                isGuest: number != 1, message: String(repeating: "x", count: 1_500) + "\(number).",
                atMs: 1_700_000_000_000)
        }
        desk.answer(21, .feedback(entries))
        let texts = desk.said.map(\.text)
        #expect(texts.count > 1 && texts.count <= Limits.maxTelegramParts)
        #expect(texts.allSatisfy { $0.utf16.count <= 4_096 })
        let whole = texts.joined()
        #expect(whole.contains("Feedback from Ada, 2023-11-14 22:13 UTC:"))
        #expect(whole.contains("a guest") && whole.contains("x9.") && !whole.contains("x10."))
        #expect(desk.actions.filter { $0 == .delivered(update: 21) }.count == 1)
    }
}
