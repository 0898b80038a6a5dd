public import Protocol

/// Follows one run of an arcade game where it is played: what there is to hit, and which points to send.
///
/// Times are milliseconds of a monotonic clock, the one that `ClientEvent.runStarted` tells; the run's own time
/// starts when that event's message came. One point is on its way at a time, in every game: a line that holds
/// one up may let the one behind it pass as late or not, and only the server's word tells where the run stands.
/// So what is sent counts, unless the line holds it up for longer than the server excuses. An honest client
/// never sends a miss, and this one can't.
public struct RunTracker: Hashable, Sendable {
    /// The run that is followed.
    public let run: Identifier
    /// What is played.
    public let game: ArcadeGameID
    /// The part of the run that the next point falls into.
    public private(set) var stretch: ArcadeStretch
    /// The points that counted, the oldest first.
    public private(set) var hits: [RunPoint] = []
    /// The point that is on its way; no other is sent before its answer.
    public private(set) var unanswered: RunPoint?
    /// Points that the server refused, since the line held them up.
    public private(set) var refusedCount = 0
    /// How the run ended, once the server told.
    public private(set) var result: RunResult?
    /// Whether no result will ever be told: the socket that the run was played on is gone.
    public private(set) var isLost = false

    private let startedAtMs: Int64
    private var nextSeq = 1
    /// The time of the last point sent.
    private var sentMs = -1

    /// Begins with a run.
    ///
    /// - Parameter startedAtMs: when `run_started` came.
    public init(_ start: RunStart, startedAtMs: Int64) {
        run = start.run
        game = start.game
        stretch = ArcadeStretch(seed: start.seed, hits: 0, startMs: 0)
        self.startedAtMs = startedAtMs
    }

    // MARK: What there is to see

    /// The points so far; in a game of steps, the steps taken.
    public var score: Int { stretch.hits }

    /// Whether nothing counts any more: the server ended the run, or it is lost.
    public var isOver: Bool { result != nil || isLost }

    /// The number in each cell, row by row; empty for games without any.
    public var labels: [Int] { game.rules.labels(of: stretch) }

    /// The run's time, which is a game of steps's score in the end.
    public func elapsedMs(atMs nowMs: Int64) -> Int { Int(max(0, nowMs - startedAtMs)) }

    /// What is left of the run's time; a game of steps has so much that nobody needs it all.
    public func leftMs(atMs nowMs: Int64) -> Int { max(0, lastMs - elapsedMs(atMs: nowMs)) }

    /// What counts now.
    public func target(atMs nowMs: Int64) -> ArcadeTarget {
        game.rules.target(of: stretch, atMs: max(stretch.startMs, elapsedMs(atMs: nowMs)))
    }

    // MARK: What happens

    /// Aims at a place of the game's field.
    ///
    /// - Returns: the point to send at once, which counts as sent; nil where it misses, where the run is over
    ///   or its time up, and while the point before is unanswered or as old as this one.
    public mutating func aim(x: Int, y: Int, atMs nowMs: Int64) -> RunPoint? {
        let tMs = elapsedMs(atMs: nowMs)
        guard !isOver, unanswered == nil, tMs > sentMs, tMs >= stretch.startMs, tMs <= lastMs,
            Arcade.isHit(game, stretch, x: x, y: y, atMs: tMs)
        else { return nil }
        let point = RunPoint(run: run, seq: nextSeq, x: x, y: y, tMs: tMs)
        nextSeq += 1
        sentMs = tMs
        unanswered = point
        return point
    }

    /// Takes the word that a point counts.
    ///
    /// - Returns: whether it is news about this run.
    @discardableResult
    public mutating func take(_ score: RunScore) -> Bool {
        guard let point = unanswered, score.run == run, score.seq == point.seq else { return false }
        unanswered = nil
        hits.append(point)
        stretch.hits = score.score
        if let seed = score.seed {
            stretch.seed = seed
            stretch.startMs = score.tMs
        }
        return true
    }

    /// Takes the word that the run ended.
    ///
    /// - Returns: whether it is news about this run.
    @discardableResult
    public mutating func take(_ result: RunResult) -> Bool {
        guard result.run == run, !isOver else { return false }
        self.result = result
        unanswered = nil
        return true
    }

    /// The server refused the point that was on its way.
    ///
    /// Where that ended the run, its result follows; else the target is the same as before.
    public mutating func refused(_ failure: Failure) {
        guard let point = unanswered else { return }
        unanswered = nil
        refusedCount += 1
        switch failure.code {
        case .notFound: lost()
        // It was judged, so its number is used up.
        case .pointRejected, .runOver: break
        default: nextSeq = point.seq
        }
    }

    /// The socket is gone, and the run with it.
    public mutating func lost() {
        guard result == nil else { return }
        isLost = true
        unanswered = nil
    }

    private var lastMs: Int { game.rules.category.lastMs }
}
