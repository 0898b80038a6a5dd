import Protocol
import Transport

// Losing a connection, and coming back or not.
extension GameClient {
    func disconnect(code: CloseCode) {
        connection += 1
        isLinked = false
        isServerLive = false
        socket?.close(code: code.rawValue)
        socket = nil
        ownMessages = [:]
        clicks.linkLost(atUs: loop.monotonicUs)
        timers?.cancelConnected()
        timers?.attempt.cancel()
        _ = replica.receive(.subscribed(false))
        loseRun()
        if state == .connected || state == .watching { onEvent(.latency(us: nil)) }
    }

    /// The attempt's timer: a wait is over, or the welcome never came.
    func attemptAgain() {
        switch state {
        case .connecting: if !pollInstead() { lost("the server says nothing") }
        case .waiting: comeBack()
        case .signingIn, .connected, .watching, .closed: break
        }
    }

    /// Connects anew, with the token in use as long as that is good.
    func comeBack() {
        if session?.isOpen == true { connect() } else { signIn() }
    }

    func lost(_ reason: String, afterAtLeastMs: Int = 0) {
        disconnect(code: .goingAway)
        isLiveRefused = false
        guard configuration.reconnects else { return enter(.closed(.lost(reason))) }
        let delayMs = max(afterAtLeastMs, backoff.nextDelayMs(using: &generator))
        timers?.attempt.schedule(afterMs: delayMs)
        enter(.waiting(attempt: backoff.attempt, delayMs: delayMs, reason: reason))
    }

    /// The connection held for a while.
    func becameStable() {
        backoff.reset()
        hasRenewedAtOnce = false
    }

    /// The socket was closed; without a code the connection broke.
    func closed(_ code: UInt16?) {
        guard let code else { return lost("the connection was lost") }
        let closeCode = CloseCode(rawValue: code)
        guard configuration.reconnects else {
            if closeCode == .signedOut { session?.drop() }
            return closeCode == .banned ? shownOut() : end(code)
        }
        switch closeCode {
        case .afk: sentAway()
        case .sessionOver: tokenRefused("the server closed the connection (\(code))")
        case .signedOut:
            session?.drop()
            end(code)
        case .banned: shownOut()
        case .replaced: end(code)
        case .normal, .goingAway, .protocolError, .wrongFrameKind, .invalidUTF8, .messageTooBig,
            .internalError, .tooManyMessages, .tooSlow, nil:
            lost("the server closed the connection (\(code))")
        }
    }

    private func end(_ code: UInt16) {
        disconnect(code: .goingAway)
        enter(.closed(.code(code)))
    }

    /// A host closed the socket.
    ///
    /// Whether that was a ban, and why, is told by any call.
    private func shownOut() {
        disconnect(code: .goingAway)
        enter(.signingIn)
        let current = connection
        session?.send(.me) { [weak self] result in
            guard let self, state == .signingIn, connection == current else { return }
            if case .failure(.refused(let failure, _)) = result, failure.code == .banned {
                refused(failure)
            } else {
                end(CloseCode.banned.rawValue)
            }
        }
    }

    /// The socket wants a better token: the first time it gets one at once, then only after a wait.
    private func tokenRefused(_ reason: String, afterAtLeastMs: Int = 0) {
        session?.refuse()
        guard !hasRenewedAtOnce else { return lost(reason, afterAtLeastMs: afterAtLeastMs) }
        hasRenewedAtOnce = true
        disconnect(code: .goingAway)
        signIn()
    }

    func handshakeRefused(_ response: HTTPResponse) {
        let failure = RouteCaller.failure(of: response)
        if case .refused(let refusal, status: 401) = failure {
            return tokenRefused(refusal.message, afterAtLeastMs: refusal.retryAfterMs ?? 0)
        }
        if !pollInstead() { judge(failure) }
    }

    /// Gives up for good where trying again can't help.
    func judge(_ failure: CallFailure) {
        switch failure {
        case .unreachable(let reason, _): lost(reason)
        case .refused(let refusal, let status):
            switch refusal.code {
            case .queueFull:
                // The word was heard; the connection itself can be had without it.
                wish.refused(refusal, replyTo: nil)
                onEvent(.failed(refusal, replyTo: nil))
                lost(refusal.message, afterAtLeastMs: refusal.retryAfterMs ?? 0)
            case .rateLimited, .cooldown, .pushTooSoon, .unauthorized, .tokenExpired, .invalidChallenge,
                .invalidRefreshToken, .refreshReused, .storageUnavailable, .shuttingDown, .internalError,
                .googleUnavailable:
                lost(refusal.message, afterAtLeastMs: refusal.retryAfterMs ?? 0)
            case .badRequest, .signInRequired, .forbidden, .banned, .notFound, .methodNotAllowed,
                .bodyTooLarge, .notPlaying, .outOfBounds, .badColor, .nothingToUndo, .versionAhead,
                .epochChanged, .nameTaken, .invalidSignature, .originRefused, .upgradeRequired,
                .noActiveGame, .implausibleClicks, .gameOverlaps, .puzzleOpen, .noPuzzle, .relayFull,
                .relayStarted, .relayNotRunning, .notInRelay, .playerOut, .runOpen, .runOver, .pointRejected,
                .alreadyOwned, .notOwned, .notEnoughPoints, .adNotOver, .protectedArea, .rollbackRunning,
                .invalidIDToken, .emailNotVerified, .googleNotConfigured, .googleTaken, .googleLinked,
                .authorizationPending, .slowDown, .expiredToken, .accessDenied, .unsupportedGrantType,
                .historyGone:
                // A word of ours under a server's fault is some proxy's, and passes.
                if (400..<500).contains(status) { refused(refusal) } else { lost(refusal.message) }
            }
        }
    }

    /// The server refused us for good.
    func refused(_ failure: Failure) {
        if case .closed = state { return }
        // A banned account's session is worth nothing, also where it is kept.
        if failure.code == .banned { session?.drop() }
        disconnect(code: .goingAway)
        enter(.closed(.refused(failure)))
    }
}
