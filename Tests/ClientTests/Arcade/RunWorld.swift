import Client
import Game
import Protocol
import Testing

/// A run between a tracker and the server's own judge, over a line that takes its time; all times are virtual.
struct RunWorld {
    /// How long a message takes one way, in milliseconds.
    struct Line {
        var usualMs: ClosedRange<Int>
        /// One message in so many is held up.
        var stallsOneIn: Int?
        var stallMs = 200...900

        func delayMs(_ random: inout SeededGenerator) -> Int {
            let usual = Int.random(in: usualMs, using: &random)
            guard let stallsOneIn, Int.random(in: 0..<stallsOneIn, using: &random) == 0 else { return usual }
            return usual + Int.random(in: stallMs, using: &random)
        }
    }

    private(set) var run: ArcadeRun
    private(set) var tracker: RunTracker
    private(set) var sentCount = 0
    private(set) var lateCount = 0
    /// Aims that went nowhere.
    private(set) var heldCount = 0

    private let line: Line
    /// What the server excuses: the usual round trip, and its grace.
    private let excusedMs: Int
    /// How much faster the client's clock runs than the server's, in millionths.
    private let drift: Int
    private let clockStartMs: Int64
    private var random: SeededGenerator
    /// The server's time since it said that the run begins.
    private var nowMs: Int

    init(_ game: ArcadeGameID, line: Line, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let start = RunStart(run: Identifier(rawValue: 9), game: game, seed: random.next())
        run = ArcadeRun(
            id: start.run, game: game, account: Identifier(rawValue: 1), seed: start.seed, startedAtMs: 0,
            rules: .standard)
        drift = Int.random(in: -100...100, using: &random)
        clockStartMs = Int64.random(in: 0...1_000_000_000_000, using: &random)
        excusedMs = min(Limits.arcadeLatencyCapMs, 2 * line.usualMs.upperBound + Limits.runGraceMs)
        nowMs = line.delayMs(&random)
        tracker = RunTracker(
            start, startedAtMs: Self.clock(atMs: nowMs, drift: drift, startMs: clockStartMs))
        self.line = line
        self.random = random
    }

    private static func clock(atMs nowMs: Int, drift: Int, startMs: Int64) -> Int64 {
        startMs + Int64(nowMs * (1_000_000 + drift) / 1_000_000)
    }

    /// The client's clock.
    private var clockMs: Int64 { Self.clock(atMs: nowMs, drift: drift, startMs: clockStartMs) }

    /// Plays to the run's end, sometimes aiming badly.
    mutating func play() {
        while !run.isOver, tracker.leftMs(atMs: clockMs) > 0 {
            nowMs += Int.random(in: 150...700, using: &random)
            aim()
        }
        // The time is up, or the run is over: nothing goes out any more.
        if !run.isOver {
            let target = tracker.target(atMs: clockMs + 1)
            #expect(tracker.aim(x: target.x, y: target.y, atMs: clockMs + 1) == nil)
        }
    }

    private mutating func aim() {
        var target = tracker.target(atMs: clockMs)
        if Int.random(in: 0..<3, using: &random) == 0 {
            let field = run.game.rules.field
            target.x = Int.random(in: -1...field.width, using: &random)
            target.y = Int.random(in: -1...field.height, using: &random)
        }
        let tMs = tracker.elapsedMs(atMs: clockMs)
        let counts = wouldCount(x: target.x, y: target.y, tMs: tMs)
        guard let point = tracker.aim(x: target.x, y: target.y, atMs: clockMs) else {
            heldCount += 1
            #expect(!counts, "a hit is not held back")
            return
        }
        #expect(counts && point.tMs == tMs, "a miss is never sent")
        deliver(point)
    }

    /// Whether the judge would take this point if it came at once.
    private func wouldCount(x: Int, y: Int, tMs: Int) -> Bool {
        var probe = run
        let point = ArcadeRun.Point(seq: sentCount + 1, x: x, y: y, tMs: tMs)
        return (try? probe.take(point, elapsedMs: tMs, latencyMs: 0, nextSeed: 0)) != nil
    }

    private mutating func deliver(_ point: RunPoint) {
        sentCount += 1
        // Whoever hammers on gets nothing out before the answer.
        let target = tracker.target(atMs: clockMs + 1)
        #expect(tracker.aim(x: target.x, y: target.y, atMs: clockMs + 1) == nil)
        nowMs += line.delayMs(&random)
        let isInTime = nowMs - point.tMs <= excusedMs
        let claim = ArcadeRun.Point(seq: point.seq, x: point.x, y: point.y, tMs: point.tMs)
        do throws(ArcadeRun.Rejection) {
            _ = try run.take(claim, elapsedMs: nowMs, latencyMs: excusedMs, nextSeed: random.next())
            #expect(isInTime)
            let seed = run.game.rules.renewsSeed ? run.stretch.seed : nil
            let score = RunScore(
                run: run.id, seq: point.seq, score: run.hits, tMs: point.tMs, seed: seed)
            nowMs += line.delayMs(&random)
            let isNews = tracker.take(score)
            #expect(isNews)
        } catch {
            lateCount += 1
            #expect(!isInTime && error == .tooLate, "what is sent in time counts: \(error)")
            nowMs += line.delayMs(&random)
            tracker.refused(Failure(.pointRejected, "no"))
        }
        #expect(run.isOver || tracker.stretch == run.stretch)
    }
}
