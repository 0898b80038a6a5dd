import Protocol
import Transport

// What the socket says, and what is said to it regularly.
extension GameClient {
    func receive(_ message: WebSocketMessage) {
        let bytes: [UInt8]
        switch message {
        case .text(let text): bytes = text
        case .binary(let binary): bytes = binary
        }
        // A later server's words that this release doesn't know are passed over.
        let envelope = try? codec.decodeServer(bytes)
        let own = envelope?.replyTo.flatMap { ownMessages.removeValue(forKey: $0) }
        if configuration.deliversRaw, own == nil { onEvent(.raw(bytes, envelope)) }
        guard let envelope else { return }
        switch envelope.message {
        case .welcome(let welcome): welcomed(welcome)
        case .status(let status): entered(status, replyTo: envelope.replyTo)
        case .pixels(let run):
            // Who stands aside and gets a frame all the same is let watch live.
            if !replica.isLive { hearIfLive(true) }
            follow(.frame(run))
        case .placed(let version, let epoch):
            onEvent(.placed(PlacedAnswer(version: version, epoch: epoch), replyTo: envelope.replyTo))
        case .canvasReset(let epoch, let version, let width, let height):
            let size = CanvasSize(width: width, height: height)
            follow(.reset(epoch: epoch, version: version, size: size))
        case .heartbeat(let serverTimeMs):
            guard let own else { break }
            let nowUs = loop.monotonicUs
            serverClock.told(serverTimeMs, roundTripUs: nowUs - own.sentUs, atUs: nowUs)
            onEvent(.latency(us: Int(nowUs - own.sentUs)))
        case .clickTotals(let game): onEvent(.clickTotals(game))
        case .clicksAccepted(let receipt, let batchID): accepted(receipt, batchID: batchID, own: own)
        case .relay(let event): onEvent(.relay(event))
        case .runStarted(let start): started(start)
        case .score(let score): onEvent(.scored(score))
        case .runEnded(let result): ended(result)
        case .announcement(let message, let atMs): onEvent(.announced(message, atMs: atMs))
        case .ok: if own == nil { onEvent(.done(replyTo: envelope.replyTo)) }
        case .error(let failure): refused(failure, replyTo: envelope.replyTo, own: own)
        }
    }

    private func refused(_ failure: Failure, replyTo: Int?, own: OwnMessage?) {
        if failure.code == .banned { return self.refused(failure) }
        switch own?.purpose {
        case .heartbeat: return
        case .token: return authenticateRefused(failure)
        case .clicks(let batchID): return clicksRefused(failure, batchID: batchID)
        case .room(let relay): return roomRefused(failure, relay)
        case .runStart(let game): return runRefused(failure, game)
        case .runPoint(let point): return onEvent(.pointRefused(point, failure))
        case .runEnd(let run): return runEndRefused(failure, run)
        case nil: break
        }
        wish.refused(failure, replyTo: replyTo)
        onEvent(.failed(failure, replyTo: replyTo))
    }

    private func welcomed(_ welcome: Welcome) {
        timers?.attempt.cancel()
        // What the owner enters from now on, it asks for itself.
        let returning = rooms
        account = welcome.account
        standing = welcome.status
        serverClock.told(welcome.serverTimeMs, roundTripUs: 0, atUs: loop.monotonicUs)
        palette = welcome.canvas.palette
        // A third of what the server asks for, so that two lost ones do no harm.
        heartbeatMs = max(1_000, welcome.heartbeatMs / 3)
        if configuration.mode == .watch { return watchLive(welcome) }
        isLinked = true
        enter(.connected)
        onEvent(.welcome(welcome))
        guard isConnected else { return }
        authenticate()
        enter(returning)
        clicks.linked(pushRateSeconds: welcome.clickPushRateSeconds)
        pushClicks()
        startWishedRun()
        switch wish.welcomed(as: welcome.status) {
        case .play: wish.sent(send(.play))
        case .leave: wish.sent(send(.leave))
        case nil: break
        }
        timers?.stable.schedule(afterMs: configuration.stableAfterMs)
        follow(.head(welcome.canvas))
        subscribed(Self.getsFrames(welcome.status))
        if configuration.sendsHeartbeats { beat() }
        if configuration.countsIntervalMs > 0 { lookAround() }
    }

    static func getsFrames(_ status: StatusWord) -> Bool {
        switch status {
        case .playing, .queued: true
        case .afk, .stalled, .spectator: false
        }
    }

    private func entered(_ status: PlayerStatus, replyTo: Int?) {
        wish.told(status, replyTo: replyTo)
        var idleLeftMs: Int?
        switch status {
        case .afk:
            standing = .afk
            subscribed(isServerLive)
        case .queued:
            standing = .queued
            subscribed(true)
        case .playing(let deadlineMs):
            standing = .playing
            subscribed(true)
            idleLeftMs = deadlineMs.flatMap { serverClock.leftMs(until: $0, atUs: loop.monotonicUs) }
        }
        onEvent(.status(status, idleLeftMs: idleLeftMs))
    }

    func subscribed(_ subscribed: Bool) {
        guard replica.isLive != subscribed || !replica.isCurrent || !subscribed else { return }
        follow(.subscribed(subscribed))
        if replica.isWaiting { follow(.due) }
        planFetch()
    }

    func beat() {
        // What a whole beat brought no answer to makes the last round trip old news.
        let isUnanswered = ownMessages.values.contains {
            if case .heartbeat = $0.purpose { true } else { false }
        }
        if isUnanswered { onEvent(.latency(us: nil)) }
        sendOwn(.heartbeat, for: .heartbeat)
        timers?.heartbeat.schedule(afterMs: heartbeatMs)
    }

    func sendOwn(_ message: ClientMessage, for purpose: OwnMessage.Purpose) {
        guard isLinked else { return }
        ownMessages[nextOwnID] = OwnMessage(sentUs: loop.monotonicUs, purpose: purpose)
        send(ClientEnvelope(id: nextOwnID, message))
        nextOwnID += 1
    }
}

/// A message of the client's own, whose answer is nobody else's business.
struct OwnMessage {
    /// What it was sent for.
    enum Purpose {
        case heartbeat
        /// A fresh token.
        case token
        case clicks(batchID: String?)
        /// To enter a relay's room.
        case room(Identifier)
        case runStart(ArcadeGameID)
        case runPoint(RunPoint)
        case runEnd(Identifier)
    }

    var sentUs: Int64
    var purpose: Purpose
}
