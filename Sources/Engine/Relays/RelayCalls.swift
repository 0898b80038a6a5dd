import Game
import Protocol

extension ServerEngine {
    static let noRelay = Failure(.notFound, "There is no such relay.")

    /// Answers what a read asks of relays, as storage has them.
    func readRelay(_ route: RelayRoute, by caller: Caller) -> Answer {
        guard let account = caller.account else { return .failure(caller.accountRefusal) }
        switch route {
        case .list:
            let shown = relays.durableSorted.lazy.filter { relay in
                relay.status != .ended
                    && (!relay.options.isPrivate || relay.index(of: account) != nil)
            }
            return .relays(shown.prefix(Limits.maxListedRelays).map(\.view))
        case .puzzle(let id):
            guard let relay = relays.durable[id] else { return .failure(Self.noRelay) }
            do throws(Relay.Refusal) {
                guard let puzzle = try relay.puzzle(of: account) else {
                    return .failure(Self.failure(.noPuzzle))
                }
                return .puzzle(puzzle.view, isNew: false)
            } catch {
                return .failure(Self.failure(error))
            }
        case .points(let id):
            return relays.durable[id].map { .relayPoints($0.ring) } ?? .failure(Self.noRelay)
        case .create, .join, .start, .newPuzzle, .answer, .decay:
            preconditionFailure("these routes change something")
        }
    }

    /// Does what a write asks of relays; answered once durable.
    mutating func writeRelay(
        _ id: RequestID, _ route: RelayRoute, by caller: Caller, draw: Draw?, at now: Moment,
        into effects: inout [Effect]
    ) {
        guard let account = caller.account, let name = accounts[account]?.name else {
            effects.append(.respond(id, .failure(caller.accountRefusal)))
            return
        }
        if let refusal = writeRefusal {
            effects.append(.respond(id, .failure(refusal)))
            return
        }
        do throws(Failure) {
            let asker = Asker.request(id)
            let player = AccountName(id: account, name: name)
            switch route {
            case .create(let options): try createRelay(options, by: player, draw, for: asker, at: now)
            case .join(let reference):
                let isInTooMany = isInTooManyRelays(account)
                let joined = try changed(reference) { (relay) throws(Relay.Refusal) in
                    if relay.index(of: account) == nil, isInTooMany { throw .full }
                    return try relay.join(player)
                }
                let answer = Answer.relay(joined.relay.view)
                if isKept(joined) {
                    effects.append(.respond(id, answer))
                } else {
                    hold(joined.relay, joined.events, answer: answer, for: asker)
                }
            case .start(let relayID):
                let started = try changed(.id(relayID)) { (relay) throws(Relay.Refusal) in
                    try relay.start(by: account)
                }
                sweeps.cancel(.relayEnd(relayID))
                drain(relayID, from: now.monotonicUs)
                hold(
                    started.relay, started.events, answer: .relay(started.relay.view), for: asker,
                    log: .relayStarted(relayID, players: started.relay.players.count))
            case .newPuzzle(let relayID): try newPuzzle(relayID, by: account, draw, for: asker, at: now)
            case .answer(let relayID, let attempt):
                try answerPuzzle(
                    attempt, in: relayID, by: account, draw, for: asker, at: now, into: &effects)
            case .decay(let relayID):
                if let refusal = adminRefusal(caller) { throw refusal }
                try decayByHand(relayID, by: account, for: asker, at: now, into: &effects)
            case .list, .puzzle, .points:
                preconditionFailure("these routes change nothing")
            }
        } catch {
            effects.append(.respond(id, .failure(error)))
        }
    }

    private func isInTooManyRelays(_ account: Identifier) -> Bool {
        relays.openCount(of: account) >= Limits.maxRelaysPerAccount
    }

    private mutating func createRelay(
        _ options: RelayOptions, by player: AccountName, _ draw: Draw?, for asker: Asker, at now: Moment
    ) throws(Failure) {
        guard let draw else { preconditionFailure("the edge draws a name for each new relay") }
        if let refusal = rates.relay(by: player.id, at: now) { throw refusal }
        relays.makeRoom()
        guard relays.openCount < Limits.maxRelays, !isInTooManyRelays(player.id) else {
            throw Failure(
                .rateLimited, "Too many relays are open; finish one first.",
                retryAfterMs: Limits.crowdedRetryMs)
        }
        let relay = Relay(
            id: draw.id, code: relays.freeCode(draw.seed), options: options, creator: player,
            createdAtMs: now.wallMs)
        relays.put(relay)
        sweeps.plan(
            .relayEnd(relay.id), atUs: now.monotonicUs + Int64(Limits.relayWaitMs) * 1000)
        hold(relay, [], answer: .relay(relay.view), for: asker)
    }

    private mutating func newPuzzle(
        _ relayID: Identifier, by account: Identifier, _ draw: Draw?, for asker: Asker, at now: Moment
    ) throws(Failure) {
        guard let draw else { preconditionFailure("the edge draws a seed for each new puzzle") }
        let stock = configuration.puzzleStock
        let asked = try changed(.id(relayID)) { (relay) throws(Relay.Refusal) in
            try relay.assign(to: account, id: draw.id, seed: draw.seed, stock: stock)
        }
        guard let open = try? asked.relay.puzzle(of: account) else {
            preconditionFailure("a puzzle that was assigned is open")
        }
        commits.add(.puzzle(record(open, in: relayID, of: account, at: now)))
        hold(asked.relay, asked.events, answer: .puzzle(open.view, isNew: true), for: asker)
    }

    /// Judges an answer, over HTTP or on a socket.
    mutating func answerPuzzle(
        _ attempt: PuzzleAttempt, in relayID: Identifier, by account: Identifier, _ draw: Draw?,
        for asker: Asker, at now: Moment, into effects: inout [Effect]
    ) throws(Failure) {
        guard let draw else { preconditionFailure("the edge draws a seed for each answer") }
        guard let relay = relays.working[relayID] else { throw Self.noRelay }
        guard let open = try Self.failing({ () throws(Relay.Refusal) in try relay.puzzle(of: account) })
        else {
            throw Self.failure(Self.refusalWithoutPuzzle(relay, of: account))
        }
        if let refusal = rates.answer(by: account, at: now) { throw refusal }
        let stock = configuration.puzzleStock
        var outcome: Relay.Outcome?
        let changed = try changed(.id(relayID)) { (relay) throws(Relay.Refusal) in
            let judged = try relay.answer(
                attempt, by: account, nextPuzzle: draw.id, seed: draw.seed, stock: stock)
            outcome = judged
            return judged.events
        }
        guard let outcome else { preconditionFailure("an answer that isn't refused is judged") }
        if players.state(of: account) == .playing { acted(account, at: now, into: &effects) }
        if outcome.isCorrect {
            var solved = record(open, in: relayID, of: account, at: now)
            solved.solvedAtMs = now.wallMs
            commits.add(.puzzle(solved))
        }
        let next = outcome.isCorrect ? (try? changed.relay.puzzle(of: account)) ?? nil : nil
        if let next { commits.add(.puzzle(record(next, in: relayID, of: account, at: now))) }
        let answer = AttemptAnswer(
            isCorrect: outcome.isCorrect,
            points: changed.relay.index(of: account).map { changed.relay.players[$0].points } ?? 0,
            awardedTo: outcome.awardedTo, nextPuzzle: next?.view)
        if changed.relay.status == .ended {
            payAwards(of: changed.relay, at: now)
            planRelayEnd(relayID, at: now)
        }
        hold(
            changed.relay, changed.events, answer: .attempt(answer), for: asker,
            log: changed.relay.endReason.map { .relayEnded(relayID, $0) })
    }

    private static func refusalWithoutPuzzle(_ relay: Relay, of account: Identifier) -> Relay.Refusal {
        guard relay.status == .running else { return .notRunning }
        guard let index = relay.index(of: account), relay.players[index].isActive else { return .out }
        return .noPuzzle
    }

    private mutating func decayByHand(
        _ relayID: Identifier, by admin: Identifier, for asker: Asker, at now: Moment,
        into effects: inout [Effect]
    ) throws(Failure) {
        let changed = try changed(.id(relayID)) { (relay) throws(Relay.Refusal) in relay.decay() }
        if isKept(changed) {
            answer(asker, .relayPoints(changed.relay.ring), message: .ok, into: &effects)
            return
        }
        let hasEnded = !changed.events.isEmpty && changed.relay.status == .ended
        if hasEnded {
            payAwards(of: changed.relay, at: now)
            planRelayEnd(relayID, at: now)
        }
        hold(
            changed.relay, changed.events, answer: .relayPoints(changed.relay.ring), for: asker,
            log: hasEnded ? changed.relay.endReason.map { .relayEnded(relayID, $0) } : nil)
        audit("decay_relay", of: relayID.description, by: .account(admin), at: now)
    }

    // MARK: What they share

    /// Whether nothing changed and storage has all of it, so that it can be told at once.
    private func isKept(_ outcome: (relay: Relay, events: Relay.Events)) -> Bool {
        outcome.events.isEmpty && relays.durable[outcome.relay.id] == outcome.relay
    }

    /// Changes a relay, or tells why it can't be.
    private mutating func changed(
        _ reference: RelayReference, _ change: (inout Relay) throws(Relay.Refusal) -> Relay.Events
    ) throws(Failure) -> (relay: Relay, events: Relay.Events) {
        guard var relay = relays.find(reference) else { throw Self.noRelay }
        let events: Relay.Events
        do throws(Relay.Refusal) { events = try change(&relay) } catch { throw Self.failure(error) }
        if !events.isEmpty { relays.put(relay) }
        return (relay, events)
    }

    private static func failing<Value>(
        _ body: () throws(Relay.Refusal) -> Value
    ) throws(Failure) -> Value {
        do throws(Relay.Refusal) { return try body() } catch { throw failure(error) }
    }

    /// Has a relay made durable; its events are told then, and whoever asked is answered.
    mutating func hold(
        _ relay: Relay, _ events: Relay.Events, answer: Answer? = nil, for asker: Asker = .nobody,
        log: LogEvent? = nil
    ) {
        commits.add(
            .relay(relay),
            held: Held(asker: asker, answer: .relay(relay, events, answer), log: log))
    }

    private func record(
        _ open: Relay.OpenPuzzle, in relay: Identifier, of account: Identifier, at now: Moment
    ) -> PuzzleRecord {
        PuzzleRecord(
            id: open.id, relay: relay, account: account, data: open.puzzle.data, answer: open.puzzle.answer,
            difficulty: open.puzzle.difficulty, worth: open.worth, assignedAtMs: now.wallMs)
    }

    /// Pays the survivors of a relay that has just ended.
    mutating func payAwards(of relay: Relay, at now: Moment) {
        for award in relay.awards where canEarn(award.account.id) {
            pay(
                award.profilePoints, to: award.account.id, for: .relay, source: relay.id.description, at: now)
            commits.add(
                .score(
                    ScoreRecord(
                        board: .relay, account: award.account.id, score: award.profilePoints,
                        source: relay.id, atMs: now.wallMs)))
        }
    }

    static func failure(_ refusal: Relay.Refusal) -> Failure {
        switch refusal {
        case .notPlaying: Failure(.notInRelay, "Only its players may do this; join the relay first.")
        case .full: Failure(.relayFull, "The relay is full, or you are in too many.")
        case .started: Failure(.relayStarted, "The relay has begun.")
        case .notRunning: Failure(.relayNotRunning, "The relay isn't running.")
        case .puzzleOpen: Failure(.puzzleOpen, "Your puzzle waits for its answer.")
        case .noPuzzle: Failure(.noPuzzle, "There is no such open puzzle of yours.")
        case .out: Failure(.playerOut, "You are out of this relay.")
        }
    }
}
