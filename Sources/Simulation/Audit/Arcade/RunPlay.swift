import Game
import Protocol

/// The points of one run, judged slowly: lists that are searched from the front.
struct RunPlay: Sendable {
    /// What a point comes to.
    enum Verdict: Hashable, Sendable {
        case hit
        /// It was the last step.
        case completes
        /// It was one too many in too short a time.
        case bursts
        /// It came late, and doesn't count; that is all.
        case late
        /// It is the third that came later than lines explain, which ends the run.
        case tooLate
        /// It ends the run, and its account is flagged.
        case rejected(FlagWord)
    }

    /// Why a point is refused.
    enum FlagWord: String, Hashable, Sendable {
        case replayedPoint = "replayed_point"
        case pointInPast = "point_in_past"
        case pointInFuture = "point_in_future"
        case pointAfterEnd = "point_after_end"
        case offTarget = "off_target"
    }

    let game: ArcadeGameID
    private let burst: BurstRule
    private(set) var stretch: ArcadeStretch
    private(set) var points: [RunPoint] = []
    private var nextSeq = 1
    /// Points that came later than lines explain.
    private var tooLate = 0
    /// Times of points that belong to no burst, and of bursts.
    private var loose: [Int] = []
    private var bursts: [Int] = []

    init(_ game: ArcadeGameID, seed: UInt64, burst: BurstRule) {
        self.game = game
        self.burst = burst
        stretch = ArcadeStretch(seed: seed, hits: 0, startMs: 0)
    }

    /// Judges a point.
    ///
    /// - Parameters:
    ///   - elapsedMs: since the run's begin was told.
    ///   - excusedMs: what its way may take.
    ///   - nextSeed: of the stretch that a hit may begin.
    mutating func take(_ point: RunPoint, elapsedMs: Int, excusedMs: Int, nextSeed: UInt64) -> Verdict {
        if point.seq != nextSeq { return .rejected(.replayedPoint) }
        if let last = points.last, point.tMs <= last.tMs { return .rejected(.pointInPast) }
        if point.tMs - elapsedMs > excusedMs { return .rejected(.pointInFuture) }
        if point.tMs > game.lastMs { return .rejected(.pointAfterEnd) }
        let lateMs = elapsedMs - point.tMs - excusedMs
        if lateMs > 0 {
            nextSeq += 1
            if lateMs > Limits.arcadeLateMs { tooLate += 1 }
            return tooLate > Limits.arcadeLatePoints ? .tooLate : .late
        }
        let isSeen = [point.tMs, point.tMs - Limits.arcadeHitWindowMs].contains { atMs in
            game.rules.target(of: stretch, atMs: max(atMs, stretch.startMs)).contains(x: point.x, y: point.y)
        }
        if !isSeen { return .rejected(.offTarget) }
        return count(point, nextSeed)
    }

    private mutating func count(_ point: RunPoint, _ nextSeed: UInt64) -> Verdict {
        nextSeq += 1
        points.append(point)
        stretch.hits = points.count
        if game.rules.renewsSeed {
            stretch.seed = nextSeed
            stretch.startMs = point.tMs
        }
        loose.append(point.tMs)
        if loose.count(where: { point.tMs - $0 < 1_000 }) >= burst.threshold {
            loose = []
            bursts.append(point.tMs)
            if bursts.count(where: { point.tMs - $0 < burst.windowMs }) > burst.limit { return .bursts }
        }
        if case .steps(let count) = game.rules.category, points.count == count { return .completes }
        return .hit
    }
}

extension ArcadeGameID {
    /// The last millisecond of its runs.
    var lastMs: Int {
        switch rules.category {
        case .timed(let seconds): seconds * 1000
        case .steps: Limits.arcadeStepsMs
        }
    }
}
