import Game
import Protocol

extension ServerEngine {
    /// The longest time between two looks at the wall clock, which may step.
    private static let longestLookMs: Int64 = 60_000

    /// What anyone may see of click games: the running one, else the next one, else the last one.
    func currentClickGame() -> Answer {
        guard let game = clicks.durable.current else {
            return .failure(Failure(.noActiveGame, "No click game is running, planned or over."))
        }
        let answer = ClickGameAnswer(
            view: game.view, clickPushRateSeconds: configuration.clickPushRateSeconds)
        return .clickGame(answer, isNew: false)
    }

    /// Puts a game in line for an admin.
    mutating func schedule(
        _ order: ClickGameOrder, draw: Draw?, _ id: RequestID, _ caller: Caller, at now: Moment,
        into effects: inout [Effect]
    ) {
        if let refusal = adminRefusal(caller) ?? writeRefusal {
            effects.append(.respond(id, .failure(refusal)))
            return
        }
        guard let draw else { preconditionFailure("the edge draws a name for each new game") }
        guard order.planets.allSatisfy(configuration.planets.contains) else {
            let known = configuration.planets.joined(separator: ", ")
            effects.append(
                .respond(id, .failure(Failure(.badRequest, "field \"planets\" must be of \(known)"))))
            return
        }
        guard order.startsAtMs ?? now.wallMs <= now.wallMs + Limits.maxScheduleAheadMs else {
            effects.append(
                .respond(id, .failure(Failure(.badRequest, "field \"starts_at\" must lie within a year"))))
            return
        }
        let startsAtMs = max(order.startsAtMs ?? now.wallMs, now.wallMs)
        let endsAtMs = (order.startsAtMs ?? now.wallMs) + Int64(order.seconds) * 1000
        let game = ClickGame(
            id: draw.id, startsAtMs: startsAtMs, endsAtMs: endsAtMs, planets: order.planets, isOrdered: true)
        let moved: ClickGame?
        do throws(ClickQueue.Refusal) {
            moved = try clicks.queue.schedule(game, atMs: now.wallMs)
        } catch {
            effects.append(.respond(id, .failure(Self.failure(error))))
            return
        }
        if let moved { commits.add(.clickGame(moved)) }
        commits.add(.clickGame(game))
        if let admin = caller.account {
            audit(
                "schedule_click_game", of: game.id.description,
                "\(order.planets.joined(separator: ", ")) from \(Timestamp.text(ms: startsAtMs)) for \(order.seconds) s",
                by: .account(admin), at: now)
        }
        runClickGames(at: now, into: &effects)
        let view = clicks.queue.active?.id == game.id ? clicks.queue.active?.view ?? game.view : game.view
        let answer = ClickGameAnswer(view: view, clickPushRateSeconds: configuration.clickPushRateSeconds)
        commits.hold(
            Held(asker: .request(id), answer: .clickQueue(clicks.queue, .clickGame(answer, isNew: true))))
    }

    private static func failure(_ refusal: ClickQueue.Refusal) -> Failure {
        switch refusal {
        case .overlaps: Failure(.gameOverlaps, "Another click game was ordered for this time.")
        case .full: Failure(.gameOverlaps, "Too many click games are planned.")
        case .past: Failure(.badRequest, "field \"starts_at\" lies so far back that the game is over")
        }
    }

    /// Ends and starts click games whose time has come.
    mutating func runClickGames(at now: Moment, into effects: inout [Effect]) {
        guard writeRefusal == nil, !clicks.isClosing else { return }
        if let game = clicks.queue.active, clicks.queue.isOver(atMs: now.wallMs) {
            guard clicks.pendingCount == 0 else { return }
            if let retryUs = clicks.closeRetryUs, retryUs > now.monotonicUs { return }
            guard game.clicks == 0 else {
                clicks.isClosing = true
                ask(
                    .clickContributors(game: game.id), .clickContributors(game: game.id), into: &effects)
                return
            }
            finishClickGame([], at: now, into: &effects)
        }
        if let game = clicks.queue.startDue(atMs: now.wallMs) {
            begin(game, at: now)
        } else if clicks.queue.wantsRoutine(atMs: now.wallMs), !clicks.isDrawing {
            clicks.isDrawing = true
            effects.append(.drawClickGame)
        }
        planClickGame(at: now)
    }

    /// Starts a game that nobody ordered, if it is still wanted.
    mutating func clickGameDrawn(_ id: Identifier, at now: Moment, into effects: inout [Effect]) {
        clicks.isDrawing = false
        guard writeRefusal == nil, !clicks.isClosing else {
            lookAgainAtClickGames(at: now)
            return
        }
        guard let game = clicks.queue.startRoutine(id: id, atMs: now.wallMs) else { return }
        begin(game, at: now)
        planClickGame(at: now)
    }

    private mutating func begin(_ game: ClickGame, at now: Moment) {
        commits.add(
            .clickGame(game),
            held: Held(
                asker: .nobody, answer: .clickQueue(clicks.queue, nil), log: .clickGameStarted(game.id)))
        clicks.hasUnwritten = false
    }

    /// Ends the game that is over, with everyone's part in it.
    mutating func contributorsFound(
        _ contributors: [ClickContributor], game: Identifier, at now: Moment, into effects: inout [Effect]
    ) {
        guard clicks.isClosing, clicks.queue.active?.id == game else { return }
        clicks.isClosing = false
        guard writeRefusal == nil else { return }
        finishClickGame(contributors, at: now, into: &effects)
        // The next one may have waited for this.
        runClickGames(at: now, into: &effects)
    }

    private mutating func finishClickGame(
        _ contributors: [ClickContributor], at now: Moment, into effects: inout [Effect]
    ) {
        guard let game = clicks.queue.finishActive() else { return }
        for part in contributors {
            guard canEarn(part.account) else { continue }
            let points = ClickGame.profilePoints(clicks: part.clicks, hasWon: part.planet == game.winner)
            pay(points, to: part.account, for: .clickGame, source: game.id.description, at: now)
            commits.add(
                .score(
                    ScoreRecord(
                        board: .clicks, account: part.account, score: part.clicks, source: game.id,
                        atMs: now.wallMs)))
        }
        if game.clicks > 0 { commits.add(.clickContributions(game: game.id)) }
        commits.add(
            .clickGame(game),
            held: Held(
                asker: .nobody, answer: .clickQueue(clicks.queue, nil),
                log: .clickGameEnded(game.id, winner: game.winner)))
        clicks.hasUnwritten = false
        clicks.forgetIdle(after: game.id, at: now)
    }

    // MARK: Time

    /// Has the next beginning or end looked at.
    mutating func planClickGame(at now: Moment) {
        guard let nextMs = clicks.queue.nextMs else { return }
        let leftMs = min(max(1, nextMs - now.wallMs), Self.longestLookMs)
        sweeps.plan(.clickGame, atUs: now.monotonicUs + leftMs * 1000)
    }

    /// Looks whether a game begins or ends.
    mutating func sweepClickGame(at now: Moment, into effects: inout [Effect]) {
        guard writeRefusal == nil else {
            lookAgainAtClickGames(at: now)
            return
        }
        runClickGames(at: now, into: &effects)
    }

    /// Has games looked at in a while where storage is behind or couldn't be asked.
    ///
    /// Storage that takes no writes says itself when it does, and a stopping server begins and ends no games.
    mutating func lookAgainAtClickGames(at now: Moment) {
        guard storage == .healthy, draining == .serving else { return }
        sweeps.plan(.clickGame, atUs: now.monotonicUs + Int64(Limits.storageProbeIntervalMs) * 1000)
    }

    /// Writes a running game's contributions to its row, as long as they change.
    mutating func writeContributionsIfDue(at now: Moment) {
        guard clicks.hasUnwritten, writeRefusal == nil, let game = clicks.queue.active else { return }
        let intervalUs = Int64(Limits.contributionsIntervalMs) * 1000
        guard let writtenUs = clicks.writtenUs, writtenUs + intervalUs > now.monotonicUs else {
            clicks.hasUnwritten = false
            clicks.writtenUs = now.monotonicUs
            commits.add(.clickContributions(game: game.id))
            return
        }
        sweeps.plan(.clickContributions, atUs: writtenUs + intervalUs)
    }

    /// When totals are told next; nil where all is told.
    var totalsDueUs: Int64? { clicks.totals.dueUs(tickMs: configuration.tickMs) }

    /// Tells everyone how a game ended, and then the running game's totals to those whose turn it is.
    mutating func publishTotalsIfDue(at now: Moment, into effects: inout [Effect]) {
        if let ended = clicks.takeEnded() {
            for lane in clicks.totals.lanes {
                effects.append(.publish(.clicks(lane: lane), .clickTotals(ended)))
            }
        }
        guard let lane = clicks.totals.takeLane(tickMs: configuration.tickMs, at: now),
            clicks.durable.active != nil || clicks.durable.finished == nil, let game = clicks.durable.current
        else { return }
        effects.append(.publish(.clicks(lane: lane), .clickTotals(game.view)))
    }
}

extension ServerEngine {
    /// Why a caller isn't an admin's; nil for an admin.
    func adminRefusal(_ caller: Caller) -> Failure? {
        guard let account = caller.account else { return caller.accountRefusal }
        guard accounts.role(of: account) >= .admin else {
            return Failure(.forbidden, "Only admins may do this.")
        }
        return nil
    }
}
