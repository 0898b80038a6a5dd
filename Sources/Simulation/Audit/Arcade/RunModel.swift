import Engine
import Game
import Protocol

/// Arcade runs by the documented words alone: who plays what, what became of it, and each account's best.
struct RunModel: Sendable {
    /// A run that isn't known to be durable: it is played, or it is over.
    struct Run: Sendable {
        let id: Identifier
        let game: ArcadeGameID
        let account: Identifier
        let socket: ConnectionID
        let started: Moment
        let seed: UInt64
        var play: RunPlay
        /// The longest round trip to its player since it began, and the last one before, in microseconds.
        var roundTripUs: Int64?
        /// Why it is over; nil while it is played.
        var end: RunEndReason?
        /// When it was over.
        var ended = Moment(monotonicUs: 0, wallMs: 0)
        /// Another reason that its end may have, since two came at once.
        var rival: RunEndReason?

        /// Points, or in a completed game of steps milliseconds.
        var score: Int {
            switch game.rules.category {
            case .timed: play.points.count
            case .steps(let count): play.points.count == count ? play.points.last?.tMs ?? 0 : 0
            }
        }

        /// When the server has waited long enough for the last point, on the monotonic clock.
        var endsUs: Int64 {
            lastUs + Int64(Limits.arcadeLatencyCapMs + Limits.runGraceMs) * 1000
        }

        /// When the last millisecond of its game is there.
        var lastUs: Int64 { started.monotonicUs + Int64(game.lastMs) * 1000 }

        /// What a point's way may take, in milliseconds.
        var excusedMs: Int {
            guard let roundTripUs else { return RunModel.latencyCapMs }
            return min(RunModel.latencyCapMs, Int(roundTripUs / 1000) + 60)
        }
    }

    /// A run that is over.
    struct Over: Sendable {
        let account: Identifier
        let atUs: Int64
        let lastMs: Int
    }

    private static let latencyCapMs = 250
    /// How long after a run's end a point may come that its player sent before knowing of it, in milliseconds.
    static let unawareMs = latencyCapMs + 2_000

    /// What a score came to, as the books say.
    struct Standing: Hashable, Sendable {
        var rank: Int
        var percent: Int
        var points: Int
        var score: Int
    }

    let rules: ArcadeRules
    /// By account.
    var open: [Identifier: Run] = [:]
    /// Runs that are over, by id.
    private(set) var over: [Identifier: Over] = [:]
    /// Runs that each account began.
    var begun = BucketLaw<Identifier>(burst: 20, onceInMs: 5_000)
    /// How long each socket took to answer a ping last, in microseconds.
    var roundTripsUs: [ConnectionID: Int64] = [:]
    /// Accounts whose clients don't keep to the rules.
    var cheats: Set<Identifier> = []
    /// What is kept of runs.
    private(set) var results: [Identifier: RunResult] = [:]
    /// Runs whose results were kept and that nobody knows yet to be.
    var settling: [(run: Identifier, account: Identifier, socket: ConnectionID)] = []
    /// Runs whose results were told.
    var told: Set<Identifier> = []
    /// Each account's best, by game.
    private(set) var bests: [ArcadeGameID: [Identifier: Int]] = [:]
    /// What scores came to in the commit that is looked at, by run.
    var standings: [Identifier: Standing] = [:]

    init(_ configuration: EngineConfiguration) { rules = configuration.arcade }

    /// Whether an account is in a run.
    func isPlayed(by account: Identifier) -> Bool { open[account].map { $0.end == nil } ?? false }

    /// Whether a run that ended so has a place on the board and is paid.
    static func counts(_ reason: RunEndReason, in game: ArcadeGameID) -> Bool {
        switch game.rules.category {
        case .timed: reason == .time
        case .steps: reason == .completed
        }
    }

    /// Whose runs have come to the end of their time.
    func due(atUs nowUs: Int64) -> [Identifier] {
        open.filter { $0.value.end == nil && $0.value.endsUs <= nowUs }.keys.sorted()
    }

    /// Whether nobody can have played so well.
    func isImpossible(_ run: Run) -> Bool {
        switch run.game.rules.category {
        case .timed(let seconds):
            rules[run.game].maxPointsPerSecond.map { run.score > $0 * seconds } ?? false
        case .steps: run.score > 0 && run.score < rules[run.game].minMs ?? 0
        }
    }

    /// Notes that a run is over.
    mutating func end(_ account: Identifier, _ reason: RunEndReason, at now: Moment) {
        guard let run = open[account], run.end == nil else { return }
        open[account]?.end = reason
        open[account]?.ended = now
        over[run.id] = Over(account: account, atUs: now.monotonicUs, lastMs: run.game.lastMs)
    }

    /// Takes a socket's answer to a ping.
    mutating func measure(_ id: ConnectionID, _ account: Identifier?, us: Int64) {
        roundTripsUs[id] = us
        guard let account, let run = open[account], run.socket == id else { return }
        open[account]?.roundTripUs = max(run.roundTripUs ?? us, us)
    }

    /// Whose a run is; nil for one that nobody began or remembers.
    func owner(of id: Identifier) -> Identifier? {
        open.values.first { $0.id == id }?.account ?? over[id]?.account
    }

    /// Runs that were over before another and aren't kept yet.
    func overtaken(by run: Run) -> [Identifier] {
        open.values
            .filter {
                $0.end != nil && $0.ended.monotonicUs < run.ended.monotonicUs && results[$0.id] == nil
            }
            .map(\.id).sorted()
    }

    /// Takes a score that was kept: its rank among the others' bests, where equal scores share one, and what that
    /// pays.
    mutating func keep(_ score: ScoreRecord, of game: ArcadeGameID, isRanked: (Identifier) -> Bool) {
        let isLowBetter = if case .steps = game.rules.category { true } else { false }
        var rank = 1
        for (account, best) in bests[game] ?? [:] where account != score.account && isRanked(account) {
            if isLowBetter ? best < score.score : best > score.score { rank += 1 }
        }
        let rule = rules[game]
        let percent = rule.multipliers.filter { rank <= $0.throughRank }.map(\.percent).first ?? 100
        let worth = isLowBetter ? max(0, (rule.parMs ?? 0) - score.score) / 1000 : score.score
        standings[score.source] = Standing(
            rank: rank, percent: percent, points: worth * percent / 100, score: score.score)
        let former = bests[game]?[score.account] ?? score.score
        bests[game, default: [:]][score.account] =
            isLowBetter ? min(former, score.score) : max(former, score.score)
    }

    /// Takes a result that was kept; false where the run had one.
    mutating func keep(_ result: RunResult) -> Bool {
        results.updateValue(result, forKey: result.run) == nil
    }

    /// The server began anew: what was played is lost.
    mutating func restart() {
        open = [:]
        over = [:]
        begun.forget()
        roundTripsUs = [:]
        settling = []
        standings = [:]
    }
}
