import Engine
import Game
import Protocol

/// What is said in runs: each point is judged by the rules, who plays by them isn't flagged, and who doesn't is.
extension Auditor {
    /// Takes a message about runs that a socket's client sent.
    mutating func hear(
        _ envelope: ClientEnvelope, with draw: Draw?, of account: Identifier?, on id: ConnectionID,
        _ effects: [Effect]
    ) {
        switch envelope.message {
        case .startRun(let game):
            guard let draw else { return }
            start(game, draw, envelope.id, of: account, on: id, effects)
        case .point(let point):
            guard let draw else { return }
            judge(point, draw, envelope.id, of: account, on: id, effects)
        case .endRun(let run): leave(run, envelope.id, of: account, on: id, effects)
        case .play, .leave, .heartbeat, .authenticate, .place, .undo, .join, .leaveRoom, .pushClicks,
            .answer:
            break
        }
    }

    private mutating func start(
        _ game: ArcadeGameID, _ draw: Draw, _ replyTo: Int?, of account: Identifier?, on id: ConnectionID,
        _ effects: [Effect]
    ) {
        var told: RunStart?
        for case .send(id, let envelope) in effects where envelope.replyTo == replyTo {
            if case .runStarted(let start) = envelope.message { told = start }
        }
        guard let account else {
            blame(unless(told == nil, .oneRun, "a guest plays \(game.rawValue)"))
            return
        }
        let code = error(on: id, replyTo: replyTo, in: effects)?.code
        if let open = runs.open[account] {
            blame(unless(told == nil, .oneRun, "\(account) plays a second run beside \(open.id)"))
            if open.end == nil, code == .runOpen { expectFlag(of: account, .secondRun, effects) }
            return
        }
        guard let told else {
            if code == .rateLimited { refuseRun(of: account) }
            return
        }
        blame(
            unless(
                runs.begun.spend(account, atUs: verdict.nowUs), .rate,
                "\(account) begins more runs than it may"))
        blame(
            unless(
                told == RunStart(run: draw.id, game: game, seed: draw.seed), .fairPoints,
                "\(account) was told another run than was drawn"))
        verdict.tally.runsStarted += 1
        runs.open[account] = RunModel.Run(
            id: draw.id, game: game, account: account, socket: id, started: verdict.now, seed: draw.seed,
            play: RunPlay(game, seed: draw.seed, burst: runs.rules.burst), roundTripUs: runs.roundTripsUs[id])
    }

    /// A run isn't begun because there were enough.
    private mutating func refuseRun(of account: Identifier) {
        verdict.tally.refusedRuns += 1
        blame(
            unless(
                runs.begun.mayBeEmpty(account, atUs: verdict.nowUs), .rate,
                "\(account) may not begin a run though it hardly did"))
    }

    private mutating func judge(
        _ point: RunPoint, _ draw: Draw, _ replyTo: Int?, of account: Identifier?, on id: ConnectionID,
        _ effects: [Effect]
    ) {
        let refusal = error(on: id, replyTo: replyTo, in: effects)
        guard let account, var run = runs.open[account], run.id == point.run, run.end == nil else {
            blame(unless(refusal != nil, .fairPoints, "a point counts in \(point.run), which isn't played"))
            if let account { judgeStray(point, of: account, on: id, refusal, effects) }
            return
        }
        let elapsedMs = Int((verdict.nowUs - run.started.monotonicUs) / 1000)
        let ruling = run.play.take(
            point, elapsedMs: elapsedMs, excusedMs: run.excusedMs, nextSeed: draw.seed)
        runs.open[account] = run
        let words = "point \(point.seq) of \(point.run) at \(point.tMs) of \(elapsedMs) ms is \(ruling)"
        switch ruling {
        case .hit, .completes:
            verdict.tally.hits += 1
            let score = RunScore(
                run: run.id, seq: point.seq, score: run.play.points.count, tMs: point.tMs,
                seed: run.game.rules.renewsSeed ? draw.seed : nil)
            let isTold = effects.contains {
                if case .send(id, let envelope) = $0 { envelope.message == .score(score) } else { false }
            }
            blame(unless(isTold && refusal == nil, .fairPoints, "\(words), and that isn't told"))
            if ruling == .completes { end(account, .completed, effects) }
        case .late:
            verdict.tally.latePoints += 1
            blame(unless(refusal?.code == .pointRejected, .fairPoints, "\(words), and it counts"))
        case .bursts:
            blame(unless(refusal?.code == .pointRejected, .fairPoints, "\(words), and it counts"))
            expectFlag(of: account, .burst, effects)
            end(account, .burst, effects)
        case .tooLate:
            blame(unless(refusal?.code == .pointRejected, .fairPoints, "\(words), and it counts"))
            expectFlag(of: account, .pointInPast, isLine: true, effects)
            end(account, .rejected, effects)
        case .rejected(let word):
            blame(unless(refusal?.code == .pointRejected, .fairPoints, "\(words), and it counts"))
            if let reason = FlagRecord.Reason(rawValue: word.rawValue) {
                expectFlag(of: account, reason, effects)
            }
            end(account, .rejected, effects)
        }
    }

    /// A point for no run of its sender's that is played.
    private mutating func judgeStray(
        _ point: RunPoint, of account: Identifier, on id: ConnectionID, _ refusal: Failure?,
        _ effects: [Effect]
    ) {
        guard let over = runs.over[point.run], over.account == account else {
            blame(
                unless(
                    refusal?.code == .notFound, .fairPoints, "\(account) is told of the run \(point.run)"))
            touchForeign(point.run, by: account, effects)
            return
        }
        let sinceMs = Int((verdict.nowUs - over.atUs) / 1000)
        // How long a run is remembered depends on what else there is to remember.
        guard sinceMs < Limits.runAftermathMs else {
            flags.excuse(account)
            return
        }
        blame(unless(refusal?.code == .runOver, .fairPoints, "\(point.run) isn't over for \(account)"))
        guard point.tMs > over.lastMs || sinceMs > RunModel.unawareMs else { return }
        expectFlag(of: account, .pointAfterEnd, effects)
    }

    /// Something comes for a run that isn't its sender's; a guess at an id harms nobody.
    private mutating func touchForeign(_ run: Identifier, by account: Identifier, _ effects: [Effect]) {
        guard let owner = runs.owner(of: run), owner != account else {
            verdict.tally.unknownRuns += 1
            return
        }
        if let over = runs.over[run], verdict.nowUs - over.atUs >= Int64(Limits.runAftermathMs) * 1000 {
            flags.excuse(account)
        } else {
            expectFlag(of: account, .foreignRun, effects)
        }
    }

    private mutating func leave(
        _ id: Identifier, _ replyTo: Int?, of account: Identifier?, on socket: ConnectionID,
        _ effects: [Effect]
    ) {
        guard let account else { return }
        let code = error(on: socket, replyTo: replyTo, in: effects)?.code
        if let run = runs.open[account], run.id == id, run.end == nil {
            blame(unless(code == nil, .oneRun, "\(account) may not leave its run \(id)"))
            end(account, .left, effects)
        } else if let over = runs.over[id], over.account == account {
            let sinceMs = (verdict.nowUs - over.atUs) / 1000
            guard sinceMs < Int64(Limits.runAftermathMs) else {
                flags.excuse(account)
                return
            }
            blame(unless(code == .runOver, .oneRun, "\(account) leaves \(id), which is over"))
        } else {
            blame(unless(code == .notFound, .oneRun, "\(account) ends \(id), which isn't its own"))
            touchForeign(id, by: account, effects)
        }
    }

    // MARK: Ends

    /// Notes that a run is over, for another reason where it was too good to be true.
    private mutating func end(_ account: Identifier, _ reason: RunEndReason, _ effects: [Effect]) {
        guard let run = runs.open[account], run.end == nil else { return }
        var reason = reason
        if reason == .left, case .timed = run.game.rules.category, verdict.nowUs >= run.lastUs {
            verdict.tally.lateLeavers += 1
            reason = .time
        }
        if RunModel.counts(reason, in: run.game), runs.isImpossible(run) {
            expectFlag(of: account, .impossibleScore, effects)
            reason = .rejected
        }
        runs.end(account, reason, at: verdict.now)
    }

    /// The server is told to stop: runs whose time is up are over, and count.
    mutating func endTimedOutRuns(_ effects: [Effect]) {
        for (account, run) in runs.open.sorted(by: { $0.key < $1.key }) {
            guard case .timed = run.game.rules.category, verdict.nowUs >= run.lastUs else { continue }
            end(account, .time, effects)
        }
    }

    /// Ends the runs whose time was up when the step began.
    mutating func passRuns(_ due: [Identifier], _ effects: [Effect]) {
        for account in due {
            if runs.open[account]?.end != nil {
                // Its socket went in the same step; which of the two was first is all the same.
                runs.open[account]?.rival = .time
            } else {
                end(account, .time, effects)
            }
        }
    }

    /// A socket is gone, and the run that was played on it.
    mutating func leaveRun(of account: Identifier, on id: ConnectionID, _ effects: [Effect]) {
        guard let run = runs.open[account], run.socket == id else { return }
        end(account, .left, effects)
    }

    /// Takes a result that is told.
    mutating func receive(_ result: RunResult, on id: ConnectionID) {
        blame(
            unless(
                runs.results[result.run] == result, .toldResults,
                "\(result) is told and isn't what was kept"))
        blame(
            unless(
                runs.told.insert(result.run).inserted, .toldResults,
                "the result of \(result.run) is told twice"))
        let settled = runs.settling.first { $0.run == result.run }
        blame(
            unless(
                settled?.socket == id, .toldResults,
                "connection \(id.rawValue) is told the result of \(result.run)"))
    }

    /// A commit is through: whoever still listens has heard the results in it.
    mutating func closeRuns() {
        for (run, account, socket) in runs.settling {
            blame(
                unless(
                    sockets[socket]?.account != account || runs.told.contains(run), .toldResults,
                    "\(account) isn't told how \(run) ended"))
            if runs.open[account]?.id == run { runs.open[account] = nil }
        }
        runs.settling = []
    }

    /// Nothing waits for the disk: every run that is over was kept, and so was every flag.
    mutating func settleRuns() {
        guard !players.isStopping else { return }
        let lost = runs.open.values.filter { $0.end != nil }.map(\.id).sorted().first
        blame(unless(lost == nil, .toldResults, "\(lost.map { "\($0)" } ?? "") is over and isn't kept"))
        blameOwedFlags()
    }
}
