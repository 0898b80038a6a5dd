import Game
import Protocol

/// Runs of arcade games: those under way, those that lately ended, and each account's best.
struct ArcadeDesk: Sendable {
    /// A run that isn't durable yet: it is played, or it is over and its result on the way to storage.
    struct Open: Sendable {
        var run: ArcadeRun
        /// The seed of its first stretch.
        let seed: UInt64
        /// The socket that it is played on.
        var socket: ConnectionID
        /// When `run_started` was sent, on the monotonic clock in microseconds.
        var startedUs: Int64
        /// The longest round trip to its player since it began, in microseconds; nil before one was measured.
        var roundTripUs: Int64?
        /// Why it is over; nil while it is played.
        var end: RunEndReason?
        /// When it was over.
        var endedAt = Moment(monotonicUs: 0, wallMs: 0)
        /// Whether its result waits for a commit.
        var isSubmitted = false
        /// Who asked for its end.
        var asker = Asker.nobody
    }

    /// A run that is over, known by its id so that what still comes for it can be told from a guess.
    struct Ended: Sendable {
        var account: Identifier
        /// On the monotonic clock, in microseconds.
        var atUs: Int64
        /// The last millisecond that a point may have had.
        var lastMs: Int
    }

    /// By account: each has one at most.
    private(set) var open: [Identifier: Open] = [:]
    private var ended: [Identifier: Ended] = [:]
    /// Whose the runs are that aren't durable yet, by their ids.
    private var owners: [Identifier: Identifier] = [:]
    /// Ended runs by age.
    private var order = Ring<Identifier>()
    var bests: BestBook
    /// Ended runs since the start, by reason.
    private(set) var counts: [RunEndReason: Int] = [:]
    /// How many results wait until storage takes writes again.
    private(set) var unsubmitted = 0

    /// Takes the best runs that were kept.
    init(bests kept: [BestRun]) {
        bests = BestBook()
        // Best first, so that each is put behind all that are there.
        let byRank = kept.sorted {
            $0.game == $1.game
                ? $0.game.rules.category.isBetter($0.score, than: $1.score)
                : $0.game.rawValue < $1.game.rawValue
        }
        for best in byRank { bests.put(best.game, account: best.account, score: best.score) }
    }

    /// How many are played.
    var playedCount: Int { open.values.reduce(0) { $0 + ($1.end == nil ? 1 : 0) } }

    /// Whether an account is in a run.
    func isPlaying(_ account: Identifier) -> Bool { open[account].map { $0.end == nil } ?? false }

    /// Whether an account is in a run against the clock.
    func isPlayingTimed(_ account: Identifier) -> Bool {
        guard let open = open[account], open.end == nil else { return false }
        if case .timed = open.run.game.rules.category { return true }
        return false
    }

    /// A run that is over, by its id.
    subscript(ended run: Identifier) -> Ended? { ended[run] }

    /// Whose a run is; nil for one that nobody remembers.
    func owner(of run: Identifier) -> Identifier? { owners[run] ?? ended[run]?.account }

    /// All accounts with a run, sorted.
    var accountsSorted: [Identifier] { open.keys.sorted() }

    /// Accounts whose results wait for a commit, in the order in which their runs ended.
    var waitingInOrder: [Identifier] {
        open.values.filter(Self.waits).map { ($0.endedAt.monotonicUs, $0.run.account) }.sorted { $0 < $1 }
            .map(\.1)
    }

    /// Begins a run, or puts what became of one in its place.
    mutating func put(_ run: Open) {
        let account = run.run.account
        if open[account].map(Self.waits) ?? false { unsubmitted -= 1 }
        if Self.waits(run) { unsubmitted += 1 }
        open[account] = run
        owners[run.run.id] = account
    }

    /// Notes how far away an account is that plays.
    mutating func measured(_ account: Identifier, us: Int64) {
        guard let known = open[account] else { return }
        open[account]?.roundTripUs = max(known.roundTripUs ?? 0, us)
    }

    /// Has the run of an account judge a point.
    mutating func judge(
        _ point: ArcadeRun.Point, of account: Identifier, elapsedMs: Int, latencyMs: Int, nextSeed: UInt64
    ) throws(ArcadeRun.Rejection) -> ArcadeRun.Outcome? {
        try open[account]?.run.take(
            point, elapsedMs: elapsedMs, latencyMs: latencyMs, nextSeed: nextSeed)
    }

    private static func waits(_ run: Open) -> Bool { run.end != nil && !run.isSubmitted }

    /// Has a run's id remembered, in place of the oldest.
    mutating func remember(_ run: ArcadeRun, reason: RunEndReason, at now: Moment) {
        counts[reason, default: 0] += 1
        ended[run.id] = Ended(account: run.account, atUs: now.monotonicUs, lastMs: run.endsAfterMs)
        order.append(run.id)
        let lifeUs = Int64(Limits.runAftermathMs) * 1000
        while let oldest = order.first, let record = ended[oldest],
            order.count > Limits.maxEndedRuns || record.atUs + lifeUs <= now.monotonicUs
        {
            ended[oldest] = nil
            order.removeFirst(1)
        }
    }

    /// Takes a run as durable.
    mutating func settle(_ run: Identifier, of account: Identifier) {
        guard let kept = open[account], kept.run.id == run else { return }
        open[account] = nil
        owners[run] = nil
    }

    /// Takes results back that didn't become durable: they are submitted again once storage takes writes.
    mutating func rollBack() {
        for account in accountsSorted {
            guard var run = open[account], run.isSubmitted else { continue }
            run.isSubmitted = false
            run.asker = .nobody
            put(run)
        }
    }
}
