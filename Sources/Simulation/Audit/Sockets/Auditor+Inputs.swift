import Engine
import Game
import Protocol

/// What each input of a step leads to.
extension Auditor {
    mutating func take(_ input: Input, _ effects: [Effect]) {
        switch input {
        case .request(let id, let route, let caller, let proofs): call(id, route, caller, proofs, effects)
        case .opened(let id, let identity, _, let play, _): open(id, identity, play, effects)
        case .message(let id, let envelope): hear(envelope, on: id, effects)
        case .authenticate(let id, let replyTo, let credential):
            authenticate(id, replyTo, credential, effects)
        case .malformed(let id, _, _): admit(id, effects)
        case .drawn(let id, let envelope, let draw):
            guard admit(id, effects), let socket = sockets[id] else { break }
            hear(envelope, with: draw, of: socket.account, on: id, effects)
        case .roundTrip(let id, let us):
            if let socket = sockets[id] { runs.measure(id, socket.account, us: us) }
        case .alive(let id):
            if let session = sockets[id]?.session { presences.hear(session, atUs: verdict.nowUs) }
        case .backlog(let id, _): if closes(id, .tooSlow, in: effects) { lose(id, effects) }
        case .closed(let id): lose(id, effects)
        case .committed:
            closeBans(effects)
            settleAnswers(effects)
        case .commitFailed:
            settleAnswers(effects)
            signIns.rollBack()
            enforceBans(effects)
            rollBackHosting()
        case .queryAnswered(let id, .refreshToken): lookedUp(id, effects)
        case .load(let reading): take(reading, effects)
        case .host(_, let command, _): obey(command, isTaken: isTaken(effects), effects)
        case .telegram(let input): take(input, isTaken: isTaken(effects), effects)
        case .drain:
            if !players.isStopping { endTimedOutRuns(effects) }
            players.isStopping = true
        case .refused, .queryAnswered, .clickGameDrawn, .storageProbed, .snapshotTaken,
            .pictureDrawn, .touchedPacked, .wake, .viewDrawn, .streamRead, .streamClosed,
            .historyRestored:
            break
        }
        for case .close(let id, let code) in effects where sockets[id] != nil {
            blame(unless(false, .lawfulCloses, "connection \(id.rawValue) was closed with \(code.rawValue)"))
        }
        checkStatuses(effects, isReply: isOpening(input))
        noteExpiry(effects)
    }

    private func isOpening(_ input: Input) -> Bool {
        if case .opened = input { true } else { false }
    }

    private mutating func open(
        _ id: ConnectionID, _ identity: Identity, _ play: Bool, _ effects: [Effect]
    ) {
        let isWelcome = effects.contains {
            if case .send(id, let envelope) = $0, case .welcome = envelope.message { true } else { false }
        }
        guard isWelcome else {
            let isRefused =
                closes(id, .goingAway, in: effects) || closes(id, .signedOut, in: effects)
                || closes(id, .banned, in: effects)
            blame(unless(isRefused, .lawfulCloses, "connection \(id.rawValue) is neither welcome nor closed"))
            blame(
                unless(
                    players.isStopping || !signIns.head.accepts(identity), .lawfulCloses,
                    "connection \(id.rawValue) was refused"))
            return
        }
        blame(unless(signIns.head.accepts(identity), .families, "a sign-in that is over was welcomed"))
        let account = identity.account
        if let account, let older = sockets.connection(of: account) {
            verdict.tally.replaced += 1
            blame(unless(closes(older, .replaced, in: effects), .oneSocket, "\(account) has two sockets"))
            _ = sockets.remove(older)
            leaveRun(of: account, on: older, effects)
        }
        presences.hear(identity.sessionID, atUs: verdict.nowUs)
        sockets.add(
            id,
            SocketModel.Socket(
                account: account, holder: identity.id, session: identity.sessionID, untilUs: untilUs(identity)
            ))
        if let account { players.arrive(account) }
        checkWelcome(id, identity, effects)
        guard let account else { return }
        if players.word(of: account) != .afk {
            verdict.tally.reconnects += 1
        } else if play {
            self.play(account, isRefused: isFull(effects, id))
        }
    }

    private mutating func hear(_ envelope: ClientEnvelope, on id: ConnectionID, _ effects: [Effect]) {
        guard admit(id, effects), let socket = sockets[id] else { return }
        guard let account = socket.account else { return }
        let refusal = error(on: id, replyTo: envelope.id, in: effects)
        switch envelope.message {
        case .play:
            if refusal?.code == .shuttingDown, players.isStopping { return }
            play(account, isRefused: refusal?.code == .queueFull)
        case .leave: remove(account)
        case .place, .undo: act(account, refusal: refusal)
        case .heartbeat, .authenticate, .join, .leaveRoom, .pushClicks, .answer, .startRun, .point:
            break
        case .endRun: hear(envelope, with: nil, of: account, on: id, effects)
        }
    }

    /// Counts a message as a sign of life; false where the socket is gone or goes for sending too many.
    @discardableResult
    private mutating func admit(_ id: ConnectionID, _ effects: [Effect]) -> Bool {
        guard let session = sockets[id]?.session else {
            blame(unless(effects.isEmpty, .lawfulCloses, "a closed connection \(id.rawValue) is answered"))
            return false
        }
        presences.hear(session, atUs: verdict.nowUs)
        if closes(id, .tooManyMessages, in: effects) { lose(id, effects) }
        return sockets[id] != nil
    }

    private mutating func play(_ account: Identifier, isRefused: Bool) {
        // Who has waited goes first to the places that the inputs before this one have freed.
        promote()
        guard players.word(of: account) == .afk else { return }
        paths.ask(account)
        let hasRoom = players.play(account, atUs: verdict.nowUs, atMs: verdict.now.wallMs)
        if !hasRoom { verdict.tally.fullQueues += 1 }
        blame(
            unless(isRefused == !hasRoom, .places, "\(account) was \(isRefused ? "refused" : "let in line")"))
        promote()
    }

    /// Moves the deadline of who acts and isn't refused; only who plays isn't.
    mutating func act(_ account: Identifier, refusal: Failure?) {
        guard players.plays(account) else {
            blame(unless(refusal != nil, .lawfulStates, "\(account) acts without a place"))
            return
        }
        blame(unless(refusal?.code != .notPlaying, .lawfulStates, "\(account) plays and may not act"))
        if refusal == nil { players.act(account, atUs: verdict.nowUs) }
    }

    private mutating func take(_ reading: LoadReading, _ effects: [Effect]) {
        let isPaused = admission.isPaused(after: reading, before: players.isPaused)
        if isPaused, !players.isPaused { verdict.tally.pauses += 1 }
        players.isPaused = isPaused
    }

    /// Whether a host's command wasn't answered at once: then it is done once durable.
    private func isTaken(_ effects: [Effect]) -> Bool {
        effects.allSatisfy { if case .answerHost = $0 { false } else { true } }
    }

    /// Takes a host's command, or the same over HTTP by someone who may give it.
    mutating func obey(_ command: HostCommand, isTaken: Bool, _ effects: [Effect]) {
        switch command {
        case .list, .flags, .clearFlags, .feedback, .skins, .installSkin, .audit, .announce, .knobs, .status,
            .newGame, .rollback, .undoRollback, .rollbacks, .protect, .unprotect, .protectedAreas,
            .picture:
            break
        case .setKnob(let name, let value):
            if isTaken, let knob = Knob(rawValue: name) { turn(knob, to: value) }
        case .grant(let who, let role):
            if isTaken, let account = Identifier(who) { signIns.head.accounts[account]?.role = role }
        case .ban(let who, let reason, let untilMs):
            if isTaken, let account = Identifier(who) { ban(account, reason, untilMs: untilMs) }
        case .unban(let who):
            if isTaken, let account = Identifier(who) { unban(account) }
        case .kick(let who):
            guard let account = Identifier(who) else { return }
            let isKnown = signIns.head.accounts[account]?.isDeleted == false
            guard isKnown else { return }
            verdict.tally.kicks += 1
            remove(account)
            guard let socket = sockets.connection(of: account) else { return }
            blame(unless(closes(socket, .banned, in: effects), .oneSocket, "a kicked socket stays open"))
            lose(socket, effects)
        }
    }
}
