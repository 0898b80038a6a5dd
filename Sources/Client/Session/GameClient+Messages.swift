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
        let sentUs = envelope?.replyTo.flatMap { ownMessages.removeValue(forKey: $0) }
        if configuration.deliversRaw, sentUs == nil { onEvent(.raw(bytes, envelope)) }
        guard let envelope else { return }
        switch envelope.message {
        case .welcome(let welcome): welcomed(welcome)
        case .status(let status): entered(status)
        case .pixels(let run): follow(.frame(run))
        case .placed(let version, let epoch):
            onEvent(.placed(PlacedAnswer(version: version, epoch: epoch), replyTo: envelope.replyTo))
        case .canvasReset(let epoch, let version, _, _): follow(.reset(epoch: epoch, version: version))
        case .heartbeat:
            if let sentUs { onEvent(.latency(us: Int(loop.monotonicUs - sentUs))) }
        case .ok: break
        case .error(let failure):
            if sentUs == nil { onEvent(.failed(failure, replyTo: envelope.replyTo)) }
        }
    }

    private func welcomed(_ welcome: Welcome) {
        timers?.attempt.cancel()
        renewedForHandshake = false
        account = welcome.account
        palette = welcome.canvas.palette
        // A third of what the server asks for, so that two lost ones do no harm.
        heartbeatMs = max(1_000, welcome.heartbeatMs / 3)
        enter(.connected)
        onEvent(.welcome(welcome))
        guard isConnected else { return }
        timers?.stable.schedule(afterMs: configuration.stableAfterMs)
        follow(.head(welcome.canvas))
        subscribed(Self.getsFrames(welcome.status))
        if configuration.sendsHeartbeats { beat() }
        if configuration.countsIntervalMs > 0 { lookAround() }
    }

    private static func getsFrames(_ status: StatusWord) -> Bool {
        switch status {
        case .playing, .queued: true
        case .afk, .stalled, .spectator: false
        }
    }

    private func entered(_ status: PlayerStatus) {
        switch status {
        case .afk:
            wantsToPlay = false
            subscribed(false)
        case .queued, .playing:
            subscribed(true)
        }
        onEvent(.status(status, idleLeftMs: nil))
    }

    private func subscribed(_ subscribed: Bool) {
        guard replica.isLive != subscribed || !replica.isCurrent || !subscribed else { return }
        follow(.subscribed(subscribed))
        if replica.isWaiting { follow(.due) }
        planFetch()
    }

    func beat() {
        sendOwn(.heartbeat)
        timers?.heartbeat.schedule(afterMs: heartbeatMs)
    }
}
