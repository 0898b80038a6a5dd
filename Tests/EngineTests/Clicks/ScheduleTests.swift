import Engine
import Game
import Protocol
import Testing

@Suite("Ordered click games")
struct ScheduleTests {
    private static let admin = Identifier(rawValue: 9)

    private func desk(seconds: Int = 600) -> Desk {
        .clicking(seconds: seconds) {
            $0.admins = [Self.admin]
            $0.planets = ["earth", "mars", "venus"]
        }
    }

    /// Orders a game that begins so long from now.
    private func order(
        _ desk: inout Desk, inMs: Int64?, seconds: Int = 60, planets: [String] = ["venus", "mars"],
        as number: UInt64 = 9
    ) -> Answer? {
        let order = ClickGameOrder(
            startsAtMs: inMs.map { desk.now.wallMs + $0 }, seconds: seconds, planets: planets)
        let proofs = EdgeProofs(draw: desk.draw())
        return desk.settle(.clicks(.schedule(order)), .valid(Desk.account(number)), proofs: proofs)
    }

    private func view(_ answer: Answer?) -> ClickGameView? {
        guard case .clickGame(let answer, isNew: true) = answer else { return nil }
        return answer.view
    }

    @Test("only admins order games")
    func roles() {
        var desk = desk()
        #expect(order(&desk, inMs: nil, as: 1)?.code == .forbidden)
        let order = ClickGameOrder(startsAtMs: nil, seconds: 60, planets: ["earth", "mars"])
        let proofs = EdgeProofs(draw: desk.draw())
        #expect(
            desk.ask(.clicks(.schedule(order)), .valid(Desk.guest(80)), proofs: proofs)?.code
                == .signInRequired)
        #expect(desk.ask(.clicks(.schedule(order)), proofs: proofs)?.code == .unauthorized)
    }

    @Test("one that begins at once runs at once, and the one that nobody ordered is over")
    func atOnce() throws {
        var desk = desk()
        let former = try #require(desk.currentGame())
        let answer = order(&desk, inMs: nil)
        let game = try #require(view(answer))
        #expect(game.status == .active)
        #expect(game.endsAtMs - game.startsAtMs == 60_000)
        #expect(desk.currentGame()?.game == game.game)
        #expect(Shelf(desk.kept).game(former.game)?.status == .finished)
        #expect(desk.push([1], as: Desk.account(1))?.receipt?.planet == "venus")
    }

    @Test("one that begins at once where people click runs as soon as those are paid")
    func atOnceAmongClicks() throws {
        var desk = desk()
        #expect(desk.push([100], as: Desk.account(1))?.receipt != nil)
        let former = try #require(desk.currentGame())
        let answer = order(&desk, inMs: nil)
        let game = try #require(view(answer))
        desk.run(ms: 1_000)
        #expect(Shelf(desk.kept).game(former.game)?.winner == "earth")
        #expect(desk.currentGame()?.game == game.game)
        #expect(desk.currentGame()?.status == .active)
    }

    @Test("one for later cuts the running routine game short, begins in time, and routine goes on after it")
    func later() throws {
        var desk = desk()
        let former = try #require(desk.currentGame())
        let answer = order(&desk, inMs: 120_000)
        let game = try #require(view(answer))
        #expect(game.status == .scheduled)
        #expect(desk.currentGame()?.game == former.game)
        #expect(desk.currentGame()?.endsAtMs == game.startsAtMs)
        #expect(desk.push([20], as: Desk.account(1))?.receipt?.planet == "earth")
        desk.run(ms: game.startsAtMs - desk.now.wallMs + 100)
        #expect(desk.currentGame()?.game == game.game)
        #expect(desk.currentGame()?.status == .active)
        desk.run(ms: 61_000)
        #expect(desk.currentGame()?.planets.map(\.name) == ["earth", "mars"])
        #expect(desk.currentGame()?.status == .active)
    }

    @Test("without a routine one waits for its time, and after it there is none")
    func alone() throws {
        var desk = desk(seconds: 0)
        let answer = order(&desk, inMs: 200_000)
        let game = try #require(view(answer))
        #expect(desk.currentGame()?.status == .scheduled)
        #expect(desk.push([1], as: Desk.account(1))?.code == .noActiveGame)
        desk.run(ms: 200_100)
        #expect(desk.push([1], as: Desk.account(1))?.receipt?.game == game.game)
        desk.run(ms: 61_000)
        #expect(desk.currentGame()?.status == .finished)
        #expect(desk.currentGame()?.winner == "venus")
    }

    @Test("what overlaps, is over, or is about planets that nobody knows is refused")
    func refusals() {
        var desk = desk()
        #expect(view(order(&desk, inMs: 100_000)) != nil)
        #expect(order(&desk, inMs: 159_000)?.code == .gameOverlaps)
        #expect(order(&desk, inMs: 90_000)?.code == .gameOverlaps)
        #expect(view(order(&desk, inMs: 161_000)) != nil)
        #expect(order(&desk, inMs: -60_000)?.code == .badRequest)
        #expect(order(&desk, inMs: 300_000, planets: ["earth", "pluto"])?.code == .badRequest)
    }

    @Test("an order whose commit fails leaves the games as they were")
    func failedCommit() throws {
        var desk = desk()
        let former = try #require(desk.currentGame())
        desk.isAutomatic = false
        #expect(order(&desk, inMs: 60_000) == nil)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        #expect(desk.answer(to: desk.lastRequestID)?.code == .storageUnavailable)
        #expect(desk.currentGame() == former)
        desk.run(ms: 1_100)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 120_000)
        #expect(desk.currentGame() == former)
    }

    @Test("the wall clock may step: a game begins and ends by it within a minute")
    func clockSteps() throws {
        var desk = desk(seconds: 0)
        let answer = order(&desk, inMs: 3_600_000, seconds: 3_600)
        let game = try #require(view(answer))
        desk.run(ms: 1_000)
        desk.now.wallMs += 3_600_000
        desk.run(ms: 61_000)
        #expect(desk.currentGame()?.status == .active)
        desk.now.wallMs += 3_600_000
        desk.run(ms: 61_000)
        #expect(Shelf(desk.kept).game(game.game)?.status == .finished)
    }
}
