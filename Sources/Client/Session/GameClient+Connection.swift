import Protocol
import Transport

// The way to an open socket.
extension GameClient {
    private static let welcomeTimeoutMs = 15_000

    func connect() {
        guard let session else { return }
        guard !isPolling else { return watch() }
        guard let token = session.token else { return signIn() }
        enter(.connecting)
        openSocket(token)
    }

    /// Shakes hands by a token; whoever watches never asks to play.
    func openSocket(_ token: String) {
        connection += 1
        let current = connection
        handshakeToken = token
        standing = nil
        let asksToPlay = configuration.mode == .play && wish.beginHandshake()
        let target = Route.webSocket(play: asksToPlay, relay: nil).request.target
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
            failed: { error in ifCurrent { if !$0.pollInstead() { $0.lost(error.message) } } },
            socket: WebSocketHandlers(
                message: { _, message in ifCurrent { $0.receive(message) } },
                closed: { _, code in ifCurrent { $0.closed(code) } }))
    }
}
