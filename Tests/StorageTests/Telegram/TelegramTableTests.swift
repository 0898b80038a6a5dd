import Engine
import Protocol
import Testing

@testable import Storage

@Suite("Talk with Telegram")
struct TelegramTableTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func books(_ records: [TelegramRecord]) throws -> TelegramBooks {
        let database = try Database.started(in: scratch.path)
        try database.commit(records.map { .telegram($0) })
        database.close()
        let again = try Database(directory: scratch.path)
        defer { again.close() }
        return try again.recover(canvasSize: try #require(CanvasSize(width: 16, height: 16)), nowMs: 0)
            .telegram
    }

    private func owed(_ update: Int64, bot: Int64 = 7) -> OwedAnswer {
        OwedAnswer(bot: bot, update: update, chat: -100_123, order: "/ban „Боб“")
    }

    @Test(
        "is found again by a start: each bot's last number, chats as they chose last, answers that are owed")
    func found() throws {
        let chat = TelegramChat(bot: 7, id: 501, user: 501, wantsFeedback: true)
        var quiet = chat
        quiet.wantsFeedback = false
        let group = TelegramChat(bot: 7, id: -5, user: 501, wantsFeedback: true)
        let found = try books([
            .heard(TelegramOffset(bot: 8, update: 3, atMs: 1)),
            .heard(TelegramOffset(bot: 7, update: 20, atMs: 2)),
            .heard(TelegramOffset(bot: 7, update: 21, atMs: 3)), .chat(chat), .chat(group), .chat(quiet),
            .owed(owed(20)), .owed(owed(21)), .owed(owed(21, bot: 8)), .answered(bot: 7, update: 20),
            .answered(bot: 7, update: 99),
        ])
        #expect(
            found
                == TelegramBooks(
                    offsets: [
                        TelegramOffset(bot: 7, update: 21, atMs: 3),
                        TelegramOffset(bot: 8, update: 3, atMs: 1),
                    ], chats: [group, quiet], owed: [owed(21), owed(21, bot: 8)]))
    }

    @Test("may go on with a lower number, as Telegram's may")
    func lower() throws {
        let found = try books([
            .heard(TelegramOffset(bot: 7, update: 900, atMs: 1)),
            .heard(TelegramOffset(bot: 7, update: 5, atMs: 2)),
        ])
        #expect(found.offsets == [TelegramOffset(bot: 7, update: 5, atMs: 2)])
    }

    @Test("is nothing at first")
    func empty() throws {
        #expect(try books([]) == TelegramBooks())
    }
}
