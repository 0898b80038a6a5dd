import Protocol
import Transport

// Signing in, connecting, losing a connection and coming back.
extension GameClient {
    private static let welcomeTimeoutMs = 15_000

    func signIn() {
        enter(.signingIn)
        session?.renew { [weak self] result in
            guard let self, state == .signingIn else { return }
            switch result {
            case .success: connect()
            case .failure(let failure): signInFailed(failure)
            }
        }
    }

    func renewed(_ account: AccountName, wasRefreshed: Bool) {
        self.account = account
        if wasRefreshed {
            authenticate()
        } else {
            let isGuest = if case .guest = configuration.identity { true } else { false }
            onEvent(.signedIn(account, isGuest: isGuest))
            // The old session's socket may live on, under the new token.
            authenticate()
        }
    }

    func connect() {
        guard let session else { return }
        guard configuration.mode == .play else { return watch() }
        guard let token = session.token else { return signIn() }
        enter(.connecting)
        connection += 1
        let current = connection
        let target = Route.webSocket(play: wantsToPlay).request.target
        var limits = WebSocketClient.Limits()
        limits.maxMessageBytes = Protocol.Limits.maxServerMessageBytes
        limits.pingIntervalMs = Protocol.Limits.pingIntervalMs
        limits.pongTimeoutMs = Protocol.Limits.pongTimeoutMs
        limits.closeTimeoutMs = Protocol.Limits.closeTimeoutMs
        timers?.attempt.schedule(afterMs: Self.welcomeTimeoutMs)
        socket = WebSocketClient.connect(
            loop: loop, url: configuration.url, target: target, headers: ["Authorization": "Bearer \(token)"],
            subprotocols: [configuration.codec.rawValue], tls: configuration.tls, limits: limits,
            handlers: handlers(for: current))
    }

    private func handlers(for current: Int) -> WebSocketClientHandlers {
        let ifCurrent = { [weak self] (body: (GameClient) -> Void) in
            guard let self, connection == current else { return }
            body(self)
        }
        return WebSocketClientHandlers(
            opened: { _, subprotocol in
                ifCurrent { $0.codec = subprotocol.flatMap(MessageCodec.init) ?? .json }
            },
            refused: { response in ifCurrent { $0.handshakeRefused(response) } },
            failed: { error in ifCurrent { $0.lost(error.message) } },
            socket: WebSocketHandlers(
                message: { _, message in ifCurrent { $0.receive(message) } },
                closed: { _, code in ifCurrent { $0.closed(code) } }))
    }

    func disconnect(code: CloseCode) {
        connection += 1
        socket?.close(code: code.rawValue)
        socket = nil
        ownMessages = [:]
        timers?.cancelConnected()
        timers?.attempt.cancel()
        _ = replica.receive(.subscribed(false))
        if state == .connected || state == .watching { onEvent(.latency(us: nil)) }
    }

    /// The attempt's timer: a wait is over, or the welcome never came.
    func attemptAgain() {
        switch state {
        case .connecting: lost("the server says nothing")
        case .waiting: session?.token == nil ? signIn() : connect()
        case .signingIn, .connected, .watching, .closed: break
        }
    }

    func lost(_ reason: String, afterAtLeastMs: Int = 0) {
        disconnect(code: .goingAway)
        guard configuration.reconnects else { return enter(.closed(.lost(reason))) }
        let delayMs = max(afterAtLeastMs, backoff.nextDelayMs(using: &generator))
        timers?.attempt.schedule(afterMs: delayMs)
        enter(.waiting(attempt: backoff.attempt, delayMs: delayMs, reason: reason))
    }

    func refused(_ failure: Failure) {
        disconnect(code: .goingAway)
        enter(.closed(.refused(failure)))
    }

    private func closed(_ code: UInt16?) {
        guard let code else { return lost("the connection was lost") }
        if CloseCode(rawValue: code)?.allowsReconnect ?? true, configuration.reconnects {
            return lost("the server closed the connection (\(code))")
        }
        disconnect(code: .goingAway)
        if code == CloseCode.afk.rawValue { wantsToPlay = false }
        enter(.closed(.code(code)))
    }

    private func signInFailed(_ failure: CallFailure) {
        // A watcher without a token shares its address's cooldown and sees the same canvas.
        if configuration.mode == .watch, case .refused(let refusal, _) = failure, refusal.code == .rateLimited
        {
            return connect()
        }
        judge(failure)
    }

    /// Gives up for good where trying again can't help.
    func judge(_ failure: CallFailure) {
        switch failure {
        case .unreachable(let reason): lost(reason)
        case .refused(let refusal, let status):
            switch refusal.code {
            case .invalidChallenge, .rateLimited, .tokenExpired, .unauthorized, .cooldown:
                lost(refusal.message, afterAtLeastMs: refusal.retryAfterMs ?? 0)
            default:
                if (400..<500).contains(status) { refused(refusal) } else { lost(refusal.message) }
            }
        }
    }

    private func handshakeRefused(_ response: HTTPResponse) {
        let failure = RouteCaller.failure(of: response)
        guard failure.isUnauthorized, !renewedForHandshake else { return judge(failure) }
        renewedForHandshake = true
        disconnect(code: .goingAway)
        signIn()
    }

    /// Tells the socket of a fresh token, which prolongs its session.
    private func authenticate() {
        guard isConnected, let token = session?.token else { return }
        sendOwn(.authenticate(token: token))
    }

    func sendOwn(_ message: ClientMessage) {
        guard isConnected else { return }
        ownMessages[nextOwnID] = loop.monotonicUs
        send(ClientEnvelope(id: nextOwnID, message))
        nextOwnID += 1
    }
}
