import Protocol
import Testing

@testable import Game

@Suite("Latency in a run")
struct ArcadeLatencyTests {
    @Test("a point as old as latency excuses counts; a millisecond older is too late and doesn't")
    func boundary() throws {
        var run = ArcadeStage.run(.dot)
        #expect(try run.hit(seq: 1, atMs: 5_000, lagMs: 120, latencyMs: 120) == .scored(score: 1))
        let before = run.stretch
        let refusal = run.refusal(of: run.aim(seq: 2, atMs: 6_000), lagMs: 121, latencyMs: 120)
        #expect(refusal == .tooLate)
        #expect(!run.isOver && run.score == 1 && run.stretch == before && run.latePoints == 0)
    }

    @Test("250 ms are excused and never more, however slow the line", arguments: [250, 251, 5_000, .max])
    func cap(latencyMs: Int) throws {
        var run = ArcadeStage.run(.dot)
        try run.hit(seq: 1, atMs: 5_000, lagMs: 250, latencyMs: latencyMs)
        #expect(run.refusal(of: run.aim(seq: 2, atMs: 6_000), lagMs: 251, latencyMs: latencyMs) == .tooLate)
        try run.hit(seq: 3, atMs: 7_000, lagMs: -250, latencyMs: latencyMs)
        #expect(
            run.refusal(of: run.aim(seq: 4, atMs: 8_000), lagMs: -251, latencyMs: latencyMs) == .inTheFuture)
    }

    @Test("without latency a point counts in the server's very millisecond alone", arguments: [0, -40])
    func none(latencyMs: Int) throws {
        var run = ArcadeStage.run(.dot)
        try run.hit(seq: 1, atMs: 5_000, latencyMs: latencyMs)
        #expect(run.refusal(of: run.aim(seq: 2, atMs: 6_000), lagMs: 1, latencyMs: latencyMs) == .tooLate)
    }

    @Test(
        "up to 2 s behind what latency excuses is a slow line, however often; a millisecond more is counted")
    func slowLine() {
        var run = ArcadeStage.run(.dot)
        for seq in 1...20 {
            let point = run.aim(seq: seq, atMs: seq * 1_000)
            #expect(run.refusal(of: point, lagMs: 2_100, latencyMs: 100) == .tooLate)
        }
        #expect(!run.isOver && run.latePoints == 0 && run.score == 0)
        #expect(run.refusal(of: run.aim(seq: 21, atMs: 21_000), lagMs: 2_101, latencyMs: 100) == .tooLate)
        #expect(!run.isOver && run.latePoints == 1)
    }

    @Test(
        "two points that no slow line explains leave the run as it was; the third ends it, wherever it comes")
    func three() throws {
        var run = ArcadeStage.run(.dot)
        #expect(run.refusal(of: run.aim(seq: 1, atMs: 1_000), lagMs: 5_000) == .tooLate)
        #expect(try run.hit(seq: 2, atMs: 2_000) == .scored(score: 1))
        #expect(run.refusal(of: run.aim(seq: 3, atMs: 3_000), lagMs: 5_000) == .tooLate)
        #expect(!run.isOver && run.latePoints == 2)
        #expect(try run.hit(seq: 4, atMs: 4_000) == .scored(score: 2))
        #expect(run.refusal(of: run.aim(seq: 5, atMs: 5_000), lagMs: 5_000) == .tooLate)
        #expect(run.isOver && run.latePoints == 3 && run.score == 2)
        #expect(run.points.map(\.seq) == [2, 4])
    }

    @Test("a late point uses its number up, and none of its time")
    func number() throws {
        var run = ArcadeStage.run(.dot)
        #expect(run.refusal(of: run.aim(seq: 1, atMs: 1_000), lagMs: 500) == .tooLate)
        var other = run
        #expect(other.refusal(of: other.aim(seq: 1, atMs: 1_400)) == .replayed)
        #expect(try run.hit(seq: 2, atMs: 900) == .scored(score: 1))
    }

    @Test("a point that comes too late needn't hit, as what was there when it left may be gone")
    func lateBesides() {
        var run = ArcadeStage.run(.steps)
        let point = ArcadeRun.Point(seq: 1, x: -1, y: -1, tMs: 1_000)
        #expect(run.refusal(of: point, lagMs: 300, latencyMs: 250) == .tooLate)
        #expect(!run.isOver)
    }
}
