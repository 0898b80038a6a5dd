import Protocol
import Testing

@testable import Game

@Suite("A run")
struct ArcadeRunTests {
    @Test(
        "begins without hits, in the stretch of the seed that its player was told",
        arguments: ArcadeGameID.all)
    func begins(game: ArcadeGameID) {
        let run = ArcadeStage.run(game, seed: 77)
        #expect(run.score == 0 && run.hits == 0 && run.points.isEmpty && run.latePoints == 0)
        #expect(run.stretch == ArcadeStretch(seed: 77, hits: 0, startMs: 0))
        #expect(!run.isOver && !run.isImplausible)
    }

    @Test(
        "of a dot scores each hit, which begins a stretch of a new seed at its time",
        arguments: [ArcadeGameID.dot, .shakyDot])
    func stretches(game: ArcadeGameID) throws {
        var run = ArcadeStage.run(game)
        for (seq, atMs) in [(1, 900), (2, 1_700), (3, 1_701), (4, 29_999)] {
            #expect(try run.hit(seq: seq, atMs: atMs) == .scored(score: seq))
            #expect(
                run.stretch == ArcadeStretch(seed: ArcadeStage.seed(atMs: atMs), hits: seq, startMs: atMs))
            #expect(run.score == seq && run.points.count == seq && run.points.last?.tMs == atMs)
        }
        #expect(!run.isOver)
    }

    @Test("may be hit at its very first millisecond and at its very last, 30,000, but not after it")
    func edges() throws {
        var run = ArcadeStage.run(.dot)
        #expect(run.endsAfterMs == 30_000)
        try run.hit(seq: 1, atMs: 0)
        try run.hit(seq: 2, atMs: 30_000)
        let refusal = run.refusal(of: run.aim(seq: 3, atMs: 30_001))
        #expect(refusal == .afterEnd)
        #expect(run.isOver && run.score == 2)
    }

    @Test("a point whose number isn't the next one is a replay", arguments: [-1, 0, 1, 2, 4, 5, .max, .min])
    func replayed(seq: Int) throws {
        var run = ArcadeStage.run(.dot)
        try run.hit(seq: 1, atMs: 500)
        try run.hit(seq: 2, atMs: 1_000)
        let refusal = run.refusal(of: run.aim(seq: seq, atMs: 1_500))
        #expect(refusal == .replayed)
        #expect(run.isOver && run.score == 2)
    }

    @Test("a point that was taken is not taken again, nor the same under the next number")
    func twice() throws {
        var run = ArcadeStage.run(.dot)
        let point = run.aim(seq: 1, atMs: 500)
        _ = try run.take(point)
        var other = run
        #expect(run.refusal(of: point) == .replayed)
        var renumbered = point
        renumbered.seq = 2
        #expect(other.refusal(of: renumbered) == .inThePast)
        #expect(run.score == 1 && other.score == 1)
    }

    @Test(
        "a time that doesn't move forward is in the past, however well it hits",
        arguments: [1_000, 999, 0, -1, Int.min])
    func inThePast(atMs: Int) throws {
        var run = ArcadeStage.run(.dot)
        try run.hit(seq: 1, atMs: 1_000)
        let target = run.aim(seq: 2, atMs: 1_000)
        let point = ArcadeRun.Point(seq: 2, x: target.x, y: target.y, tMs: atMs)
        #expect(throws: ArcadeRun.Rejection.inThePast) {
            try run.take(point, elapsedMs: 1_000, latencyMs: 250, nextSeed: 4)
        }
        #expect(run.isOver && run.score == 1)
    }

    @Test("a first point before the begin is in the past")
    func beforeTheBegin() {
        var run = ArcadeStage.run(.dot)
        let refusal = run.refusal(of: run.aim(seq: 1, atMs: -1))
        #expect(refusal == .inThePast && run.isOver)
    }

    @Test("a time ahead by exactly what latency excuses passes; a millisecond more is in the future")
    func inTheFuture() throws {
        var run = ArcadeStage.run(.dot)
        try run.hit(seq: 1, atMs: 5_000, lagMs: -120, latencyMs: 120)
        let refusal = run.refusal(of: run.aim(seq: 2, atMs: 6_000), lagMs: -121, latencyMs: 120)
        #expect(refusal == .inTheFuture)
        #expect(run.isOver && run.score == 1)
    }

    @Test("a time that is further ahead than any clock is in the future")
    func absurd() {
        var run = ArcadeStage.run(.shakyDot)
        let point = ArcadeRun.Point(seq: 1, x: .max, y: .min, tMs: .max)
        #expect(throws: ArcadeRun.Rejection.inTheFuture) {
            try run.take(point, elapsedMs: 10, latencyMs: .max, nextSeed: 4)
        }
    }

    @Test("beside the dot nothing counts, and the run is over", arguments: [ArcadeGameID.dot, .shakyDot])
    func offTarget(game: ArcadeGameID) {
        for (dx, dy) in [(-1, 0), (0, -1), (3, 0), (0, 3), (100, 0), (0, -100)] {
            var run = ArcadeStage.run(game)
            // In the stretch's first moments nothing counts but the dot where it is.
            var point = run.aim(seq: 1, atMs: 40)
            point.x += dx
            point.y += dy
            #expect(run.refusal(of: point) == .offTarget)
            #expect(run.isOver && run.score == 0 && run.points.isEmpty)
        }
    }

    @Test("a hit where the dot was before it jumped is off target")
    func formerPlace() throws {
        var run = ArcadeStage.run(.dot)
        let former = run.aim(seq: 2, atMs: 1_001)
        try run.hit(seq: 1, atMs: 1_000)
        #expect(run.refusal(of: former) == .offTarget)
    }

    @Test("once over by a rejection nothing counts any more, and nothing changes")
    func over() throws {
        var run = ArcadeStage.run(.dot)
        try run.hit(seq: 1, atMs: 1_000)
        _ = run.refusal(of: ArcadeRun.Point(seq: 2, x: -1, y: -1, tMs: 1_500))
        let ended = run
        for seq in 1...3 {
            #expect(run.refusal(of: run.aim(seq: seq, atMs: 2_000)) == .afterEnd)
            #expect(run == ended)
        }
    }

    @Test("points that come too fast for too long are a burst at the very point that the rule names")
    func burst() throws {
        var run = ArcadeStage.run(.dot)
        for number in 0..<23 {
            #expect(try run.hit(seq: number + 1, atMs: 1_000 + 100 * number) == .scored(score: number + 1))
        }
        #expect(try run.hit(seq: 24, atMs: 3_300) == .burst)
        #expect(run.isOver)
        #expect(run.refusal(of: run.aim(seq: 25, atMs: 4_000)) == .afterEnd)
    }

    @Test("bursts right under the limit are legal to the end of the game")
    func underTheLimit() throws {
        var run = ArcadeStage.run(.dot)
        var seq = 0
        for round in 0..<6 {
            for number in 0..<8 {
                seq += 1
                #expect(try run.hit(seq: seq, atMs: 5_000 * round + 100 * number) == .scored(score: seq))
            }
        }
        #expect(run.score == 48 && !run.isOver && !run.isImplausible)
    }

    @Test("150 hits in 30 seconds are plausible and 151 aren't", arguments: [ArcadeGameID.dot, .shakyDot])
    func plausible(game: ArcadeGameID) throws {
        var run = ArcadeStage.run(game)
        for seq in 1...150 { try run.hit(seq: seq, atMs: 180 * seq) }
        #expect(run.score == 150 && !run.isImplausible)
        try run.hit(seq: 151, atMs: 180 * 151)
        #expect(run.score == 151 && run.isImplausible)
    }

    @Test("a game without a bound holds every score plausible")
    func unbounded() throws {
        let rules = ArcadeRules(
            burst: ArcadeStage.unbounded.burst, games: [:], loginBonus: ArcadeRules.standard.loginBonus)
        var run = ArcadeStage.run(.dot, rules: rules)
        for seq in 1...500 { try run.hit(seq: seq, atMs: 10 * seq) }
        #expect(run.score == 500 && !run.isImplausible)
    }
}
