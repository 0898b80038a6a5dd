import Protocol
import Testing

@testable import Game

@Suite("What a run pays")
struct PayoutTests {
    private func points(_ game: ArcadeGameID, _ score: Int, rank: Int, rules: ArcadeRules = .standard) -> Int
    {
        Payout.points(game, score: score, rank: rank, rules: rules)
    }

    @Test(
        "is three times the hits for the first place, 2.5 for the second, 2 for the third, 1.5 to the tenth",
        arguments: [
            (1, 300), (2, 250), (3, 200), (4, 150), (5, 150), (9, 150), (10, 150), (11, 100), (12, 100),
            (1_000_000, 100), (.max, 100),
        ])
    func places(rank: Int, percent: Int) {
        #expect(Payout.percent(rank: rank, in: ArcadeRules.standard[.dot].multipliers) == percent)
        #expect(points(.dot, 40, rank: rank) == 40 * percent / 100)
        #expect(points(.shakyDot, 40, rank: rank) == 40 * percent / 100)
    }

    @Test("is rounded down")
    func rounded() {
        #expect(points(.dot, 1, rank: 2) == 2)
        #expect(points(.dot, 3, rank: 2) == 7)
        #expect(points(.dot, 33, rank: 10) == 49)
        #expect(points(.dot, 1, rank: 4) == 1)
        #expect(points(.dot, 0, rank: 1) == 0)
    }

    @Test("is the score as it is where there are no multipliers, at every place")
    func plain() {
        #expect(Payout.percent(rank: 1, in: []) == 100)
        let rules = ArcadeRules(
            burst: ArcadeRules.standard.burst, games: [:], loginBonus: ArcadeRules.standard.loginBonus)
        #expect(points(.dot, 40, rank: 1, rules: rules) == 40)
        #expect(points(.steps, 40, rank: 1, rules: rules) == 0)
    }

    @Test(
        "of steps is the whole seconds under par, and nothing from par on, at every place",
        arguments: [
            (4_000, 56), (18_123, 41), (59_000, 1), (59_001, 0), (59_999, 0), (60_000, 0), (60_001, 0),
            (600_000, 0), (1, 59), (0, 60),
        ])
    func steps(score: Int, paid: Int) {
        for rank in [1, 2, 3, 10, 11] { #expect(points(.steps, score, rank: rank) == paid) }
    }

    @Test("of steps has multipliers of its own where a host sets them, rounded down too")
    func ownMultipliers() {
        var rules = ArcadeRules.standard
        rules.games[Steps.name]?.multipliers = [ArcadeRules.Multiplier(throughRank: 2, percent: 150)]
        #expect(points(.steps, 59_000, rank: 2, rules: rules) == 1)
        #expect(points(.steps, 49_500, rank: 1, rules: rules) == 15)
        #expect(points(.steps, 49_500, rank: 3, rules: rules) == 10)
    }

    @Test("is never less for a better place or for a better score", arguments: 0..<20 as Range<UInt64>)
    func monotonic(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for game in ArcadeGameID.all {
            for _ in 0..<200 {
                let score = Int.random(in: 0...70_000, using: &random)
                let other = Int.random(in: 0...70_000, using: &random)
                let rank = Int.random(in: 1...14, using: &random)
                let paid = points(game, score, rank: rank)
                #expect(paid >= points(game, score, rank: rank + 1))
                if game.rules.category.isBetter(score, than: other) {
                    #expect(paid >= points(game, other, rank: rank))
                }
                #expect(paid >= 0)
            }
        }
    }
}
