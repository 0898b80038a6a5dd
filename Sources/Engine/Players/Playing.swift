import Game
import Protocol

extension ServerEngine {
    static let stopping = Failure(.shuttingDown, "The server is stopping.")
    static let notPlaying = Failure(.notPlaying, "Only playing accounts change the canvas; say `play` first.")

    static let guestsWatch = Failure(
        .signInRequired, "Guests watch; sign in with a key to play.")

    /// The account of a socket that may change the canvas now; else the refusal is sent.
    func playingAccount(
        on id: ConnectionID, replyTo: Int?, into effects: inout [Effect]
    ) -> Identifier? {
        guard let account = connections[id]?.account else {
            refuse(.socket(id, id: replyTo), Self.guestsWatch, into: &effects)
            return nil
        }
        if players.state(of: account) == .playing { return account }
        refuse(.socket(id, id: replyTo), Self.notPlaying, into: &effects)
        return nil
    }

    // MARK: What a client asks

    /// Puts the socket's account in line and lets in whom there is room for; the one answer is the state that
    /// this leads to.
    mutating func play(
        _ id: ConnectionID, replyTo: Int?, at now: Moment, into effects: inout [Effect]
    ) {
        guard let connection = connections[id] else { return }
        guard let account = connection.account else {
            effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .error(Self.guestsWatch))))
            return
        }
        guard draining == .serving else {
            refuse(.socket(id, id: replyTo), Self.stopping, into: &effects)
            return
        }
        // A place that this batch has freed goes to the first in line before that is looked at.
        promote(tellingAll: account, at: now, into: &effects)
        switch players.play(account, hasSocket: true, atUs: now.monotonicUs, atMs: now.wallMs) {
        case .queueFull:
            let failure = Failure(
                .queueFull, "Everyone's place is taken, and the line is full; try again later.")
            effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .error(failure))))
            return
        case .queued:
            promote(tellingAll: account, at: now, into: &effects)
            if let place = players.place(of: account) {
                effects.append(.log(.queued(account: account, position: place.position)))
            }
        case .alreadyQueued, .alreadyPlaying: break
        }
        follow(id, in: .players, into: &effects)
        tellStatus(of: account, on: id, replyTo: replyTo, at: now, into: &effects)
    }

    /// Makes the socket's account afk; the socket stays.
    mutating func leave(
        _ id: ConnectionID, replyTo: Int?, at now: Moment, into effects: inout [Effect]
    ) {
        if let account = connections[id]?.account {
            giveUp(account, on: .leave, socket: id, at: now, into: &effects)
        }
        effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .status(.afk))))
    }

    /// Takes an account's place or position away.
    mutating func giveUp(
        _ account: Identifier, on event: PlayerEvent, socket: ConnectionID?, at now: Moment,
        into effects: inout [Effect]
    ) {
        guard players.leave(account, on: event, atUs: now.monotonicUs) else { return }
        effects.append(.log(.left(account: account)))
        guard let socket else { return }
        // Whoever didn't leave by its own word is closed next.
        if event == .leave { stepAside(socket, into: &effects) } else { unfollow(socket, into: &effects) }
    }

    /// Moves the idle deadline of an account that acts.
    mutating func acted(_ account: Identifier, at now: Moment, into effects: inout [Effect]) {
        guard players.act(account, atUs: now.monotonicUs), let id = connections.connection(of: account)
        else { return }
        tellStatus(of: account, on: id, at: now, into: &effects)
    }

    // MARK: What time and room bring

    /// Ends what has come to its end, before anything else happens at a time.
    mutating func passTime(at now: Moment, into effects: inout [Effect]) {
        for news in players.pass(
            atUs: now.monotonicUs,
            isExempt: { [relays, arcade, connections] in
                (relays.isRunning($0) || arcade.isPlaying($0)) && connections.connection(of: $0) != nil
            })
        {
            switch news {
            case .idled(let account):
                effects.append(.log(.wentAFK(account: account, .idleDeadline)))
                guard let id = connections.connection(of: account) else { continue }
                unfollow(id, into: &effects)
                effects.append(.send(id, ServerEnvelope(.status(.afk))))
                close(id, .afk, at: now, into: &effects)
            case .absent(let account):
                effects.append(.log(.wentAFK(account: account, .absenceDeadline)))
            case .deadlineMoved(let account):
                guard let id = connections.connection(of: account) else { continue }
                tellStatus(of: account, on: id, at: now, into: &effects)
            }
        }
        sweep(at: now, into: &effects)
    }

    /// Gives every free place to whoever is first in line, and tells all but one of it.
    mutating func promote(
        tellingAll one: Identifier? = nil, at now: Moment, into effects: inout [Effect]
    ) {
        guard draining == .serving else { return }
        while let account = players.promote(atUs: now.monotonicUs) {
            effects.append(.log(.playing(account: account)))
            guard account != one, let id = connections.connection(of: account) else { continue }
            follow(id, in: .players, into: &effects)
            tellStatus(of: account, on: id, at: now, into: &effects)
        }
    }

    /// Tells positions that changed to those whose turn it is.
    mutating func tellPositions(at now: Moment, into effects: inout [Effect]) {
        for (account, position, sinceMs) in players.positionsToTell(atUs: now.monotonicUs) {
            guard let id = connections.connection(of: account) else { continue }
            let status = PlayerStatus.queued(position: position, sinceMs: sinceMs)
            effects.append(.send(id, ServerEnvelope(.status(status))))
        }
    }

    /// Takes a reading of the server's load.
    mutating func take(_ reading: LoadReading, into effects: inout [Effect]) {
        guard players.admission.take(reading) else { return }
        effects.append(
            .log(players.admission.pause.map(LogEvent.admissionPaused) ?? .admissionResumed))
    }

    // MARK: Words

    /// Tells a socket its account's state, with the deadline or position that the client goes by from now on.
    mutating func tellStatus(
        of account: Identifier, on id: ConnectionID, replyTo: Int? = nil, at now: Moment,
        into effects: inout [Effect]
    ) {
        let status: PlayerStatus
        if let deadlineMs = players.tellDeadline(of: account, atUs: now.monotonicUs, atMs: now.wallMs) {
            status = .playing(idleDeadlineMs: deadlineMs)
        } else if let (position, sinceMs) = players.place(of: account) {
            players.toldPosition(account, position, atUs: now.monotonicUs)
            status = .queued(position: position, sinceMs: sinceMs)
        } else {
            status = .afk
        }
        effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .status(status))))
    }
}
