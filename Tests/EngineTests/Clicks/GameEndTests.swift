import Engine
import Game
import Protocol
import Testing

@Suite("Click games' ends")
struct GameEndTests {
    /// Accounts 1 and 3 for earth, 2 and a guest for mars; earth wins.
    private func played() -> Desk {
        var desk = Desk.clicking(seconds: 60)
        for (identity, clicks) in [
            (Desk.account(1), 50), (Desk.account(2), 30), (Desk.account(3), 1), (Desk.guest(80), 19),
        ] {
            #expect(desk.push([clicks], as: identity)?.receipt != nil)
        }
        return desk
    }

    @Test(
        "the winner's contributors earn twice as much, all in the commit that ends the game, and the next begins"
    )
    func pays() throws {
        var desk = played()
        let game = try #require(desk.currentGame())
        desk.run(ms: 61_000)
        let end = try #require(Shelf(desk.kept).game(game.game))
        #expect(end.status == .finished)
        #expect(end.winner == "earth")
        #expect(end.view.planets.map(\.clicks) == [51, 49])
        for (number, points) in [(1, 6), (2, 2), (3, 2)] as [(UInt64, Int)] {
            guard case .me(let me) = desk.ask(.me, .valid(Desk.account(number))) else {
                Issue.record("no account")
                continue
            }
            #expect(me.points == points)
        }
        let scores = Shelf(desk.kept).scores
        #expect(scores.map(\.score) == [50, 30, 1])
        #expect(scores.allSatisfy { $0.board == .clicks && $0.source == game.game })
        #expect(desk.currentGame()?.status == .active)
        #expect(desk.currentGame()?.game != game.game)
        #expect(desk.currentGame()?.planets.map(\.clicks) == [0, 0])
    }

    @Test("the end waits for pushes that aren't durable, and is one commit with all that it brings")
    func waits() throws {
        var desk = played()
        let game = try #require(desk.currentGame())
        desk.run(ms: game.endsAtMs - desk.now.wallMs - 1_000)
        desk.meet([1, 4])
        desk.isAutomatic = false
        #expect(desk.ask(Desk.pushing([5]), .valid(Desk.account(4))) == nil)
        let push = desk.lastRequestID
        let late = try #require(desk.commit)
        // Not so long that a running game's contributions are due to be written, in a commit of their own.
        desk.run(ms: 1_500)
        #expect(desk.askedCount(.clickContributors(game: game.game)) == 0)
        #expect(desk.push([5], as: Desk.account(1))?.code == .noActiveGame, "the game is over")
        desk.keep(late)
        #expect(desk.answer(to: push)?.receipt?.accepted == 5)
        #expect(desk.askedCount(.clickContributors(game: game.game)) == 1)
        #expect(desk.currentGame()?.status == .active, "its end isn't durable")
        let end = try #require(desk.commit)
        let finished = end.records.compactMap { record -> ClickGame? in
            if case .clickGame(let game) = record { game } else { nil }
        }
        #expect(finished.map(\.status).prefix(1) == [.finished])
        #expect(end.records.contains(.clickContributions(game: game.game)))
        #expect(Shelf(end.records).scores.count == 4)
        #expect(end.records.count { if case .account = $0 { true } else { false } } == 4)
        desk.keep(end)
        #expect(desk.logs.contains(.clickGameEnded(game.game, winner: "earth")))
    }

    @Test("a failed end is tried again once storage takes writes, and pays once")
    func failedEnd() throws {
        var desk = played()
        let game = try #require(desk.currentGame())
        desk.run(ms: game.endsAtMs - desk.now.wallMs - 50)
        desk.isAutomatic = false
        desk.run(ms: 100)
        let end = try #require(desk.lastCommit)
        #expect(Shelf(end.records).scores.count == 3)
        desk.give(.commitFailed(end.id, .full))
        #expect(desk.currentGame()?.status == .active)
        #expect(desk.currentGame()?.planets.map(\.clicks) == [51, 49])
        desk.run(ms: 1_100)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 1_000)
        #expect(Shelf(desk.kept).game(game.game)?.status == .finished)
        #expect(Shelf(desk.kept).scores.map(\.score) == [50, 30, 1])
        guard case .me(let me) = desk.ask(.me, .valid(Desk.account(1))) else {
            Issue.record("no account")
            return
        }
        #expect(me.points == 6)
        #expect(desk.currentGame()?.status == .active, "and the next has begun")
    }

    @Test("storage that can't tell who contributed is asked again after a while, not at once")
    func lookupFails() throws {
        var desk = played()
        let game = try #require(desk.currentGame())
        desk.answersLookups = false
        desk.run(ms: game.endsAtMs - desk.now.wallMs)
        desk.run(ms: 10)
        let query = Query.clickContributors(game: game.game)
        #expect(desk.askedCount(query) == 1)
        desk.give(.queryAnswered(try #require(desk.asked.last).id, .failed(.broken("read"))))
        #expect(desk.askedCount(query) == 1)
        desk.give(.wake)
        desk.give(.wake)
        #expect(desk.askedCount(query) == 1)
        desk.answersLookups = true
        desk.run(ms: 1_100)
        #expect(desk.askedCount(query) == 2)
        #expect(Shelf(desk.kept).game(game.game)?.status == .finished)
    }

    @Test("a game that nobody clicked in has no winner, and pays nothing")
    func nobody() throws {
        var desk = Desk.clicking(seconds: 60)
        let game = try #require(desk.currentGame())
        desk.run(ms: 61_000)
        #expect(Shelf(desk.kept).game(game.game)?.status == .finished)
        #expect(Shelf(desk.kept).game(game.game)?.winner == nil)
        #expect(desk.askedCount(.clickContributors(game: game.game)) == 0)
        #expect(Shelf(desk.kept).scores.isEmpty)
    }
}
