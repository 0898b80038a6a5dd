import Protocol
import Testing

@testable import Game

@Suite("A click game")
struct ClickGameTests {
    private func game(_ planets: [String] = ["earth", "mars", "venus"]) -> ClickGame {
        ClickGame(
            id: Identifier(rawValue: 1), startsAtMs: 1_000, endsAtMs: 2_000, planets: planets,
            isOrdered: false)
    }

    @Test("whoever comes gets the planet with the fewest players, the first of equals")
    func enlist() {
        var game = game()
        #expect((0..<4).map { _ in game.enlist() } == [0, 1, 2, 0])
        game.enlist(for: 1)
        game.enlist(for: 1)
        #expect((0..<3).map { _ in game.enlist() } == [2, 0, 2])
        #expect(game.planets.map(\.players) == [3, 3, 3])
    }

    @Test(
        "the planet with the most clicks wins, the first of equals, and nobody where nobody clicked",
        arguments: [
            ([0, 0, 0], nil), ([1, 5, 5], "mars"), ([5, 5, 5], "earth"), ([0, 0, 1], "venus"),
        ] as [([Int], String?)])
    func winner(_ clicks: [Int], _ winner: String?) {
        var game = game()
        game.start()
        for (planet, count) in clicks.enumerated() where count > 0 { game.add(count, to: planet) }
        #expect(game.winner == nil)
        game.finish()
        #expect(game.status == .finished)
        #expect(game.winner == winner)
        #expect(game.clicks == clicks.reduce(0, +))
        #expect(ClickGame(kept: game.view, isOrdered: false) == game)
    }

    @Test(
        "20 clicks begun are a point, two for the winners",
        arguments: [(0, 0), (1, 1), (20, 1), (21, 2), (1_000, 50)])
    func points(_ clicks: Int, _ points: Int) {
        #expect(ClickGame.profilePoints(clicks: clicks, hasWon: false) == points)
        #expect(ClickGame.profilePoints(clicks: clicks, hasWon: true) == 2 * points)
    }

    @Test(
        "an end moves only nearer; before the beginning, as where the clock was put back, the beginning moves too"
    )
    func cutShort() {
        var game = game()
        game.cutShort(atMs: 3_000)
        #expect(game.endsAtMs == 2_000)
        game.cutShort(atMs: 1_500)
        #expect(game.endsAtMs == 1_500)
        game.cutShort(atMs: 600)
        #expect(game.endsAtMs == 600)
        #expect(game.startsAtMs == 600)
    }
}
