import Protocol
import Telegram
import Testing

@Suite("A bot that asks for updates")
struct PollingTests {
    private func updates(_ offset: Int64?, limit: Int = Limits.maxTelegramUpdates) -> BotRequest {
        .getUpdates(offset: offset, limit: limit, holdSeconds: 50)
    }

    @Test("first asks who it is, then for all that nobody confirmed, and shows its menu")
    func starts() {
        var desk = BotDesk()
        desk.give(.start)
        #expect(desk.actions == [.poll(.getMe)])
        desk.give(.pollReplied(BotDesk.ok(#"{"id":7000001,"username":"PixelBot"}"#)))
        #expect(desk.notes == [.ready(name: "PixelBot")])
        #expect(desk.poll == updates(nil))
        #expect(desk.calls == [.setMyCommands])
    }

    @Test("confirms an update only once it is durable that it was looked at")
    func confirms() {
        var desk = BotDesk.started()
        desk.order(20, "/status")
        #expect(desk.poll == nil)
        desk.answer(20, .done("x"))
        #expect(desk.poll == nil)
        desk.heard(20)
        #expect(desk.poll == updates(21))
    }

    @Test(
        "looks at each update once, in the order of their numbers, and hands one number over for many idle ones"
    )
    func batch() {
        var desk = BotDesk.started()
        let seconds = desk.now.wallMs / 1000
        desk.bring(
            BotDesk.message(23, "/snapshot", by: BotDesk.host, atSeconds: seconds),
            BotDesk.message(21, "/status", by: BotDesk.host, atSeconds: seconds),
            BotDesk.message(21, "/status", by: BotDesk.host, atSeconds: seconds),
            BotDesk.message(22, "hi", by: BotDesk.stranger, atSeconds: seconds),
            "{\"update_id\":24,\"poll\":{}}",
            "{\"update_id\":25,\"message\":{\"location\":{\"latitude\":1.5}}}")
        #expect(desk.orders == [.status, .picture])
        #expect(
            desk.actions.compactMap { action -> Int64? in
                if case .keep(let update, _) = action { update } else { nil }
            } == [25])
        desk.heard(21)
        #expect(desk.poll == nil)
        desk.heard(25)
        #expect(desk.poll == updates(26))
    }

    @Test("does nothing twice that comes again after a restart")
    func again() {
        let memory = BotMemory(offset: TelegramOffset(bot: BotDesk.bot, update: 20, atMs: BotDesk.startMs))
        var desk = BotDesk(memory: memory)
        desk.give(.start)
        desk.give(.pollReplied(BotDesk.ok(#"{"username":"PixelBot"}"#)))
        #expect(desk.poll == updates(21))
        desk.settle()
        desk.pass(ms: 1_000)
        desk.order(20, "/ban Bob")
        #expect(desk.orders.isEmpty && desk.said.isEmpty)
        #expect(desk.poll == updates(21))
        desk.order(21, "/ban Eve")
        #expect(desk.orders.count == 1)
    }

    @Test("takes no number after which there is none, and no moment that is none")
    func extremes() {
        var desk = BotDesk.started()
        desk.bring(
            BotDesk.message(30, "/clear", by: BotDesk.host, atSeconds: .max),
            BotDesk.message(31, "/clear", by: BotDesk.host, atSeconds: .min))
        #expect(desk.orders.isEmpty && desk.said.isEmpty)
        desk.heard(31)
        #expect(desk.poll == updates(32))
        for number in [Int64.max, .min, -1] {
            desk.bring("{\"update_id\":\(number)}")
            desk.pass(ms: Limits.telegramMaxRetryMs)
            desk.give(.wake)
            #expect(desk.poll == updates(32), "\(number)")
        }
    }

    @Test("takes lower numbers after so long a silence that Telegram numbers anew")
    func renumbered() {
        let memory = BotMemory(
            offset: TelegramOffset(bot: BotDesk.bot, update: 900, atMs: BotDesk.startMs - 7 * 86_400_000))
        var desk = BotDesk(memory: memory)
        desk.give(.start)
        desk.give(.pollReplied(BotDesk.ok(#"{"username":"PixelBot"}"#)))
        #expect(desk.poll == updates(nil))
        desk.settle()
        desk.order(5, "/status")
        #expect(desk.orders == [.status])
        desk.heard(5)
        #expect(desk.poll == updates(6))
    }

    @Test("waits as long as Telegram asks")
    func tooFast() {
        var desk = BotDesk.started()
        desk.give(.pollReplied(BotDesk.failed(429, "Too Many Requests: retry after 7", retryAfter: 7)))
        #expect(desk.poll == nil)
        #expect(desk.bot.nextWakeMs == desk.now.monotonicMs + 7_000)
        desk.pass(ms: 6_999)
        desk.give(.wake)
        #expect(desk.poll == nil)
        desk.pass(ms: 1)
        desk.give(.wake)
        #expect(desk.poll == updates(nil))
    }

    @Test(
        "waits longer after each failure, tells the log once and tells it when that is over",
        arguments: [
            BotReply.none(.unreachable, "refused"), BotDesk.http(502, "<html>Bad Gateway</html>"),
            BotDesk.http(200, "not JSON"), BotDesk.http(200, "{\"ok\":true}"), BotDesk.http(404, "nginx"),
            BotDesk.failed(500, "Internal"), BotDesk.failed(409, "Conflict: terminated by other getUpdates"),
            BotDesk.failed(400, "Bad Request"), BotDesk.http(200, "{\"ok\":true,\"result\":{\"a\":1}}"),
        ])
    func backsOff(reply: BotReply) {
        var desk = BotDesk.started()
        var lines = 0
        for waitMs in [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000] as [Int64] {
            desk.give(.pollReplied(reply))
            lines += desk.notes.count
            #expect(desk.bot.nextWakeMs == desk.now.monotonicMs + waitMs)
            desk.pass(ms: waitMs)
            desk.give(.wake)
            #expect(desk.poll == updates(nil))
        }
        #expect(lines == 1)
        desk.give(.pollReplied(BotDesk.ok("[]")))
        #expect(desk.notes == [.recovered(method: "getUpdates")])
        desk.pass(ms: 500)
        desk.give(.wake)
        desk.give(.pollReplied(reply))
        #expect(desk.notes.count == 1, "a new trouble is told")
    }

    @Test("hardly tries any more with a bad token, and tells the log once", arguments: [401, 404])
    func badToken(code: Int) {
        var desk = BotDesk()
        desk.give(.start)
        var lines = 0
        for _ in 0..<5 {
            desk.give(.pollReplied(BotDesk.failed(code, "Unauthorized")))
            lines += desk.notes.count
            #expect(desk.calls.isEmpty, "nothing can be sent")
            #expect(desk.bot.nextWakeMs == desk.now.monotonicMs + 900_000)
            desk.pass(ms: 900_000)
            desk.give(.wake)
            #expect(desk.poll == .getMe)
        }
        #expect(lines == 1)
    }

    @Test("asks for one update after an answer that was too long")
    func tooLong() {
        var desk = BotDesk.started()
        desk.give(.pollReplied(.none(.tooLarge, "too long")))
        desk.pass(ms: 1_000)
        desk.give(.wake)
        #expect(desk.poll == updates(nil, limit: 1))
        desk.order(20, "/status")
        desk.heard(20)
        #expect(desk.poll == updates(21))
    }

    @Test("doesn't ask without end where its calls aren't held")
    func notHeld() {
        var desk = BotDesk.started()
        desk.pass(ms: 10)
        desk.give(.pollReplied(BotDesk.ok("[]")))
        #expect(desk.poll == nil)
        #expect(desk.bot.nextWakeMs == desk.now.monotonicMs + 500)
        desk.pass(ms: 500)
        desk.give(.wake)
        #expect(desk.poll == updates(nil))
        desk.pass(ms: 50_000)
        desk.give(.pollReplied(BotDesk.ok("[]")))
        #expect(desk.poll == updates(nil))
    }

    @Test("asks for nothing more once the server stops, and still answers")
    func stops() {
        var desk = BotDesk.started()
        desk.order(20, "/ban Bob")
        desk.give(.stop)
        #expect(!desk.bot.isQuiet)
        desk.heard(20)
        #expect(desk.poll == nil)
        desk.give(.answered(update: 20, .done("Bob is banned.")))
        #expect(desk.said.map(\.text) == ["Bob is banned."])
        #expect(!desk.bot.isQuiet)
        desk.settle()
        #expect(desk.bot.isQuiet)
        #expect(desk.bot.nextWakeMs == nil)
    }

    @Test("counts what it asked, what failed, and the orders it handed over")
    func counts() {
        var desk = BotDesk.started()
        #expect(desk.bot.counts.polls == 1 && desk.bot.counts.calls == 1)
        desk.order(20, "/status")
        desk.order(21, "/help")
        #expect(desk.bot.counts.orders == 1, "what it answers by itself is no order")
        desk.heard(20)
        let before = desk.bot.counts
        desk.give(.pollReplied(.none(.unreachable, "no answer")))
        #expect(desk.bot.counts.failedPolls == before.failedPolls + 1)
        #expect(desk.bot.counts.polls == before.polls)
        desk.give(.answered(update: 20, .done("x")))
        desk.give(.callReplied(.none(.unreachable, "no answer")))
        #expect(desk.bot.counts.failedCalls == before.failedCalls + 1)
    }
}
