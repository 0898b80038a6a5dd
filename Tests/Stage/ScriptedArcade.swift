package import Protocol

/// Runs by the contract, one at a time and without a clock: a test ends those that time would end.
package struct ScriptedArcade {
    /// Refuses the next runs with these.
    package var startRefusals: [Failure] = []
    /// Refuses the next points with these, as late ones: their numbers are used up.
    package var pointRefusals: [Failure] = []
    /// Every run that began.
    package private(set) var runs: [RunStart] = []
    /// Every point that counted.
    package private(set) var points: [RunPoint] = []
    /// The open run's stretch; nil while there is none.
    package private(set) var stretch: ArcadeStretch?
    /// Whether the latest point ended the run.
    private(set) var isRejected = false
    private var nextSeq = 1
    private var generator = SeededGenerator(seed: 5)

    package init() {}

    /// Begins a run.
    mutating func start(_ game: ArcadeGameID) throws(Failure) -> RunStart {
        if !startRefusals.isEmpty { throw startRefusals.removeFirst() }
        guard stretch == nil else { throw Failure(.runOpen, "one at a time") }
        let seed = generator.next()
        let start = RunStart(run: Identifier(rawValue: UInt64(300 + runs.count)), game: game, seed: seed)
        runs.append(start)
        points = []
        stretch = ArcadeStretch(seed: seed, hits: 0, startMs: 0)
        nextSeq = 1
        isRejected = false
        return start
    }

    /// Judges a point by all but its time; one that can't be ends the run.
    mutating func take(_ point: RunPoint) throws(Failure) -> RunScore {
        guard var stretch, let run = runs.last, run.run == point.run else {
            throw Failure(.runOver, "this run is over")
        }
        guard point.seq == nextSeq, point.tMs > points.last?.tMs ?? -1,
            Arcade.isHit(run.game, stretch, x: point.x, y: point.y, atMs: point.tMs)
        else {
            isRejected = true
            throw Failure(.pointRejected, "it can't be")
        }
        nextSeq += 1
        if !pointRefusals.isEmpty { throw pointRefusals.removeFirst() }
        points.append(point)
        stretch.hits += 1
        var seed: UInt64?
        if run.game.rules.renewsSeed {
            stretch.seed = generator.next()
            stretch.startMs = point.tMs
            seed = stretch.seed
        }
        self.stretch = stretch
        return RunScore(run: run.run, seq: point.seq, score: stretch.hits, tMs: point.tMs, seed: seed)
    }

    /// Whether the last step is taken.
    var isComplete: Bool {
        guard let stretch, case .steps(let count)? = runs.last?.game.rules.category else { return false }
        return stretch.hits == count
    }

    /// Ends the open run; nil where there is none.
    mutating func end(_ reason: RunEndReason) -> RunResult? {
        guard let stretch, let run = runs.last else { return nil }
        self.stretch = nil
        var result = RunResult(
            run: run.run, game: run.game, reason: reason, score: stretch.hits, rank: nil,
            multiplierPercent: nil, profilePoints: 0)
        switch (run.game.rules.category, reason) {
        case (.timed, .time):
            (result.rank, result.multiplierPercent) = (2, 250)
            result.profilePoints = result.score * 250 / 100
        case (.steps, .completed):
            result.score = points.last?.tMs ?? 0
            (result.rank, result.multiplierPercent) = (1, 100)
            result.profilePoints = max(0, 60 - result.score / 1000)
        default: break
        }
        return result
    }
}
