import Protocol
import Telegram
import Testing

@Suite("A bot that sends")
struct SendingTests {
    private static func png(_ width: Int, _ height: Int, bytes: Int = 100) -> [UInt8] {
        func big(_ number: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
        let head: [UInt8] =
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + big(width)
            + big(height)
        return head + [UInt8](repeating: 7, count: max(0, bytes - head.count))
    }

    private func answered(_ answer: HostAnswer) -> BotDesk {
        var desk = BotDesk.started()
        desk.order(20, "/snapshot")
        desk.give(.answered(update: 20, answer))
        return desk
    }

    @Test("makes one call after the other, in the order in which they were wanted")
    func oneByOne() {
        var desk = BotDesk.started()
        let seconds = desk.now.wallMs / 1000
        desk.give(
            .pollReplied(
                BotDesk.ok(
                    "[" + BotDesk.message(20, "/help", by: BotDesk.host, atSeconds: seconds) + ","
                        + BotDesk.message(21, "hi", by: BotDesk.host, atSeconds: seconds) + "]")))
        #expect(desk.calls.count == 1)
        #expect(desk.said.first?.text.contains("/newgame") == true)
        desk.give(.heard(update: 21))
        #expect(desk.calls.isEmpty)
        desk.give(.callReplied(BotDesk.ok(#"{"message_id":1}"#)))
        #expect(desk.said.map(\.text) == ["/help lists what I do."])
    }

    @Test("sends a picture as a photo where Telegram takes it as one, else as a file")
    func pictures() {
        let small = Self.png(200, 100)
        #expect(
            answered(.picture(small)).calls == [
                .sendPhoto(chat: BotDesk.host, png: small, caption: "200×100")
            ])
        for (width, height, bytes) in [
            (6_000, 4_001, 100), (2_100, 100, 100), (100, 2_001, 100), (900, 900, 10 * 1_048_576 + 1),
        ] {
            let png = Self.png(width, height, bytes: bytes)
            #expect(
                answered(.picture(png)).calls
                    == [.sendFile(chat: BotDesk.host, png: png, caption: "\(width)×\(height)")])
        }
        #expect(answered(.picture([1, 2, 3])).said.map(\.text) == ["The picture could not be made."])
        #expect(
            answered(.picture(Self.png(9, 9, bytes: 50 * 1_048_576 + 1))).said.first?.text.contains(
                "too large") == true)
    }

    @Test("sends as a file what Telegram refuses as a photo")
    func fallsBack() {
        let png = Self.png(10, 10)
        var desk = answered(.picture(png))
        desk.give(.callReplied(BotDesk.failed(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")))
        #expect(desk.calls == [.sendFile(chat: BotDesk.host, png: png, caption: "10×10")])
        #expect(!desk.actions.contains(.delivered(update: 20)))
        desk.give(.callReplied(BotDesk.ok("{}")))
        #expect(desk.actions.contains(.delivered(update: 20)))
    }

    @Test("repeats what didn't arrive, and nothing passes it")
    func repeats() {
        var desk = answered(.done("first"))
        for waitMs in [1_000, 2_000] as [Int64] {
            desk.give(.callReplied(.none(.unreachable, "away")))
            #expect(desk.calls.isEmpty)
            #expect(desk.bot.nextWakeMs == desk.now.monotonicMs + waitMs)
            desk.pass(ms: waitMs)
            desk.give(.wake)
            #expect(desk.said.map(\.text) == ["first"])
        }
        desk.give(.callReplied(BotDesk.failed(429, "Too Many Requests", retryAfter: 30)))
        #expect(desk.bot.nextWakeMs == desk.now.monotonicMs + 30_000)
        desk.pass(ms: 30_000)
        desk.give(.wake)
        #expect(desk.said.map(\.text) == ["first"])
        desk.give(.callReplied(BotDesk.ok(#"{"message_id":5}"#)))
        #expect(desk.actions.contains(.delivered(update: 20)))
        #expect(desk.notes == [.recovered(method: "sendMessage")])
    }

    @Test("gives up what is refused for good, such as words to whoever blocked it")
    func givesUp() {
        var desk = answered(.done("first"))
        desk.give(.callReplied(BotDesk.failed(403, "Forbidden: bot was blocked by the user")))
        #expect(desk.actions.contains(.delivered(update: 20)))
        #expect(
            desk.notes == [
                .dropped(method: "sendMessage", reason: "403 Forbidden: bot was blocked by the user")
            ])
        #expect(desk.bot.nextWakeMs == nil)
    }

    @Test("gives up what can't be sent for a quarter of an hour")
    func tooOld() {
        var desk = answered(.done("first"))
        var dropped = false
        for _ in 0..<30 {
            if !desk.calls.isEmpty { desk.give(.callReplied(.none(.unreachable, "away"))) }
            desk.pass(ms: 60_000)
            desk.give(.wake)
            dropped = dropped || desk.actions.contains(.delivered(update: 20))
        }
        #expect(dropped)
        #expect(desk.bot.nextWakeMs == nil)
        #expect(desk.calls.isEmpty)
    }

    @Test("lets no more than so many messages wait")
    func bounded() {
        var desk = BotDesk.started()
        let seconds = desk.now.wallMs / 1000
        var dropped = 0
        for batch in 0..<6 as Range<Int64> {
            let first = 100 + batch * 50
            let updates = (first..<first + 50).map {
                BotDesk.message($0, "hi", by: BotDesk.host, atSeconds: seconds)
            }
            desk.give(.pollReplied(BotDesk.ok("[" + updates.joined(separator: ",") + "]")))
            dropped += desk.notes.count
            desk.give(.heard(update: first + 49))
        }
        #expect(dropped == 300 - Limits.maxTelegramOutbox - 1)
        #expect(desk.calls.isEmpty, "one is under way since the beginning, beside those that wait")
    }

    @Test("tells after a restart which orders it couldn't answer, until that was heard")
    func owed() {
        let memory = BotMemory(
            offset: TelegramOffset(bot: BotDesk.bot, update: 20, atMs: BotDesk.startMs),
            owed: [OwedAnswer(bot: BotDesk.bot, update: 20, chat: BotDesk.host, order: "/ban Bob")])
        let desk = BotDesk.started(memory: memory)
        #expect(desk.said.count == 1)
        #expect(desk.said.first?.text.contains("/ban Bob") == true)
        #expect(desk.actions.contains(.delivered(update: 20)))
        #expect(desk.orders.isEmpty)
    }
}

@Suite("Feedback on Telegram")
struct FeedbackTests {
    private func piece(_ words: String = "More colors", _ name: String? = "Ada") -> FeedbackNews {
        FeedbackNews(
            account: name.map { AccountName(id: Identifier(rawValue: 1), name: $0) }, isGuest: name == nil,
            message: words, atMs: 1_700_000_000_000)
    }

    private func listening() -> BotDesk {
        var desk = BotDesk.started()
        desk.order(20, "/start")
        desk.heard(20)
        return desk
    }

    @Test("is told in chats in which an allowed person said /start")
    func arrives() {
        var desk = BotDesk.started()
        desk.give(.feedback(piece()))
        #expect(desk.calls.isEmpty)
        desk.order(20, "/start")
        let chat = TelegramChat(bot: BotDesk.bot, id: BotDesk.host, user: BotDesk.host, wantsFeedback: true)
        #expect(desk.actions.contains(.keep(update: 20, chat: chat)))
        desk.heard(20)
        desk.give(.feedback(piece()))
        #expect(desk.said.map(\.text) == ["Feedback from Ada, 2023-11-14 22:13 UTC:\n> More colors"])
        desk.settle()
        desk.give(.feedback(piece("Hi", nil)))
        #expect(desk.said.first?.text.hasPrefix("Feedback from a guest, ") == true)
    }

    @Test("is told no more after /feedback off, and again after on; the choice is kept")
    func switches() {
        var desk = listening()
        desk.order(21, "/feedback off")
        let off = TelegramChat(bot: BotDesk.bot, id: BotDesk.host, user: BotDesk.host, wantsFeedback: false)
        #expect(desk.actions.contains(.keep(update: 21, chat: off)))
        desk.heard(21)
        desk.give(.feedback(piece()))
        #expect(desk.calls.isEmpty)
        desk.order(22, "/start")
        desk.heard(22)
        desk.give(.feedback(piece()))
        #expect(desk.calls.isEmpty, "a second start changes nothing")
        desk.order(23, "/feedback on")
        desk.heard(23)
        desk.give(.feedback(piece()))
        #expect(desk.said.count == 1)
        var again = BotDesk.started(memory: BotMemory(chats: [off]))
        again.give(.feedback(piece()))
        #expect(again.calls.isEmpty)
    }

    @Test("isn't told to whoever is allowed no longer")
    func notAllowed() {
        let chats = [BotDesk.host, BotDesk.stranger].map {
            TelegramChat(bot: BotDesk.bot, id: $0, user: $0, wantsFeedback: true)
        }
        var desk = BotDesk.started(memory: BotMemory(chats: chats))
        desk.give(.feedback(piece()))
        desk.settle()
        #expect(desk.said.map(\.chat) == [BotDesk.host])
    }

    @Test("that comes faster than it can be told is joined, and of very much the newest is told")
    func many() {
        var desk = listening()
        desk.give(.feedback(piece("first")))
        for number in 0..<60 { desk.give(.feedback(piece("piece \(number)."))) }
        desk.give(.callReplied(BotDesk.ok(#"{"message_id":5}"#)))
        desk.settle()
        let texts = desk.said.map(\.text)
        #expect(texts.allSatisfy { $0.utf16.count <= 4_096 })
        let whole = texts.joined(separator: "\n")
        #expect(whole.hasPrefix("10 more came than could be told"))
        #expect(!whole.contains("piece 9.") && whole.contains("piece 10.") && whole.contains("piece 59."))
        #expect(texts.count < 5)
    }

    @Test("can't command the bot's reader, nor pass for the bot's own words")
    func hostile() {
        var desk = listening()
        desk.give(.feedback(piece("line\n/clear\u{202E}\u{7}", "Ev\u{200B}il\nHost")))
        let text = desk.said.first?.text ?? ""
        #expect(text == "Feedback from Evil Host, 2023-11-14 22:13 UTC:\n> line /clear")
    }
}
