import Game
import Protocol

extension ServerEngine {
    /// Why nothing new can be written; nil when it can.
    var writeRefusal: Failure? {
        if draining != .serving { return Failure(.shuttingDown, "The server is stopping.") }
        if let refusal = storage.refusal { return refusal }
        guard commits.pendingCount < Limits.maxPendingRecords, canvas.hasRoom else {
            return Failure(
                .storageUnavailable, "Storage is behind; try again in a moment.",
                retryAfterMs: Limits.storageProbeIntervalMs)
        }
        return nil
    }

    /// Starts the next commit if one waits and its tick has come; a stopping server doesn't wait for ticks.
    mutating func commitIfDue(at now: Moment, into effects: inout [Effect]) {
        guard storage == .healthy, let dueUs = commits.dueUs else { return }
        guard dueUs <= now.monotonicUs || draining != .serving else { return }
        startCommit(at: now, into: &effects)
    }

    /// Starts a commit of what waits, with the epoch if storage lacks it and the snapshot if it is time.
    mutating func startCommit(at now: Moment, into effects: inout [Effect]) {
        let newEpoch = isEpochDurable ? nil : epoch
        let snapshot = snapshots.toPersist(at: now, isLast: draining != .serving)
        var (id, records) = commits.start(
            at: now, headVersion: canvas.headVersion, epoch: newEpoch, snapshotVersion: snapshot?.version)
        if let newEpoch { records.insert(.epoch(newEpoch), at: 0) }
        if let snapshot { records.append(.snapshot(snapshot, takenAtMs: now.wallMs)) }
        effects.append(.commit(id, records))
    }

    /// Makes visible what has become durable: held answers go out, then one frame to all who follow, the next
    /// commit being on its way already where it is due.
    mutating func committed(_ id: CommitID, at now: Moment, into effects: inout [Effect]) {
        guard let done = commits.finish(id) else { return }
        canvas.commit(
            through: done.headVersion, keeping: oldestPublishedVersion, atUs: now.monotonicUs)
        if done.epoch != nil { isEpochDurable = true }
        services.count(done.group.records)
        tellFeedback(in: done.group.records, into: &effects)
        for case .change(let change) in done.group.records { plays.count(change) }
        if done.group.records.contains(where: { if case .score = $0 { true } else { false } }) {
            boards.forget()
        }
        if let version = done.snapshotVersion { snapshots.persisted(version, at: now) }
        for held in done.group.held { answer(held, at: now, into: &effects) }
        commitIfDue(at: now, into: &effects)
        publishIfDue(at: now, into: &effects)
    }

    /// Takes back everything that isn't durable; nobody was told of it.
    mutating func commitFailed(
        _ id: CommitID, _ fault: StorageFault, at now: Moment, into effects: inout [Effect]
    ) {
        guard let failed = commits.finish(id) else { return }
        let waiting = commits.takeWaiting()
        canvas.rollBack()
        nextEpoch = nil
        let repeats = clicks.rollBack()
        relays.rollBack()
        arcade.rollBack()
        for reversal in (failed.group.reversals + waiting.reversals).reversed() {
            takeBack(reversal, at: now)
        }
        enforceBans(after: failed.group.reversals + waiting.reversals, at: now, into: &effects)
        storage = StorageHealth(after: fault, at: now)
        effects.append(.log(.storageRefusing(fault)))
        let refusal = storage.refusal ?? Failure(.storageUnavailable, "The server could not keep this.")
        for held in failed.group.held + waiting.held { refuse(held.asker, refusal, into: &effects) }
        for asker in repeats { refuse(asker, refusal, into: &effects) }
        stopRollingBack(refusal, into: &effects)
    }

    /// Goes on, or waits for the next probe.
    mutating func storageProbed(_ fault: StorageFault?, at now: Moment, into effects: inout [Effect]) {
        guard case .full = storage else { return }
        if let fault {
            storage = StorageHealth(after: fault, at: now)
            if storage == .broken { effects.append(.log(.storageRefusing(fault))) }
        } else {
            storage = .healthy
            resumeRelays(at: now)
            effects.append(.log(.storageRecovered))
            runClickGames(at: now, into: &effects)
        }
    }

    /// What returns has its end looked at again: that look may have been what took it away.
    ///
    /// What is to be written
    /// again comes back newest first and stands before what waits already, so that its order stays.
    private mutating func takeBack(_ reversal: Reversal, at now: Moment) {
        switch reversal {
        case .account(let id, let former):
            accounts.revert(id, to: former)
            guard let former else { return }
            judgeBests(of: id)
            planBanEnd(former, at: now)
        case .session(let id, let former):
            sessions.revert(id, to: former)
            if let former { planFamilyEnd(former.record, at: now) }
        case .guest(let id, let former):
            guests[id] = former
            if let former { planGuestEnd(former, at: now) }
        case .best(let account, let game, let former):
            arcade.bests.revert(game, account: account, to: former)
        case .ownership(let account, let skin): skins.disown(skin, by: account)
        case .skin(let id, let former): skins[id] = former
        case .impression(let id, let former): ads.revert(id, to: former)
        case .feedback(let key, let atUs): feedback.forget(key, atUs: atUs)
        case .flag(let flag):
            if unkeptFlags.count < Limits.maxUnkeptFlags { unkeptFlags.insert(flag, at: 0) }
        case .presence: presences.isUnsettled = true
        case .protection(let id): protections.end(id)
        case .unprotection(let id): protections.keep(id)
        case .audit(let row):
            if unkeptAudits.count < Limits.maxUnkeptAudits { unkeptAudits.insert(row, at: 0) }
        case .telegram(let record): unkeptTelegram.insert(record, at: 0)
        case .knob(let knob, let former): turn(knob, to: former, at: now)
        case .deviceGrant(let grant): deviceGrants.giveBack(grant, at: now)
        case .idToken(let holder): presentedTokens.putBack(holder)
        }
    }

    private mutating func answer(_ held: Held, at now: Moment, into effects: inout [Effect]) {
        if let event = held.log { effects.append(.log(event)) }
        if let takenAtUs = held.takenAtUs { plays.commitUs.add(now.monotonicUs - takenAtUs) }
        switch (held.answer, held.asker) {
        case (.placed(let placed), .request(let id)):
            effects.append(.respond(id, .placed(placed)))
        case (.placed(let placed), .socket(let id, let replyTo)):
            guard connections[id] != nil else { return }
            let message = ServerMessage.placed(version: placed.version, epoch: placed.epoch)
            effects.append(.send(id, ServerEnvelope(replyTo: replyTo, message)))
        case (.session(let identity, let name, let token, let isNew, let ended), .request(let id)):
            for session in ended { closeSockets(of: session, at: now, into: &effects) }
            if isNew { effects.append(.log(.registered(account: identity.id))) }
            effects.append(.log(.signedIn(account: identity.id, session: identity.sessionID)))
            for connection in presences[identity.sessionID]?.connections ?? [] {
                prolong(connection, by: identity, at: now)
            }
            effects.append(.respond(id, .session(identity, name: name, refreshToken: token)))
        case (.me(let me), .request(let id)):
            effects.append(.respond(id, .me(me)))
        case (.signedOut(let holder, let ended), .request(let id)):
            for session in ended { closeSockets(of: session, at: now, into: &effects) }
            giveUpUnlessSignedIn(holder, at: now, into: &effects)
            if accounts[holder] == nil {
                arcade.bests.remove(holder)
                skins.forget(holder)
            }
            effects.append(.respond(id, .done))
        case (.reused(let holder, let session), .request(let id)):
            closeSockets(of: session, at: now, into: &effects)
            giveUpUnlessSignedIn(holder, at: now, into: &effects)
            let failure = Failure(
                .refreshReused, "This refresh token was used before: its sign-in is over. Sign in again.")
            effects.append(.respond(id, .failure(failure)))
        case (.hostDone(let words), let asker): tell(asker, .done(words), into: &effects)
        case (.clicks(let record, let isNewHolder, let pushedAtUs), let asker):
            settle(
                record, isNewHolder: isNewHolder, pushedAtUs: pushedAtUs, for: asker, at: now,
                into: &effects)
        case (.clickQueue(let queue, let answer), let asker):
            clicks.settle(queue)
            if let answer { self.answer(asker, answer, message: .ok, into: &effects) }
        case (.relay(let relay, let events, let answer), let asker):
            settle(relay, events, into: &effects)
            if let answer { self.answer(asker, answer, message: .ok, into: &effects) }
        case (.run(let result, let account, let socket), let asker):
            settle(result, of: account, on: socket, for: asker, into: &effects)
        case (.banSet(let account, let words), let asker):
            enforceBan(of: account, at: now, into: &effects)
            tell(asker, .done(words), into: &effects)
        case (.newGame(let epoch, let words), let asker):
            begin(epoch, at: now, into: &effects)
            tell(asker, .done(words), into: &effects)
        case (.rolledBack(let rollback), _): rolledBack(rollback, at: now, into: &effects)
        case (.unprotected(let id, let words), let asker):
            protections.end(id)
            tell(asker, .done(words), into: &effects)
        case (.response(let answer), .request(let id)):
            effects.append(.respond(id, answer))
        case (.telegramHeard(let update), _): effects.append(.telegram(.heard(update: update)))
        case (.noted, _): break
        case (.session, _), (.me, _), (.signedOut, _), (.reused, _), (.placed, .host),
            (.placed, .nobody), (.response, _):
            preconditionFailure("nobody asks for this by that way")
        }
    }

    /// Answers a request, but no sooner than what is known of an account is durable.
    mutating func respond(
        _ id: RequestID, _ answer: Answer, onceDurable account: Identifier?, into effects: inout [Effect]
    ) {
        if let account, commits.isPending(account) {
            commits.hold(Held(asker: .request(id), answer: .response(answer)))
        } else {
            effects.append(.respond(id, answer))
        }
    }

    /// Tells whoever asked what came of it: over HTTP the answer, on a socket the message.
    func answer(
        _ asker: Asker, _ answer: Answer, message: ServerMessage, into effects: inout [Effect]
    ) {
        switch asker {
        case .request(let id): effects.append(.respond(id, answer))
        case .socket(let id, let replyTo):
            guard connections[id] != nil else { return }
            effects.append(.send(id, ServerEnvelope(replyTo: replyTo, message)))
        case .host, .nobody: break
        }
    }

    /// Tells whoever asked that it won't be.
    func refuse(_ asker: Asker, _ failure: Failure, into effects: inout [Effect]) {
        switch asker {
        case .request(let id):
            effects.append(.respond(id, .failure(failure)))
        case .socket(let id, let replyTo):
            guard connections[id] != nil else { return }
            effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .error(failure))))
        case .host(let call):
            effects.append(.answerHost(call, .refused(failure.code, failure.message)))
        case .nobody: break
        }
    }

    /// Shows the sockets of an ended sign-in out; whoever played by them leaves.
    private mutating func closeSockets(
        of session: Identifier, at now: Moment, into effects: inout [Effect]
    ) {
        for id in presences[session]?.connections ?? [] {
            if let account = connections[id]?.account {
                giveUp(account, on: .removal, socket: id, at: now, into: &effects)
            }
            close(id, .signedOut, at: now, into: &effects)
        }
    }

    /// Takes the place of an account without a socket whose last sign-in is over: nobody could use it.
    private mutating func giveUpUnlessSignedIn(
        _ account: Identifier, at now: Moment, into effects: inout [Effect]
    ) {
        guard sessions.sessions(of: account).isEmpty else { return }
        giveUp(account, on: .removal, socket: connections.connection(of: account), at: now, into: &effects)
    }
}
