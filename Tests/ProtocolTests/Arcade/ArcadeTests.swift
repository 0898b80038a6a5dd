import Protocol
import Testing

@Suite("The arcade")
struct ArcadeTests {
    @Test("its games are found by the wire's words, in the order of its list")
    func names() {
        #expect(ArcadeGameID.all.map(\.rawValue) == ["dot", "shaky_dot", "steps"])
        #expect(ArcadeGameID.all == [.dot, .shakyDot, .steps])
        for game in ArcadeGameID.all {
            #expect(ArcadeGameID(rawValue: game.rawValue) == game)
            #expect(game.rules.name == game.rawValue)
        }
        #expect(Set(ArcadeGameID.all).count == Arcade.games.count)
    }

    @Test("a word that names no game is none", arguments: ["", "Dot", "dots", " dot", "shakydot", "steps\0"])
    func strangers(word: String) {
        #expect(ArcadeGameID(rawValue: word) == nil)
    }

    @Test("each game says what people call it and how it is played, in words of its own")
    func words() {
        let titles = Arcade.games.map { $0.title }
        let rules = Arcade.games.map { $0.rule }
        #expect(Set(titles).count == Arcade.games.count)
        #expect(Set(rules).count == Arcade.games.count)
        #expect(titles.allSatisfy { !$0.isEmpty } && rules.allSatisfy { $0.hasSuffix(".") })
    }

    @Test(
        "a run counts that ended as its game is won: by its time, or by its last step",
        arguments: ArcadeGameID.all)
    func counting(game: ArcadeGameID) {
        let counting = RunEndReason.allCases.filter { $0.counts(in: game) }
        #expect(counting == (game == .steps ? [.completed] : [.time]))
    }

    @Test("dots are timed, 30 seconds, and renew their seed; steps are 25 and keep it")
    func categories() {
        #expect(Dot.category == .timed(seconds: 30) && Dot.renewsSeed)
        #expect(ShakyDot.category == .timed(seconds: 30) && ShakyDot.renewsSeed)
        #expect(Steps.category == .steps(count: 25) && !Steps.renewsSeed)
        #expect(Dot.field == ArcadeField(width: 60, height: 36))
        #expect(ShakyDot.field == Dot.field)
        #expect(Steps.field == ArcadeField(width: 5, height: 5))
    }

    @Test("more hits are better in a timed game, less time is in one of steps, and equals aren't")
    func better() {
        let timed = ArcadeCategory.timed(seconds: 1)
        #expect(timed.isBetter(3, than: 2))
        #expect(!timed.isBetter(2, than: 2))
        #expect(!timed.isBetter(1, than: 2))
        let steps = ArcadeCategory.steps(count: 1)
        #expect(steps.isBetter(1, than: 2))
        #expect(!steps.isBetter(2, than: 2))
        #expect(!steps.isBetter(3, than: 2))
    }

    @Test("a target holds its first column and row, and not the ones after its last")
    func edges() {
        let target = ArcadeTarget(x: 4, y: 7, width: 3, height: 2)
        for (x, y) in [(4, 7), (6, 7), (4, 8), (6, 8), (5, 7)] { #expect(target.contains(x: x, y: y)) }
        for (x, y) in [(3, 7), (7, 7), (4, 6), (4, 9), (-4, -7), (.max, .max), (.min, .min)] {
            #expect(!target.contains(x: x, y: y))
        }
        #expect(!ArcadeTarget(x: 0, y: 0, width: 0, height: 0).contains(x: 0, y: 0))
    }

    @Test(
        "what counts follows from stretch and time alone, and always lies on the field",
        arguments: 1...40 as ClosedRange<UInt64>)
    func pure(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for game in ArcadeGameID.all {
            for _ in 0..<200 {
                let stretch = ArcadeStretch(
                    seed: random.next(), hits: Int.random(in: 0..<25, using: &random),
                    startMs: Int.random(in: 0...30_000, using: &random))
                let atMs = stretch.startMs + Int.random(in: 0...600_000, using: &random)
                let target = game.rules.target(of: stretch, atMs: atMs)
                #expect(target == game.rules.target(of: stretch, atMs: atMs))
                #expect(target.x >= 0 && target.x + target.width <= game.rules.field.width)
                #expect(target.y >= 0 && target.y + target.height <= game.rules.field.height)
                #expect(target.width > 0 && target.height > 0)
                #expect(game.rules.labels(of: stretch) == game.rules.labels(of: stretch))
            }
        }
    }
}
