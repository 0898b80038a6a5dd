import Client
import Game
import Protocol
import Testing

@Suite("Following a run")
struct RunTrackerTests {
    private static let run = Identifier(rawValue: 9)
    private static let rejected = Failure(.pointRejected, "no")

    private func tracker(_ game: ArcadeGameID, seed: UInt64 = 7, atMs: Int64 = 5_000) -> RunTracker {
        RunTracker(RunStart(run: Self.run, game: game, seed: seed), startedAtMs: atMs)
    }

    /// Aims at the target's first pixel.
    private func hit(_ tracker: inout RunTracker, atMs: Int64) -> RunPoint? {
        let target = tracker.target(atMs: atMs)
        return tracker.aim(x: target.x, y: target.y, atMs: atMs)
    }

    private func result(_ reason: RunEndReason, run: Identifier = run) -> RunResult {
        RunResult(
            run: run, game: .dot, reason: reason, score: 1, rank: nil, multiplierPercent: nil,
            profilePoints: 0)
    }

    @Test("time is the run's own, counted from its begin")
    func time() {
        var tracker = tracker(.dot)
        #expect(tracker.elapsedMs(atMs: 5_250) == 250 && tracker.leftMs(atMs: 5_250) == 29_750)
        #expect(tracker.elapsedMs(atMs: 4_000) == 0 && tracker.leftMs(atMs: 99_999) == 0)
        #expect(hit(&tracker, atMs: 5_250)?.tMs == 250)
    }

    @Test("a hit is a point with the next number, a miss is nothing", arguments: ArcadeGameID.all)
    func aims(game: ArcadeGameID) {
        var tracker = tracker(game)
        let target = tracker.target(atMs: 5_100)
        #expect(tracker.aim(x: target.x - 1, y: target.y + 7, atMs: 5_100) == nil)
        #expect(
            tracker.aim(x: target.x, y: target.y, atMs: 5_100)
                == RunPoint(run: Self.run, seq: 1, x: target.x, y: target.y, tMs: 100))
    }

    @Test(
        "one point is on its way at a time, and the next begins where the server says",
        arguments: ArcadeGameID.all)
    func waits(game: ArcadeGameID) throws {
        var tracker = tracker(game)
        let first = try #require(hit(&tracker, atMs: 5_400))
        #expect(tracker.unanswered == first && hit(&tracker, atMs: 5_500) == nil && tracker.score == 0)
        let seed: UInt64? = game.rules.renewsSeed ? 99 : nil
        let score = RunScore(run: Self.run, seq: 1, score: 1, tMs: 400, seed: seed)
        let isNews = tracker.take(score)
        let isNewsAgain = tracker.take(score)
        #expect(isNews && !isNewsAgain)
        #expect(tracker.score == 1 && tracker.hits == [first] && tracker.unanswered == nil)
        let stretch = ArcadeStretch(seed: seed ?? 7, hits: 1, startMs: game.rules.renewsSeed ? 400 : 0)
        #expect(tracker.stretch == stretch)
        #expect(tracker.target(atMs: 5_600) == game.rules.target(of: stretch, atMs: 600))
        #expect(hit(&tracker, atMs: 5_600)?.seq == 2)
    }

    @Test("time moves forward between points")
    func forward() throws {
        var tracker = tracker(.steps)
        #expect(hit(&tracker, atMs: 5_000)?.tMs == 0)
        tracker.take(RunScore(run: Self.run, seq: 1, score: 1, tMs: 0, seed: nil))
        #expect(hit(&tracker, atMs: 5_000) == nil)
        #expect(hit(&tracker, atMs: 4_000) == nil)
        #expect(hit(&tracker, atMs: 5_001)?.tMs == 1)
    }

    @Test("a point that came too late leaves the target, and its number is used up")
    func late() throws {
        var tracker = tracker(.dot)
        let before = tracker.target(atMs: 5_100)
        _ = try #require(hit(&tracker, atMs: 5_100))
        tracker.refused(Self.rejected)
        #expect(tracker.target(atMs: 5_200) == before && tracker.refusedCount == 1 && tracker.hits.isEmpty)
        #expect(hit(&tracker, atMs: 5_200)?.seq == 2)
        tracker.refused(Failure(.rateLimited, "not judged"))
        #expect(hit(&tracker, atMs: 5_300)?.seq == 2)
        tracker.refused(Failure(.notFound, "no such run"))
        #expect(tracker.isLost && hit(&tracker, atMs: 5_400) == nil)
    }

    @Test("nothing is sent past the end of a timed game, and at the end something is")
    func end() {
        var tracker = tracker(.dot)
        #expect(hit(&tracker, atMs: 35_001) == nil)
        #expect(hit(&tracker, atMs: 35_000)?.tMs == 30_000)
    }

    @Test("the server's result, or a lost socket, ends it")
    func over() throws {
        var ended = tracker(.dot)
        _ = try #require(hit(&ended, atMs: 5_100))
        let foreign = ended.take(result(.time, run: Identifier(rawValue: 10)))
        #expect(!foreign && !ended.isOver)
        let own = ended.take(result(.rejected))
        #expect(own && ended.isOver && ended.unanswered == nil)
        let second = ended.take(result(.time))
        #expect(!second && ended.result?.reason == .rejected)
        ended.lost()
        #expect(!ended.isLost && hit(&ended, atMs: 5_200) == nil)
        var lost = tracker(.dot)
        lost.lost()
        #expect(lost.isOver && lost.result == nil && hit(&lost, atMs: 5_200) == nil)
        let late = lost.take(result(.time))
        #expect(!late && lost.result == nil)
    }

    @Test("a game of steps has its numbers, and their cells in order")
    func steps() throws {
        var tracker = tracker(.steps)
        let labels = tracker.labels
        #expect(labels.sorted() == Array(1...25) && self.tracker(.dot).labels.isEmpty)
        for step in 1...25 {
            let target = tracker.target(atMs: 5_000 + Int64(step))
            #expect(labels[5 * target.y + target.x] == step)
            _ = try #require(hit(&tracker, atMs: 5_000 + Int64(step)))
            tracker.take(RunScore(run: Self.run, seq: step, score: step, tMs: step, seed: nil))
        }
        #expect(tracker.score == 25 && hit(&tracker, atMs: 6_000) == nil)
    }
}

@Suite("A tracker and the judge")
struct RunTrackerJudgeTests {
    @Test("on a line that keeps its pace, all that is sent counts", arguments: ArcadeGameID.all)
    func steady(game: ArcadeGameID) {
        for seed in 0..<60 as Range<UInt64> {
            let slowestMs = Int(seed % 5) * 20 + 5
            var world = RunWorld(game, line: .init(usualMs: 1...slowestMs, stallsOneIn: nil), seed: seed)
            world.play()
            #expect(world.lateCount == 0 && world.sentCount > 10 && world.heldCount > 0)
            #expect(world.tracker.hits.count == world.sentCount && world.run.hits == world.sentCount)
            #expect(!world.run.isImplausible)
            if game == .steps { #expect(world.run.isOver && world.run.score > 0 && world.sentCount == 25) }
        }
    }

    @Test(
        "on a line that stalls, only what came too late is refused, and all else counts",
        arguments: ArcadeGameID.all)
    func stalling(game: ArcadeGameID) {
        var lateCount = 0
        for seed in 0..<120 as Range<UInt64> {
            var world = RunWorld(game, line: .init(usualMs: 5...60, stallsOneIn: 20), seed: seed)
            world.play()
            lateCount += world.lateCount
            // However often it stalls, the run goes on: nobody is blamed for a line.
            #expect(world.run.latePoints == 0)
            #expect(world.tracker.hits.count == world.sentCount - world.lateCount)
            #expect(world.tracker.refusedCount == world.lateCount)
        }
        #expect(lateCount > 60)
    }
}
