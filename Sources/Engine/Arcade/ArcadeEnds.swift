import Game
import Protocol

extension ServerEngine {
    /// Ends an account's run; its result is told once durable.
    mutating func endRun(
        of account: Identifier, _ reason: RunEndReason, for asker: Asker = .nobody, at now: Moment,
        into effects: inout [Effect]
    ) {
        guard var open = arcade.open[account], open.end == nil else { return }
        var reason = reason
        // Its time was up, and nobody waits for what may still be on its way.
        if reason == .left, open.isTimeUp(at: now) { reason = .time }
        if reason.counts(in: open.run.game), open.run.isImplausible {
            reason = .rejected
            let evidence = "\(open.run.game.rawValue) run \(open.run.id): score \(open.run.score)"
            flag(account, .impossibleScore, evidence, at: now, into: &effects)
        }
        open.end = reason
        open.endedAt = now
        open.asker = asker
        arcade.put(open)
        arcade.remember(open.run, reason: reason, at: now)
        sweeps.cancel(.run(account))
        // Others may have waited for storage longer, which has just come back.
        if arcade.unsubmitted > 1 { submitWaitingRuns(at: now) } else { submitRun(of: account, at: now) }
    }

    /// Ends the run that was played on a socket which is gone.
    mutating func leaveRun(
        of account: Identifier, on id: ConnectionID, at now: Moment, into effects: inout [Effect]
    ) {
        guard arcade.open[account]?.socket == id, arcade.isPlaying(account) else { return }
        endRun(of: account, .left, at: now, into: &effects)
    }

    /// Looks whether a run's time is up.
    mutating func sweepRun(_ account: Identifier, at now: Moment, into effects: inout [Effect]) {
        endRun(of: account, .time, at: now, into: &effects)
    }

    /// Ends the runs whose time is up before a server stops.
    mutating func endTimedOutRuns(at now: Moment, into effects: inout [Effect]) {
        for account in arcade.accountsSorted where arcade.open[account]?.isTimeUp(at: now) ?? false {
            endRun(of: account, .time, at: now, into: &effects)
        }
        submitWaitingRuns(at: now)
    }

    /// Submits results that storage took no writes for.
    mutating func submitWaitingRuns(at now: Moment) {
        guard arcade.unsubmitted > 0, writeRefusal == nil else { return }
        for account in arcade.waitingInOrder { submitRun(of: account, at: now) }
    }

    /// Has a run's result made durable: the place it reaches, what that pays, and the run itself, in one commit.
    private mutating func submitRun(of account: Identifier, at now: Moment) {
        guard writeRefusal == nil, var open = arcade.open[account], let reason = open.end, !open.isSubmitted
        else { return }
        let run = open.run
        var result = RunResult(
            run: run.id, game: run.game, reason: reason, score: run.score, rank: nil, multiplierPercent: nil,
            profilePoints: 0)
        // Whoever was banned or deleted meanwhile has no place on a board.
        if reason.counts(in: run.game), run.score > 0, canEarn(account) {
            count(run, of: account, endedAt: open.endedAt, into: &result)
        }
        let record = RunRecord(
            id: run.id, game: run.game, account: account, seed: open.seed,
            points: run.points.map { [$0.x, $0.y, $0.tMs] }, result: result, startedAtMs: run.startedAtMs,
            endedAtMs: open.endedAt.wallMs)
        commits.add(
            .run(record),
            held: Held(
                asker: open.asker, answer: .run(result, account: account, socket: open.socket),
                log: .runEnded(result, account: account)))
        open.isSubmitted = true
        arcade.put(open)
    }

    private mutating func count(
        _ run: ArcadeRun, of account: Identifier, endedAt now: Moment, into result: inout RunResult
    ) {
        let rules = configuration.arcade
        let rank = arcade.bests.rank(of: run.score, for: account, in: run.game)
        let former = arcade.bests.put(run.game, account: account, score: run.score)
        result.rank = rank
        result.multiplierPercent = Payout.percent(rank: rank, in: rules[run.game].multipliers)
        result.profilePoints = Payout.points(run.game, score: run.score, rank: rank, rules: rules)
        let score = ScoreRecord(
            board: .arcade(run.game), account: account, score: run.score, source: run.id, atMs: now.wallMs)
        commits.add(.score(score), reversal: .best(account, run.game, former: former))
        pay(result.profilePoints, to: account, for: .arcade, source: run.id.description, at: now)
    }

    /// Tells a run's result, which has become durable.
    mutating func settle(
        _ result: RunResult, of account: Identifier, on socket: ConnectionID, for asker: Asker,
        into effects: inout [Effect]
    ) {
        arcade.settle(result.run, of: account)
        var replyTo: Int?
        if case .socket(_, let id) = asker { replyTo = id }
        guard connections[socket]?.account == account else { return }
        effects.append(.send(socket, ServerEnvelope(replyTo: replyTo, .runEnded(result))))
    }
}

extension ArcadeDesk.Open {
    /// Whether it is played against the clock, and its time is over.
    func isTimeUp(at now: Moment) -> Bool {
        guard end == nil, case .timed = run.game.rules.category else { return false }
        return now.monotonicUs - startedUs >= Int64(run.endsAfterMs) * 1000
    }
}
