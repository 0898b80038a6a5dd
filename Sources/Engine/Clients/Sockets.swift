import Game
import Protocol

extension ServerEngine {
    /// Takes a new socket: the account's older one goes, `welcome` comes first.
    mutating func open(
        _ id: ConnectionID, _ identity: Identity, play: Bool, at now: Moment, into effects: inout [Effect]
    ) {
        guard draining == .serving else {
            effects.append(.close(id, .goingAway))
            return
        }
        guard let name = name(of: identity) else {
            effects.append(.close(id, .sessionOver))
            return
        }
        let connection = Connection(
            identity: identity, name: name, lastSeenUs: now.monotonicUs, messagesNs: now.monotonicUs * 1000)
        if let account = connection.account, let older = connections.connection(of: account) {
            effects.append(.close(older, .replaced))
            effects.append(.log(.replaced(account: account)))
            _ = connections.remove(older)
        }
        connections.add(connection, as: id)
        effects.append(.send(id, ServerEnvelope(.welcome(welcome(to: connection, at: now)))))
        guard play || connection.account.map(players.isPlaying) ?? false else { return }
        self.play(id, replyTo: nil, into: &effects)
    }

    /// Notes that a socket is gone: its account gives its place back.
    mutating func forget(_ id: ConnectionID, into effects: inout [Effect]) {
        guard let gone = connections.remove(id), let account = gone.account else { return }
        if players.leave(account) { effects.append(.log(.left(account: account))) }
    }

    /// Closes a socket with a code and forgets it.
    mutating func close(_ id: ConnectionID, _ code: CloseCode, into effects: inout [Effect]) {
        effects.append(.close(id, code))
        forget(id, into: &effects)
    }

    /// Counts a message; false where the socket is gone or goes for sending too many.
    mutating func admit(_ id: ConnectionID, at now: Moment, into effects: inout [Effect]) -> Bool {
        guard let isWithinRate = connections.hear(id, rule: rates.messages, at: now) else { return false }
        if !isWithinRate { close(id, .tooManyMessages, into: &effects) }
        return isWithinRate
    }

    /// Does what a client's message asks.
    mutating func hear(
        _ envelope: ClientEnvelope, from id: ConnectionID, at now: Moment, into effects: inout [Effect]
    ) {
        guard admit(id, at: now, into: &effects) else { return }
        switch envelope.message {
        case .play:
            play(id, replyTo: envelope.id, into: &effects)
        case .leave:
            leave(id, replyTo: envelope.id, into: &effects)
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
        }
    }

    /// Prolongs a socket by a fresh token of the same account.
    mutating func authenticate(
        _ credential: Credential, replyTo: Int?, on id: ConnectionID, at now: Moment,
        into effects: inout [Effect]
    ) {
        guard admit(id, at: now, into: &effects), let connection = connections[id] else { return }
        let answer: ServerMessage
        switch credential {
        case .valid(let identity) where identity.id == connection.identity.id:
            connections[id]?.identity = identity
            answer = .ok
        case .expired:
            answer = .error(Failure(.tokenExpired, "The token has ended; refresh it."))
        case .valid, .invalid, .none:
            answer = .error(Failure(.unauthorized, "This token doesn't prove who this socket is."))
        }
        effects.append(.send(id, ServerEnvelope(replyTo: replyTo, answer)))
    }

    private mutating func play(_ id: ConnectionID, replyTo: Int?, into effects: inout [Effect]) {
        guard let connection = connections[id] else { return }
        guard let account = connection.account else {
            let failure = Failure(.signInRequired, "Guests watch; sign in with a key to play.")
            effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .error(failure))))
            return
        }
        switch players.play(account) {
        case .started:
            effects.append(.log(.playing(account: account)))
        case .alreadyPlaying:
            break
        case .full:
            let failure = Failure(.queueFull, "Everyone's place is taken; try again later.")
            effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .error(failure))))
            return
        }
        follow(id, into: &effects)
        effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .status(.playing(idleDeadlineMs: nil)))))
    }

    private mutating func leave(_ id: ConnectionID, replyTo: Int?, into effects: inout [Effect]) {
        if let account = connections[id]?.account, players.leave(account) {
            effects.append(.log(.left(account: account)))
        }
        unfollow(id, into: &effects)
        effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .status(.afk))))
    }

    private func playingAccount(
        on id: ConnectionID, replyTo: Int?, into effects: inout [Effect]
    ) -> Identifier? {
        if let account = connections[id]?.account, players.isPlaying(account) { return account }
        refuse(.socket(id, id: replyTo), Self.notPlaying, into: &effects)
        return nil
    }

    private func welcome(to connection: Connection, at now: Moment) -> Welcome {
        Welcome(
            account: AccountName(id: connection.identity.id, name: connection.name),
            sessionID: connection.identity.sessionID, status: status(of: connection.identity),
            canvas: canvasHead, serverTimeMs: now.wallMs, heartbeatMs: configuration.heartbeatTimeoutMs / 3,
            clickPushRateSeconds: configuration.clickPushRateSeconds)
    }
}
