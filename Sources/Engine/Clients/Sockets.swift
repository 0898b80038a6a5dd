import Game
import Protocol

extension ServerEngine {
    /// Judges a WebSocket's handshake, which is counted like any other request.
    mutating func handshake(_ caller: Caller, play: Bool, relay: Identifier?) -> Answer {
        if draining != .serving { return .failure(Failure(.shuttingDown, "The server is stopping.")) }
        guard let identity = caller.identity else { return .failure(caller.refusal) }
        if let relay, relays.durable[relay] == nil { return .failure(Self.noRelay) }
        let older = caller.account.flatMap { connections.connection(of: $0) }
        guard hasRoom(for: caller.address, replacing: older) else {
            let failure = Failure(
                .rateLimited, "Too many sockets from this address.", retryAfterMs: Limits.crowdedRetryMs)
            return .failure(failure)
        }
        return .upgrade(identity, play: play, relay: relay)
    }

    /// Whether an address may have one more socket, of which one may be about to go.
    private func hasRoom(for address: String, replacing older: ConnectionID?) -> Bool {
        let limit = configuration.maxConnectionsPerAddress
        let isReplaced = older.flatMap { connections[$0]?.address == address } ?? false
        return limit == 0 || connections.count(from: address) - (isReplaced ? 1 : 0) < limit
    }

    /// Takes a new socket: the account's older one goes, `welcome` comes first, then the state it resumes.
    mutating func open(
        _ id: ConnectionID, _ identity: Identity, from address: String, play: Bool, relay: Identifier?,
        at now: Moment, into effects: inout [Effect]
    ) {
        guard draining == .serving else {
            effects.append(.close(id, .goingAway))
            return
        }
        switch standing(.valid(identity)) {
        case .valid: break
        case .banned:
            effects.append(.close(id, .banned))
            return
        case .none, .invalid, .expired:
            effects.append(.close(id, .signedOut))
            return
        }
        // Of several handshakes in one turn each was let through by what was open before it.
        let older = identity.kind == .account ? connections.connection(of: identity.id) : nil
        guard hasRoom(for: address, replacing: older) else {
            effects.append(.close(id, .goingAway))
            return
        }
        var connection = Connection(identity, from: address, at: now)
        connection.totalsLane = clicks.totals.enter()
        if let account = connection.account, let older {
            effects.append(.close(older, .replaced))
            effects.append(.log(.replaced(account: account)))
            drop(older, at: now, into: &effects)
        }
        connections.add(connection, as: id)
        hear(from: identity, at: now)
        presences[identity.sessionID]?.connections.append(id)
        prolong(id, by: identity, at: now)
        if let account = connection.account { players.arrive(account) }
        effects.append(.send(id, ServerEnvelope(.welcome(welcome(to: identity, at: now)))))
        if let account = connection.account, players.state(of: account) != .afk {
            follow(id, in: .players, into: &effects)
            tellStatus(of: account, on: id, at: now, into: &effects)
        } else if play {
            self.play(id, replyTo: nil, at: now, into: &effects)
        }
        if connections[id]?.feed == Connection.Feed.none { stepAside(id, into: &effects) }
        effects.append(.subscribe(id, .clicks(lane: connection.totalsLane)))
        if let relay { enter(relay, id, replyTo: nil, into: &effects) }
    }

    /// Notes that a socket is gone; its account keeps a place to its deadline, a position for as long.
    mutating func forget(_ id: ConnectionID, at now: Moment, into effects: inout [Effect]) {
        guard let account = drop(id, at: now, into: &effects)?.account else { return }
        players.depart(account, atUs: now.monotonicUs)
    }

    /// Closes a socket with a code and forgets it.
    mutating func close(
        _ id: ConnectionID, _ code: CloseCode, at now: Moment, into effects: inout [Effect]
    ) {
        guard connections[id] != nil else { return }
        effects.append(.close(id, code))
        forget(id, at: now, into: &effects)
    }

    /// Takes a socket out of the tables, whatever its account goes on with.
    @discardableResult
    private mutating func drop(
        _ id: ConnectionID, at now: Moment, into effects: inout [Effect]
    ) -> Connection? {
        guard let gone = connections.remove(id) else { return nil }
        presences[gone.session]?.lose(id, lastHeardUs: gone.lastHeardUs)
        spectators.remove(gone)
        clicks.totals.leave(gone.totalsLane)
        leaveRooms(of: gone)
        if let account = gone.account { leaveRun(of: account, on: id, at: now, into: &effects) }
        return gone
    }

    /// Notes a sign of life on a socket.
    mutating func alive(_ id: ConnectionID, at now: Moment) {
        connections[id]?.lastHeardUs = now.monotonicUs
    }

    /// Counts a message; false where the socket is gone or goes for sending too many.
    mutating func admit(_ id: ConnectionID, at now: Moment, into effects: inout [Effect]) -> Bool {
        guard let isWithinRate = connections.countMessage(id, rule: rates.messages, at: now) else {
            return false
        }
        if !isWithinRate { close(id, .tooManyMessages, at: now, into: &effects) }
        return isWithinRate
    }

    /// Does what a client's message asks.
    mutating func hear(
        _ envelope: ClientEnvelope, from id: ConnectionID, at now: Moment, into effects: inout [Effect]
    ) {
        guard admit(id, at: now, into: &effects) else { return }
        switch envelope.message {
        case .play:
            play(id, replyTo: envelope.id, at: now, into: &effects)
        case .leave:
            leave(id, replyTo: envelope.id, at: now, into: &effects)
        case .heartbeat:
            let answer = ServerMessage.heartbeat(serverTimeMs: now.wallMs)
            effects.append(.send(id, ServerEnvelope(replyTo: envelope.id, answer)))
        case .authenticate:
            // Only the edge can check a token and then says `.authenticate`; unchecked, it proves nothing.
            let failure = Failure(.unauthorized, "This token wasn't checked.")
            effects.append(.send(id, ServerEnvelope(replyTo: envelope.id, .error(failure))))
        case .place(let pixel):
            guard let account = playingAccount(on: id, replyTo: envelope.id, into: &effects) else { return }
            place(pixel, by: account, for: .socket(id, id: envelope.id), at: now, into: &effects)
        case .undo:
            guard let account = playingAccount(on: id, replyTo: envelope.id, into: &effects) else { return }
            undo(by: account, for: .socket(id, id: envelope.id), at: now, into: &effects)
        case .join(let relay):
            enter(relay, id, replyTo: envelope.id, into: &effects)
        case .leaveRoom(let relay):
            leaveRoom(relay, id, replyTo: envelope.id, into: &effects)
        case .pushClicks(let push):
            guard let connection = connections[id] else { return }
            let pusher = ClickPusher(
                session: connection.session, holder: connection.holder, isGuest: connection.isGuest)
            self.push(push, by: pusher, for: .socket(id, id: envelope.id), at: now, into: &effects)
        case .endRun(let run):
            endRun(run, on: id, replyTo: envelope.id, at: now, into: &effects)
        case .answer, .startRun, .point:
            // Only the edge can draw what follows from them, and then says `.drawn`.
            let failure = Failure(.internalError, "The server drew nothing for this message.")
            effects.append(.send(id, ServerEnvelope(replyTo: envelope.id, .error(failure))))
        }
    }

    /// Does what a client's message asks that brings something nobody may foresee.
    mutating func hear(
        _ envelope: ClientEnvelope, with draw: Draw, from id: ConnectionID, at now: Moment,
        into effects: inout [Effect]
    ) {
        switch envelope.message {
        case .answer(let relay, let attempt):
            guard admit(id, at: now, into: &effects) else { return }
            answer(attempt, in: relay, draw, replyTo: envelope.id, from: id, at: now, into: &effects)
        case .startRun(let game):
            guard admit(id, at: now, into: &effects) else { return }
            startRun(of: game, draw, on: id, replyTo: envelope.id, at: now, into: &effects)
        case .point(let point):
            guard admit(id, at: now, into: &effects) else { return }
            take(point, draw, on: id, replyTo: envelope.id, at: now, into: &effects)
        case .play, .leave, .heartbeat, .authenticate, .place, .undo, .join, .leaveRoom, .pushClicks, .endRun:
            hear(envelope, from: id, at: now, into: &effects)
        }
    }

    /// Takes an answer to a relay's puzzle.
    private mutating func answer(
        _ attempt: PuzzleAttempt, in relay: Identifier, _ draw: Draw, replyTo: Int?, from id: ConnectionID,
        at now: Moment, into effects: inout [Effect]
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
        do throws(Failure) {
            try answerPuzzle(attempt, in: relay, by: account, draw, for: asker, at: now, into: &effects)
        } catch {
            refuse(asker, error, into: &effects)
        }
    }

    /// Prolongs a socket by a fresh token of the same account.
    mutating func authenticate(
        _ credential: Credential, replyTo: Int?, on id: ConnectionID, at now: Moment,
        into effects: inout [Effect]
    ) {
        guard admit(id, at: now, into: &effects), let connection = connections[id] else { return }
        let answer: ServerMessage
        switch standing(credential) {
        case .valid(let identity) where identity.id == connection.holder:
            move(id, to: identity, at: now)
            answer = .ok
        case .expired:
            answer = .error(Failure(.tokenExpired, "The token has ended; refresh it."))
        case .banned(let reason, let untilMs):
            answer = .error(Self.banned(reason, untilMs: untilMs))
        case .valid, .invalid, .none:
            answer = .error(Failure(.unauthorized, "This token doesn't prove who this socket is."))
        }
        effects.append(.send(id, ServerEnvelope(replyTo: replyTo, answer)))
    }

    /// Lets a socket stand under another token, perhaps of another sign-in of its account.
    private mutating func move(_ id: ConnectionID, to identity: Identity, at now: Moment) {
        guard let former = connections[id]?.session else { return }
        connections[id]?.session = identity.sessionID
        if former != identity.sessionID {
            presences[former]?.lose(id, lastHeardUs: now.monotonicUs)
            hear(from: identity, at: now)
            presences[identity.sessionID]?.connections.append(id)
        }
        prolong(id, by: identity, at: now)
    }

    private func welcome(to identity: Identity, at now: Moment) -> Welcome {
        Welcome(
            account: AccountName(id: identity.id, name: name(of: identity) ?? ""),
            sessionID: identity.sessionID, status: word(of: identity), canvas: canvasHead,
            serverTimeMs: now.wallMs, heartbeatMs: configuration.heartbeatTimeoutMs / 3,
            clickPushRateSeconds: configuration.clickPushRateSeconds)
    }
}
