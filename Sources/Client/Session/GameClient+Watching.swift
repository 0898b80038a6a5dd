import Protocol
import Transport

// Looking on without a place: over a guest's socket where the host lets spectators watch live, else by polling.
extension GameClient {
    func watch() {
        enter(.connecting)
        connection += 1
        let current = connection
        session?.send(.canvas) { [weak self] result in
            guard let self, state == .connecting, connection == current else { return }
            switch result.answer(CanvasAnswer.self) {
            case .failure(let failure): judge(failure)
            case .success(let answer):
                palette = answer.head.palette
                onEvent(.counts(players: answer.players, queued: answer.queued))
                if answer.hasLiveSpectators, canWatchLive, let token = session?.token {
                    openSocket(token)
                } else {
                    poll(from: answer.head)
                }
            }
        }
    }

    /// Whether a socket may be opened to watch by: an account has but one, which may be in use elsewhere.
    private var canWatchLive: Bool {
        guard case .guest = configuration.identity else { return false }
        return configuration.mode == .watch && configuration.watchesLive && configuration.followsCanvas
            && !isLiveRefused
    }

    private func poll(from head: CanvasHead) {
        enterWatching()
        follow(.head(head))
        if replica.isWaiting { follow(.due) }
        planFetch()
    }

    func enterWatching() {
        enter(.watching)
        timers?.stable.schedule(afterMs: configuration.stableAfterMs)
        if configuration.countsIntervalMs > 0 {
            timers?.counts.schedule(afterMs: configuration.countsIntervalMs)
        }
    }

    /// A watcher's socket is open and welcomed.
    func watchLive(_ welcome: Welcome) {
        isLinked = true
        enterWatching()
        authenticate()
        follow(.head(welcome.canvas))
        hearIfLive(true)
        if configuration.sendsHeartbeats { beat() }
    }

    /// The way to a watcher's socket is barred: it polls for as long as this connection lasts.
    ///
    /// - Returns: whether it was a watcher's.
    func pollInstead() -> Bool {
        guard configuration.mode == .watch, state == .connecting, socket != nil else { return false }
        disconnect(code: .goingAway)
        isLiveRefused = true
        watch()
        return true
    }

    /// Whether the server gives frames to spectators became known.
    func hearIfLive(_ isLive: Bool) {
        isServerLive = isLive
        let getsFrames = isLive || standing.map(Self.getsFrames) ?? false
        // What is said again changes nothing, above all not when the next fetch is due.
        if isLinked, replica.isLive != getsFrames { subscribed(getsFrames) }
    }

    /// The counts' timer: who is there, and for a watcher how long an answer takes.
    func lookAround() {
        let atUs = loop.monotonicUs
        let current = connection
        session?.send(.canvas) { [weak self] result in
            guard let self, connection == current, state == .connected || state == .watching else { return }
            if case .success(let answer) = result.answer(CanvasAnswer.self) {
                if !isLinked { onEvent(.latency(us: Int(loop.monotonicUs - atUs))) }
                onEvent(.counts(players: answer.players, queued: answer.queued))
                hearIfLive(answer.hasLiveSpectators)
            }
            timers?.counts.schedule(afterMs: configuration.countsIntervalMs)
        }
    }
}
