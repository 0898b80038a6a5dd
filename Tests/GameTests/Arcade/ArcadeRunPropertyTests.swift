import Protocol
import Testing

@testable import Game

/// A run as its rules tell it, one after the other.
private struct NaiveRun {
    let game: ArcadeGameID
    var seeds: [UInt64]
    var hitTimes: [Int] = []
    var seq = 0
    var late = 0
    var isOver = false
    var bursts = NaiveBursts(rule: ArcadeRules.standard.burst)

    var isTimed: Bool { game != .steps }
    var stretch: ArcadeStretch {
        let startMs = isTimed ? hitTimes.last ?? 0 : 0
        return ArcadeStretch(seed: seeds[seeds.count - 1], hits: hitTimes.count, startMs: startMs)
    }

    mutating func rejection(
        of point: ArcadeRun.Point, elapsedMs: Int, latencyMs: Int
    ) -> ArcadeRun.Rejection? {
        let found: ArcadeRun.Rejection? =
            if isOver {
                .afterEnd
            } else if point.seq != seq + 1 {
                .replayed
            } else if point.tMs < 0 || hitTimes.contains(where: { $0 >= point.tMs }) {
                .inThePast
            } else if point.tMs - elapsedMs > latencyMs {
                .inTheFuture
            } else if point.tMs > (isTimed ? 30_000 : 600_000) {
                .afterEnd
            } else if elapsedMs - point.tMs > latencyMs {
                .tooLate
            } else if ![0, 60].contains(where: { agoMs in
                game.rules.target(of: stretch, atMs: max(stretch.startMs, point.tMs - agoMs))
                    .contains(x: point.x, y: point.y)
            }) {
                .offTarget
            } else {
                nil
            }
        guard let found else { return nil }
        seq += 1
        if found == .tooLate, elapsedMs - point.tMs > latencyMs + 2_000 { late += 1 }
        isOver = found != .tooLate || late > 2
        return found
    }

    mutating func count(_ point: ArcadeRun.Point, nextSeed: UInt64) -> ArcadeRun.Outcome {
        seq += 1
        hitTimes.append(point.tMs)
        if isTimed { seeds.append(nextSeed) }
        if bursts.note(atMs: point.tMs) {
            isOver = true
            return .burst
        }
        if !isTimed, hitTimes.count == 25 {
            isOver = true
            return .completed(score: point.tMs)
        }
        return .scored(score: hitTimes.count)
    }
}

@Suite("A run's judge")
struct ArcadeRunPropertyTests {
    @Test(
        "says to every point what the rules say, honest or not, and the same each time",
        arguments: ArcadeGameID.all, 1...120 as ClosedRange<UInt64>)
    func property(game: ArcadeGameID, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let first = random.next()
        var run = ArcadeStage.run(game, seed: first)
        var twin = run
        var naive = NaiveRun(game: game, seeds: [first])
        let pauseMs = Int.random(in: 20...900, using: &random)
        // The first lies of a run are told early in some and late in others.
        let honesty = Int.random(in: 4...200, using: &random)
        var tMs = 0
        var seq = 0
        for _ in 0..<200 {
            tMs += Int.random(in: 1...pauseMs, using: &random)
            seq += 1
            var point = run.aim(seq: seq, atMs: tMs)
            let latencyMs = Int.random(in: 0...250, using: &random)
            var lagMs = Int.random(in: -latencyMs...latencyMs, using: &random)
            switch Int.random(in: 0..<honesty, using: &random) {
            case 0: point.seq += Int.random(in: -2...2, using: &random)
            case 1: point.tMs -= Int.random(in: 0...3_000, using: &random)
            case 2: lagMs = Int.random(in: -600...3_000, using: &random)
            case 3:
                point.x += Int.random(in: -3...3, using: &random)
                point.y += Int.random(in: -3...3, using: &random)
            default: break
            }
            let nextSeed = random.next()
            let elapsedMs = tMs + lagMs
            let expected = naive.rejection(of: point, elapsedMs: elapsedMs, latencyMs: latencyMs)
            do throws(ArcadeRun.Rejection) {
                let outcome = try run.take(
                    point, elapsedMs: elapsedMs, latencyMs: latencyMs, nextSeed: nextSeed)
                #expect(expected == nil)
                #expect(outcome == naive.count(point, nextSeed: nextSeed))
            } catch {
                #expect(error == expected)
            }
            _ = try? twin.take(point, elapsedMs: elapsedMs, latencyMs: latencyMs, nextSeed: nextSeed)
            #expect(run == twin && run.hashValue == twin.hashValue)
            #expect(run.isOver == naive.isOver)
            #expect(run.hits == naive.hitTimes.count && run.points.map(\.tMs) == naive.hitTimes)
            #expect(run.stretch == naive.stretch && run.latePoints == naive.late)
        }
    }
}
