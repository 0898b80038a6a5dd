import Engine
import Protocol
import Testing

@Suite("Talk with Telegram")
struct TelegramTalkTests {
    private let call = HostCallID(rawValue: 9)

    private func owed(_ update: Int64) -> OwedAnswer {
        OwedAnswer(bot: 7, update: update, chat: 501, order: "/x")
    }

    private func heard(_ update: Int64, _ command: HostCommand? = nil) -> Input {
        .telegram(
            .heard(
                TelegramUpdate(
                    bot: 7, number: update,
                    order: command.map {
                        TelegramOrder(call: call, command: $0, user: 501, owed: owed(update))
                    })))
    }

    private func heardEffects(_ desk: Desk) -> [Int64] {
        desk.effects.compactMap {
            if case .telegram(.heard(let update)) = $0 { update } else { nil }
        }
    }

    private func answers(_ desk: Desk) -> [HostAnswer] {
        desk.effects.compactMap { if case .answerHost(call, let answer) = $0 { answer } else { nil } }
    }

    private func offsets(_ records: [Record]) -> [Int64] {
        records.compactMap { if case .telegram(.heard(let offset)) = $0 { offset.update } else { nil } }
    }

    @Test("keeps an order's number, what it changed and who gave it in one commit")
    func oneCommit() throws {
        var desk = Stock.desk()
        desk.isAutomatic = false
        desk.give(heard(20, .ban(account: "Player 1", reason: "burst")))
        desk.run(ms: 30)
        let commit = try #require(desk.lastCommit)
        #expect(offsets(commit.records) == [20])
        #expect(commit.records.contains(.telegram(.owed(owed(20)))))
        #expect(
            commit.records.contains {
                if case .account(let account) = $0 { account.banReason == "burst" } else { false }
            })
        #expect(
            commit.records.contains {
                if case .audit(let row) = $0 {
                    row.actor == .telegram(user: 501) && row.action == "ban"
                } else {
                    false
                }
            })
        #expect(answers(desk).isEmpty && heardEffects(desk).isEmpty, "not before it is durable")
        desk.keep(commit)
        #expect(heardEffects(desk) == [20])
        guard case .done? = answers(desk).first else {
            Issue.record("no answer")
            return
        }
    }

    @Test("begins a new game in the commit of its number")
    func newGame() throws {
        var desk = Stock.desk()
        desk.isAutomatic = false
        desk.give(heard(20, .newGame(width: 5, height: 4)))
        desk.run(ms: 30)
        let commit = try #require(desk.lastCommit)
        #expect(offsets(commit.records) == [20])
        #expect(
            commit.records.contains {
                if case .epoch(let epoch) = $0 {
                    epoch.size.width == 5 && epoch.size.height == 4
                } else {
                    false
                }
            })
    }

    @Test("refuses an order whose commit fails, and keeps its number later, without it")
    func failure() throws {
        var desk = Stock.desk()
        desk.isAutomatic = false
        desk.give(heard(20, .ban(account: "Player 1", reason: "burst")))
        desk.run(ms: 30)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        guard case .refused(.storageUnavailable, _)? = answers(desk).first else {
            Issue.record("not refused")
            return
        }
        desk.give(.telegram(.answered(bot: 7, update: 20)))
        desk.give(heard(21, .unban(account: "Player 1")))
        guard case .refused(.storageUnavailable, _)? = answers(desk).first else {
            Issue.record("taken while storage takes nothing")
            return
        }
        #expect(heardEffects(desk).isEmpty)
        desk.isAutomatic = true
        desk.recorded = []
        desk.give(.storageProbed(nil))
        desk.run(ms: 60)
        #expect(offsets(desk.kept) == [20, 21])
        let talk = desk.kept.compactMap { if case .telegram(let record) = $0 { record } else { nil } }
        #expect(
            talk.firstIndex(of: .answered(bot: 7, update: 20)) ?? 0 > talk.firstIndex(of: .owed(owed(20)))
                ?? 99)
        let told = (desk.recorded ?? []).compactMap {
            if case .telegram(.heard(let update)) = $0 { update } else { nil }
        }
        #expect(told == [20, 21])
        #expect(
            !desk.kept.contains {
                if case .account(let account) = $0 { account.banReason != nil } else { false }
            })
    }

    @Test("keeps what one failed commit held in its order, so that the newest number stays the last")
    func failureOfMany() throws {
        var desk = Stock.desk()
        desk.isAutomatic = false
        for number in 20...23 as ClosedRange<Int64> {
            desk.give(heard(number, .ban(account: "Player 1", reason: "burst")))
            desk.give(.telegram(.answered(bot: 7, update: number)))
        }
        desk.run(ms: 30)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        desk.give(heard(24, .unban(account: "Player 1")))
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 60)
        #expect(offsets(desk.kept) == [20, 21, 22, 23, 24])
        let talk = desk.kept.compactMap { if case .telegram(let record) = $0 { record } else { nil } }
        for number in 20...23 as ClosedRange<Int64> {
            let debt = try #require(talk.firstIndex(of: .owed(owed(number))))
            #expect(talk[debt...].contains(.answered(bot: 7, update: number)))
        }
    }

    @Test("keeps numbers without an order, and what a chat chose")
    func numbers() {
        var desk = Stock.desk()
        let chat = TelegramChat(bot: 7, id: 501, user: 501, wantsFeedback: true)
        desk.give(.telegram(.heard(TelegramUpdate(bot: 7, number: 5, chat: chat))))
        desk.run(ms: 30)
        #expect(offsets(desk.kept) == [5])
        #expect(desk.kept.contains(.telegram(.chat(chat))))
        #expect(answers(desk).isEmpty)
    }

    @Test("keeps numbers while the server stops, and takes no order any more")
    func draining() throws {
        var desk = Stock.desk()
        desk.isAutomatic = false
        desk.give(heard(19, .unban(account: "Player 1")))
        desk.give(.drain)
        desk.give(heard(20, .ban(account: "Player 1", reason: "burst")))
        guard case .refused(.shuttingDown, _)? = answers(desk).first else {
            Issue.record("not refused")
            return
        }
        for _ in 1...2 { desk.keep(try #require(desk.lastCommit)) }
        #expect(offsets(desk.kept) == [19, 20])
    }

    @Test("tells of feedback once it is durable, with its author's name")
    func feedback() throws {
        var desk = Stock.desk()
        desk.isAutomatic = false
        let message = try #require(FeedbackMessage("More colors"))
        for identity in [Desk.account(1), Desk.guest(60)] {
            _ = desk.ask(.feedback(message), .valid(identity))
            desk.run(ms: 30)
            let commit = try #require(desk.lastCommit)
            #expect(!desk.effects.contains { if case .telegram = $0 { true } else { false } })
            desk.keep(commit)
            let news = desk.effects.compactMap {
                if case .telegram(.feedback(let news)) = $0 { news } else { nil }
            }
            #expect(news.count == 1)
            #expect(news.first?.message == "More colors")
            #expect(news.first?.account?.name == (identity.id == Desk.account(1).id ? "Player 1" : nil))
            #expect(news.first?.isGuest == (identity.id != Desk.account(1).id))
        }
    }

    @Test("shows the canvas as a picture, drawn once a version")
    func picture() {
        var desk = Stock.desk()
        desk.give(.host(call, .picture))
        #expect(desk.effects.contains { if case .renderPNG = $0 { true } else { false } })
        desk.give(.pictureDrawn([1, 2, 3]))
        #expect(answers(desk) == [.picture([1, 2, 3])])
        desk.give(.host(call, .picture))
        #expect(answers(desk) == [.picture([1, 2, 3])])
    }

    @Test("says when there is no picture")
    func noPicture() {
        var desk = Stock.desk()
        desk.give(.host(call, .picture))
        desk.give(.pictureDrawn(nil))
        guard case .refused(.internalError, _)? = answers(desk).first else {
            Issue.record("\(answers(desk))")
            return
        }
    }
}
