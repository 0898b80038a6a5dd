import Game
import Protocol

extension ServerEngine {
    private static let noGame = Failure(.noActiveGame, "No click game is running now.")
    /// Pushes of one sign-in that wait for storage at once; its client sends one after the other.
    private static let maxWaitingPushes = 8

    /// Counts a push; it is answered once durable, and a repeated one like the first.
    mutating func push(
        _ push: ClickPush, by pusher: ClickPusher, for asker: Asker, at now: Moment,
        into effects: inout [Effect]
    ) {
        if let refusal = writeRefusal {
            refusePush(asker, refusal, into: &effects)
            return
        }
        let waiting = WaitingPush(push: push, pusher: pusher, asker: asker)
        guard let session = clicks.sessions[pusher.session] else {
            guard clicks.makeRoom() else {
                let failure = Failure(
                    .rateLimited, "Too many people click; try again soon.",
                    retryAfterMs: Limits.crowdedRetryMs)
                refusePush(asker, failure, into: &effects)
                return
            }
            let game = clicks.queue.current?.id
            var session = ClickSession(of: pusher, at: now)
            session.waiting = [waiting]
            session.query = ask(
                .clickHistory(session: pusher.session, holder: pusher.holder, game: game),
                .clickHistory(session: pusher.session, holder: pusher.holder, game: game), into: &effects)
            clicks.sessions[pusher.session] = session
            return
        }
        guard session.waiting == nil else {
            guard session.waiting?.count ?? 0 < Self.maxWaitingPushes else {
                refusePush(asker, tooSoon(waitUs: clicks.pace.minIntervalUs), into: &effects)
                return
            }
            clicks.sessions[pusher.session]?.waiting?.append(waiting)
            return
        }
        if let batchID = push.batchID {
            if let index = session.pending.firstIndex(where: {
                $0.batchID?.utf8.elementsEqual(batchID.utf8) ?? false
            }) {
                clicks.sessions[pusher.session]?.pending[index].repeats.append(asker)
                clicks.counts.repeats += 1
                return
            }
            if let receipt = session.receipt(of: batchID) {
                clicks.counts.repeats += 1
                confirm(receipt, batchID: batchID, to: asker, into: &effects)
                return
            }
            if session.hasOlder {
                let query = ask(
                    .clickPush(session: pusher.session, batchID: batchID),
                    .clickPush(session: pusher.session), into: &effects)
                clicks.sessions[pusher.session]?.waiting = [waiting]
                clicks.sessions[pusher.session]?.query = query
                return
            }
        }
        count(waiting, at: now, into: &effects)
    }

    /// Takes what storage knows of a sign-in, and goes on with the pushes that waited for it.
    mutating func historyFound(
        _ history: ClickHistory, by query: QueryID, session id: Identifier, holder: Identifier,
        game: Identifier?, at now: Moment, into effects: inout [Effect]
    ) {
        guard var session = clicks.sessions[id], session.query == query, let waiting = session.waiting else {
            return
        }
        session.waiting = nil
        session.recent = history.recent
        session.hasOlder = history.hasOlder
        session.game = game
        session.total = history.total
        clicks.sessions[id] = session
        if clicks.holders[holder]?.game != game, let active = clicks.queue.active, active.id == game,
            let planet = history.planet.flatMap(active.index)
        {
            var known = clicks.holders[holder] ?? ClickHolder()
            known.game = game
            known.planet = planet
            known.isPlanetDurable = true
            clicks.holders[holder] = known
        }
        for item in waiting { push(item.push, by: item.pusher, for: item.asker, at: now, into: &effects) }
    }

    /// Takes what became of an older push, and goes on with the pushes that waited for it.
    mutating func pushFound(
        _ receipt: ClickReceipt?, by query: QueryID, session id: Identifier, at now: Moment,
        into effects: inout [Effect]
    ) {
        guard clicks.sessions[id]?.query == query, var waiting = clicks.sessions[id]?.waiting,
            !waiting.isEmpty
        else { return }
        clicks.sessions[id]?.waiting = nil
        let first = waiting.removeFirst()
        if let receipt {
            clicks.counts.repeats += 1
            confirm(receipt, batchID: first.push.batchID, to: first.asker, into: &effects)
        } else if let refusal = writeRefusal {
            refusePush(first.asker, refusal, into: &effects)
        } else {
            count(first, at: now, into: &effects)
        }
        for item in waiting { push(item.push, by: item.pusher, for: item.asker, at: now, into: &effects) }
    }

    /// Tells those who wait that storage couldn't be asked.
    mutating func pushLookupFailed(
        _ query: QueryID, session id: Identifier, _ failure: Failure, into effects: inout [Effect]
    ) {
        guard clicks.sessions[id]?.query == query, let waiting = clicks.sessions[id]?.waiting else { return }
        clicks.sessions[id]?.waiting = nil
        if clicks.sessions[id]?.pending.isEmpty == true { clicks.sessions[id] = nil }
        for item in waiting { refusePush(item.asker, failure, into: &effects) }
    }

    /// Judges a push that is no repeated one, and adds it to its game.
    private mutating func count(_ item: WaitingPush, at now: Moment, into effects: inout [Effect]) {
        let pusher = item.pusher
        guard let game = clicks.open(at: now) else {
            refusePush(item.asker, Self.noGame, into: &effects)
            return
        }
        var holder = clicks.holders[pusher.holder] ?? ClickHolder()
        let sum: Int
        switch clicks.pace.judge(item.push.clicks, sinceUs: holder.lastPushUs.map { now.monotonicUs - $0 }) {
        case .accepted(let clicks): sum = clicks
        case .tooSoon(let waitUs):
            refusePush(item.asker, tooSoon(waitUs: waitUs), into: &effects)
            return
        case .implausible:
            noteImplausible(pusher, &holder, in: game.id, at: now, into: &effects)
            clicks.holders[pusher.holder] = holder
            let failure = Failure(
                .implausibleClicks,
                "clicks must be 1 to \(Limits.maxClickStretches) numbers above 0, and no more than anyone clicks."
            )
            refusePush(item.asker, failure, into: &effects)
            return
        }
        let isNew = holder.game != game.id
        if isNew {
            holder.game = game.id
            holder.planet = clicks.queue.withActive { $0.enlist() } ?? 0
            holder.isPlanetDurable = false
        }
        let formerPushUs = holder.lastPushUs
        holder.lastPushUs = now.monotonicUs
        clicks.holders[pusher.holder] = holder
        clicks.queue.withActive { $0.add(sum, to: holder.planet) }
        if clicks.sessions[pusher.session]?.game != game.id {
            clicks.sessions[pusher.session]?.game = game.id
            clicks.sessions[pusher.session]?.total = 0
        }
        clicks.sessions[pusher.session]?.total += sum
        clicks.sessions[pusher.session]?.lastPushUs = now.monotonicUs
        let record = ClickPushRecord(
            game: game.id, session: pusher.session, holder: pusher.holder, isGuest: pusher.isGuest,
            planet: game.planets[holder.planet].name, clicks: item.push.clicks, batchID: item.push.batchID,
            total: clicks.sessions[pusher.session]?.total ?? sum, atMs: now.wallMs)
        clicks.sessions[pusher.session]?.pending.append(.init(batchID: item.push.batchID))
        if let batchID = item.push.batchID {
            clicks.sessions[pusher.session]?.remember(.init(batchID: batchID, receipt: record.receipt))
        }
        clicks.pend(pusher, formerPushUs: formerPushUs)
        if let account = pusher.account, players.state(of: account) == .playing {
            acted(account, at: now, into: &effects)
        }
        commits.add(
            .clickPush(record),
            held: Held(
                asker: item.asker,
                answer: .clicks(record, isNewHolder: isNew, pushedAtUs: now.monotonicUs)))
    }

    /// Makes a push visible that has become durable.
    mutating func settle(
        _ record: ClickPushRecord, isNewHolder: Bool, pushedAtUs: Int64, for asker: Asker, at now: Moment,
        into effects: inout [Effect]
    ) {
        clicks.counts.commitUs.add(now.monotonicUs - pushedAtUs)
        let repeats = clicks.settle(record, isNewHolder: isNewHolder)
        for asker in [asker] + repeats {
            confirm(record.receipt, batchID: record.batchID, to: asker, into: &effects)
        }
    }

    private func confirm(
        _ receipt: ClickReceipt, batchID: String?, to asker: Asker, into effects: inout [Effect]
    ) {
        answer(
            asker, .clicks(receipt), message: .clicksAccepted(receipt, batchID: batchID), into: &effects)
    }

    private mutating func refusePush(_ asker: Asker, _ failure: Failure, into effects: inout [Effect]) {
        clicks.counts.refusals[failure.code, default: 0] += 1
        refuse(asker, failure, into: &effects)
    }

    private func tooSoon(waitUs: Int64) -> Failure {
        Failure(
            .pushTooSoon, "Clicks are pushed each \(configuration.clickPushRateSeconds) s.",
            retryAfterMs: Int((waitUs + 999) / 1000))
    }

    private mutating func noteImplausible(
        _ pusher: ClickPusher, _ holder: inout ClickHolder, in game: Identifier, at now: Moment,
        into effects: inout [Effect]
    ) {
        // Once a game is enough: neither the log nor the table of flags grows by what a client repeats.
        guard holder.flaggedIn != game else { return }
        holder.implausible += 1
        let isFlagged = holder.implausible >= Limits.implausiblePushesToFlag
        if isFlagged || holder.implausible == 1 {
            effects.append(.log(.implausibleClicks(holder: pusher.holder, isFlagged: isFlagged)))
        }
        guard isFlagged else { return }
        holder.implausible = 0
        holder.flaggedIn = game
        guard let account = pusher.account else { return }
        keep(FlagRecord(account: account, reason: .implausibleClicks, atMs: now.wallMs))
    }
}
