import Protocol
import Testing

@testable import Game

@Suite("A run of steps")
struct StepsRunTests {
    /// A run whose steps are so far apart.
    static func completed(everyMs: Int, lastMs: Int) throws -> ArcadeRun {
        var run = ArcadeStage.run(.steps, rules: ArcadeStage.unbounded)
        for seq in 1...24 { try run.hit(seq: seq, atMs: everyMs * seq) }
        #expect(try run.hit(seq: 25, atMs: lastMs) == .completed(score: lastMs))
        return run
    }

    @Test("is completed by the last number, and its score is the time of that, in milliseconds")
    func completes() throws {
        var run = ArcadeStage.run(.steps, seed: 8)
        for seq in 1...24 {
            #expect(try run.hit(seq: seq, atMs: 700 * seq) == .scored(score: seq))
            #expect(run.score == 0 && run.hits == seq && !run.isOver)
            #expect(run.stretch == ArcadeStretch(seed: 8, hits: seq, startMs: 0), "one stretch throughout")
        }
        #expect(try run.hit(seq: 25, atMs: 18_123) == .completed(score: 18_123))
        #expect(run.score == 18_123 && run.isOver && !run.isImplausible)
    }

    @Test("once completed takes no point any more")
    func over() throws {
        var run = try Self.completed(everyMs: 300, lastMs: 9_000)
        let ended = run
        let point = ArcadeRun.Point(seq: 26, x: 0, y: 0, tMs: 9_500)
        #expect(run.refusal(of: point) == .afterEnd)
        #expect(run == ended)
    }

    @Test("every other cell than the next number's is off target, the one just hit included")
    func order() throws {
        var start = ArcadeStage.run(.steps, seed: 3)
        try start.hit(seq: 1, atMs: 600)
        let next = start.aim(seq: 2, atMs: 1_200)
        for y in 0..<5 {
            for x in 0..<5 {
                var run = start
                let refusal = run.refusal(of: ArcadeRun.Point(seq: 2, x: x, y: y, tMs: 1_200))
                #expect(refusal == ((x, y) == (next.x, next.y) ? nil : .offTarget))
            }
        }
    }

    @Test("lasts at most ten minutes")
    func longest() throws {
        var run = ArcadeStage.run(.steps)
        #expect(run.endsAfterMs == 600_000)
        try run.hit(seq: 1, atMs: 600_000)
        #expect(run.refusal(of: run.aim(seq: 2, atMs: 600_001)) == .afterEnd)
    }

    @Test("of 4 seconds is plausible and of less isn't")
    func plausible() throws {
        #expect(try !Self.completed(everyMs: 160, lastMs: 4_000).isImplausible)
        #expect(try Self.completed(everyMs: 160, lastMs: 3_999).isImplausible)
    }

    @Test("isn't implausible as long as it isn't completed")
    func unfinished() throws {
        var run = ArcadeStage.run(.steps)
        for seq in 1...5 { try run.hit(seq: seq, atMs: seq) }
        #expect(!run.isImplausible && run.score == 0)
    }

    @Test("whose last step makes one burst too many isn't completed")
    func burst() throws {
        var rules = ArcadeRules.standard
        rules.burst = BurstRule(threshold: 5, limit: 4, windowMs: 10_000)
        var run = ArcadeStage.run(.steps, rules: rules)
        for seq in 1...24 { try run.hit(seq: seq, atMs: 200 * seq) }
        #expect(try run.hit(seq: 25, atMs: 5_000) == .burst)
        #expect(run.isOver)
    }
}
