import Game
import Protocol

extension ServerEngine {
    private static let pointRejected = Failure(
        .pointRejected, "This point doesn't hit the target at a time that can be.")
    private static let runOver = Failure(.runOver, "This run is over.")
    private static let noRun = Failure(.notFound, "There is no such run of yours.")

    /// Begins a run on a socket; its answer is the first stretch.
    mutating func startRun(
        of game: ArcadeGameID, _ draw: Draw, on id: ConnectionID, replyTo: Int?, at now: Moment,
        into effects: inout [Effect]
    ) {
        let asker = Asker.socket(id, id: replyTo)
        guard let account = connections[id]?.account else {
            refuse(asker, Self.guestsWatch, into: &effects)
            return
        }
        if let refusal = writeRefusal {
            refuse(asker, refusal, into: &effects)
            return
        }
        if let open = arcade.open[account] {
            guard open.end == nil else {
                let failure = Failure(
                    .runOpen, "Your last run's result is being kept; try again in a moment.",
                    retryAfterMs: configuration.tickMs)
                refuse(asker, failure, into: &effects)
                return
            }
            refuse(asker, Failure(.runOpen, "You are in a run; end it first."), into: &effects)
            flag(account, .secondRun, "\(game.rawValue) during run \(open.run.id)", at: now, into: &effects)
            return
        }
        if let refusal = rates.run(by: account, at: now) {
            refuse(asker, refusal, into: &effects)
            return
        }
        let run = ArcadeRun(
            id: draw.id, game: game, account: account, seed: draw.seed, startedAtMs: now.wallMs,
            rules: configuration.arcade)
        arcade.put(
            ArcadeDesk.Open(
                run: run, seed: draw.seed, socket: id, startedUs: now.monotonicUs,
                roundTripUs: connections[id]?.roundTripUs))
        let lastMs = run.endsAfterMs + Limits.arcadeLatencyCapMs + Limits.runGraceMs
        sweeps.plan(.run(account), atUs: now.monotonicUs + Int64(lastMs) * 1000)
        effects.append(.log(.runStarted(run.id, game, account: account)))
        let start = RunStart(run: run.id, game: game, seed: draw.seed)
        effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .runStarted(start))))
        // How far away the player is decides how late a point may be. The ping goes last, so that what holds the
        // begin up, and with it the player's clock, holds up the pong.
        effects.append(.ping(id))
    }

    /// Judges a point.
    mutating func take(
        _ point: RunPoint, _ draw: Draw, on id: ConnectionID, replyTo: Int?, at now: Moment,
        into effects: inout [Effect]
    ) {
        let asker = Asker.socket(id, id: replyTo)
        guard let account = connections[id]?.account else {
            refuse(asker, Self.guestsWatch, into: &effects)
            return
        }
        guard let open = arcade.open[account], open.run.id == point.run, open.end == nil else {
            takeStray(point, of: account, on: id, for: asker, at: now, into: &effects)
            return
        }
        let elapsedMs = Int((now.monotonicUs - open.startedUs) / 1000)
        let claim = ArcadeRun.Point(seq: point.seq, x: point.x, y: point.y, tMs: point.tMs)
        do throws(ArcadeRun.Rejection) {
            let outcome = try arcade.judge(
                claim, of: account, elapsedMs: elapsedMs, latencyMs: Self.latencyMs(open.roundTripUs),
                nextSeed: draw.seed)
            guard outcome != .burst else {
                condemn(account, .burst, for: point, elapsedMs: elapsedMs, asker, at: now, into: &effects)
                return
            }
        } catch {
            // A line may hold a point up; whatever else is wrong ends the run.
            guard arcade.open[account]?.run.isOver == true else {
                refuse(asker, Self.pointRejected, into: &effects)
                return
            }
            condemn(account, error.flag, for: point, elapsedMs: elapsedMs, asker, at: now, into: &effects)
            return
        }
        guard let run = arcade.open[account]?.run else { return }
        if players.state(of: account) == .playing { acted(account, at: now, into: &effects) }
        let score = RunScore(
            run: point.run, seq: point.seq, score: run.hits, tMs: point.tMs,
            seed: run.game.rules.renewsSeed ? run.stretch.seed : nil)
        effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .score(score))))
        if run.isOver { endRun(of: account, .completed, at: now, into: &effects) }
    }

    /// Refuses a point that no honest client sends, flags its sender and ends the run.
    private mutating func condemn(
        _ account: Identifier, _ reason: FlagRecord.Reason, for point: RunPoint, elapsedMs: Int,
        _ asker: Asker, at now: Moment, into effects: inout [Effect]
    ) {
        refuse(asker, Self.pointRejected, into: &effects)
        let game = arcade.open[account]?.run.game.rawValue ?? ""
        let evidence =
            "\(game) run \(point.run): point \(point.seq) at \(point.x),\(point.y), "
            + "t \(point.tMs) of \(elapsedMs) ms"
        flag(account, reason, evidence, at: now, into: &effects)
        endRun(of: account, reason == .burst ? .burst : .rejected, at: now, into: &effects)
    }

    /// Ends a run by its player's wish.
    mutating func endRun(
        _ run: Identifier, on id: ConnectionID, replyTo: Int?, at now: Moment, into effects: inout [Effect]
    ) {
        let asker = Asker.socket(id, id: replyTo)
        guard let account = connections[id]?.account else {
            refuse(asker, Self.guestsWatch, into: &effects)
            return
        }
        if let open = arcade.open[account], open.run.id == run, open.end == nil {
            endRun(of: account, .left, for: asker, at: now, into: &effects)
        } else if arcade.open[account]?.run.id == run || arcade[ended: run]?.account == account {
            refuse(asker, Self.runOver, into: &effects)
        } else {
            refuseForeign(run, by: account, "an end", for: asker, at: now, into: &effects)
        }
    }

    /// What a point's way may take: the longest round trip of its run and a little, and never more than the cap.
    private static func latencyMs(_ roundTripUs: Int64?) -> Int {
        guard let roundTripUs else { return Limits.arcadeLatencyCapMs }
        return min(Limits.arcadeLatencyCapMs, Int(roundTripUs / 1000) + Limits.runGraceMs)
    }

    /// Refuses a point that isn't for its sender's run, and flags what no honest client sends.
    private mutating func takeStray(
        _ point: RunPoint, of account: Identifier, on id: ConnectionID, for asker: Asker, at now: Moment,
        into effects: inout [Effect]
    ) {
        let evidence = "point \(point.seq), t \(point.tMs)"
        guard let ended = arcade[ended: point.run], ended.account == account else {
            refuseForeign(point.run, by: account, evidence, for: asker, at: now, into: &effects)
            return
        }
        refuse(asker, Self.runOver, into: &effects)
        let sinceMs = Int((now.monotonicUs - ended.atUs) / 1000)
        // It may have been on its way when the run ended, held up by its line.
        guard point.tMs > ended.lastMs || sinceMs > Limits.arcadeLatencyCapMs + Limits.arcadeLateMs else {
            return
        }
        let words = "run \(point.run): \(evidence), \(sinceMs) ms after its end"
        flag(account, .pointAfterEnd, words, at: now, into: &effects)
    }

    /// Refuses what is for a run that isn't its sender's; where it is someone else's, that is flagged.
    private mutating func refuseForeign(
        _ run: Identifier, by account: Identifier, _ what: String, for asker: Asker, at now: Moment,
        into effects: inout [Effect]
    ) {
        refuse(asker, Self.noRun, into: &effects)
        guard let owner = arcade.owner(of: run), owner != account else { return }
        flag(account, .foreignRun, "\(what) for run \(run) of \(owner)", at: now, into: &effects)
    }
}

extension ArcadeRun.Rejection {
    /// What a person should look at.
    var flag: FlagRecord.Reason {
        switch self {
        case .replayed: .replayedPoint
        case .inThePast, .tooLate: .pointInPast
        case .inTheFuture: .pointInFuture
        case .offTarget: .offTarget
        case .afterEnd: .pointAfterEnd
        }
    }
}
