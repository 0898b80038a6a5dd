import Protocol

// Asking to play, leaving, and being sent away.
extension GameClient {
    /// Asks to play; a client that was closed, or sent away for idling, comes back for it.
    public func play() {
        wish.ask(.play)
        switch state {
        case .closed: start()
        case .connected: wish.sent(send(.play))
        case .signingIn, .connecting, .watching, .waiting: returnIfAway()
        }
    }

    /// A word of the owner's ends being away for idling.
    func returnIfAway() {
        guard isAway else { return }
        isAway = false
        guard state == .watching || state == .connecting else { return }
        disconnect(code: .goingAway)
        comeBack()
    }

    /// Stops playing; the connection stays.
    public func leave() {
        wish.ask(.leave)
        wish.sent(send(.leave))
    }

    /// Idling ended play, and the socket with it: the canvas goes on by polling.
    func sentAway() {
        // Who asked to play at the same moment wasn't heard, and asks again.
        if wish.isForPlay { return lost("you were away too long") }
        let wasConnected = isConnected
        disconnect(code: .goingAway)
        if standing != .afk {
            standing = .afk
            onEvent(.status(.afk, idleLeftMs: nil))
        }
        isAway = true
        guard wasConnected else { return comeBack() }
        enterWatching()
        if configuration.countsIntervalMs > 0 { lookAround() }
        planFetch()
    }

    /// Whether the canvas is followed without a socket.
    var isPolling: Bool { configuration.mode == .watch || isAway }
}
