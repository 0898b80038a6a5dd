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
            through: done.headVersion, keeping: frames.publishedVersion, atUs: now.monotonicUs)
        if done.epoch != nil { isEpochDurable = true }
        if let version = done.snapshotVersion { snapshots.persisted(version, at: now) }
        for held in done.group.held { answer(held, into: &effects) }
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
        for reversal in (failed.group.reversals + waiting.reversals).reversed() { takeBack(reversal) }
        storage = StorageHealth(after: fault, at: now)
        effects.append(.log(.storageRefusing(fault)))
        let refusal = storage.refusal ?? Failure(.storageUnavailable, "The server could not keep this.")
        for held in failed.group.held + waiting.held { refuse(held.asker, refusal, into: &effects) }
    }

    /// Goes on, or waits for the next probe.
    mutating func storageProbed(_ fault: StorageFault?, at now: Moment, into effects: inout [Effect]) {
        guard case .full = storage else { return }
        if let fault {
            storage = StorageHealth(after: fault, at: now)
            if storage == .broken { effects.append(.log(.storageRefusing(fault))) }
        } else {
            storage = .healthy
            effects.append(.log(.storageRecovered))
        }
    }

    private mutating func takeBack(_ reversal: Reversal) {
        switch reversal {
        case .account(let id): accounts.remove(id)
        case .session(let id, let former): sessions.revert(id, to: former)
        }
    }

    private func answer(_ held: Held, into effects: inout [Effect]) {
        switch (held.answer, held.asker) {
        case (.placed(let placed), .request(let id)):
            effects.append(.respond(id, .placed(placed)))
        case (.placed(let placed), .socket(let id, let replyTo)):
            guard connections[id] != nil else { return }
            let message = ServerMessage.placed(version: placed.version, epoch: placed.epoch)
            effects.append(.send(id, ServerEnvelope(replyTo: replyTo, message)))
        case (.session(let identity, let name, let token, let isNew), .request(let id)):
            if isNew { effects.append(.log(.registered(account: identity.id))) }
            effects.append(.log(.signedIn(account: identity.id, session: identity.sessionID)))
            effects.append(.respond(id, .session(identity, name: name, refreshToken: token)))
        case (.session, .socket):
            preconditionFailure("nobody signs in on a socket")
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
        }
    }
}
