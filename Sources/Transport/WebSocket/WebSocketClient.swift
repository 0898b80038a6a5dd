/// Opens WebSockets from the client's end.
public enum WebSocketClient {
    /// Limits of the client's end.
    public struct Limits: Hashable, Sendable {
        /// From the call to the server's 101.
        public var connectTimeoutMs = 10_000
        /// The longest message taken; a longer one closes with 1009.
        public var maxMessageBytes = 16 * 1024 * 1024
        /// Between pings.
        public var pingIntervalMs = 15_000
        /// A server silent for this long is given up.
        public var pongTimeoutMs = 40_000
        /// From our close frame to the server's.
        public var closeTimeoutMs = 2_000

        /// The usual values.
        public init() {}
    }

    /// Connects; the handlers hear how it went, never from inside this call.
    ///
    /// - Parameters:
    ///   - target: path and query, such as `/ws?play=1`.
    ///   - headers: further fields, such as `Authorization`.
    ///   - subprotocols: those offered, best first.
    public static func connect(
        loop: EventLoop, url: ServerURL, target: String, headers: HTTPHeaders = [:],
        subprotocols: [String] = [],
        tls: TLSClientSettings? = nil, limits: Limits = Limits(), handlers: WebSocketClientHandlers
    ) -> WebSocket {
        let socket = WebSocket(
            loop: loop, isClient: true, remote: NetAddress(host: url.host, port: url.port),
            limits: WebSocket.Limits(
                maxMessageBytes: limits.maxMessageBytes, pingIntervalMs: limits.pingIntervalMs,
                pongTimeoutMs: limits.pongTimeoutMs, closeTimeoutMs: limits.closeTimeoutMs),
            handlers: handlers.socket)
        var request = HTTPClientRequest(method: "GET", target: target, headers: headers)
        request.headers["Upgrade"] = "websocket"
        request.headers["Connection"] = "Upgrade"
        request.headers["Sec-WebSocket-Version"] = "13"
        if !subprotocols.isEmpty {
            request.headers["Sec-WebSocket-Protocol"] = subprotocols.joined(separator: ", ")
        }
        let opening = WebSocketOpening(
            socket: socket, url: url, request: request, subprotocols: subprotocols, handlers: handlers)
        opening.start(tls: TLSContext.client(of: url, tls), timeoutMs: limits.connectTimeoutMs)
        return socket
    }
}

/// A client's handshake, from the look-up of the name to the server's 101.
private final class WebSocketOpening {
    private let loop: EventLoop
    private let url: ServerURL
    private let subprotocols: [String]
    private let socket: WebSocket
    private var request: HTTPClientRequest
    private var handlers: WebSocketClientHandlers?
    private var key = ""
    private var connector: TCPConnector?
    private var stream: TCPStream?
    private var timer: LoopTimer?
    private let reader = MessageReader(
        isRequest: false, limits: .init(maxHeaderBytes: 32 * 1024, maxBodyBytes: 1024 * 1024))

    init(
        socket: WebSocket, url: ServerURL, request: HTTPClientRequest, subprotocols: [String],
        handlers: WebSocketClientHandlers
    ) {
        loop = socket.loop
        self.socket = socket
        self.url = url
        self.request = request
        self.subprotocols = subprotocols
        self.handlers = handlers
    }

    func start(tls: Result<TLSContext?, TransportError>, timeoutMs: Int) {
        socket.onCancel { [self] in
            fail(TransportError(.cancelled, "the socket was closed before it was open"))
        }
        timer = loop.makeTimer { [self] in
            fail(TransportError(.timedOut, "\(url) did not answer the WebSocket handshake in time"))
        }
        timer?.schedule(afterMs: timeoutMs)
        guard case .success(let context) = tls, let key = WebSocketHandshake.makeKey() else {
            if case .failure(let error) = tls { return fail(error) }
            return fail(TransportError(.system, "there is no randomness for the handshake"))
        }
        self.key = key
        request.headers["Sec-WebSocket-Key"] = key
        let connector = TCPConnector(loop: loop, url: url) { [self] result in
            self.connector = nil
            switch result {
            case .failure(let error): fail(error)
            case .success(let stream):
                self.stream = stream
                stream.start(owner: self, context: context, host: url.host)
                if stream.isOpen { streamDidOpen() }
            }
        }
        self.connector = connector
        connector.start()
    }

    private func fail(_ error: TransportError) {
        guard let handlers = end() else { return }
        socket.abandon()
        loop.atEndOfIteration { handlers.failed(error) }
    }

    private func refuse() {
        guard let handlers = end() else { return }
        socket.abandon()
        handlers.refused(reader.response)
    }

    /// Lets everything go but what the caller takes over; nil where that was done before.
    private func end() -> WebSocketClientHandlers? {
        let handlers = self.handlers
        self.handlers = nil
        timer = nil
        connector?.cancel()
        connector = nil
        stream?.close()
        stream = nil
        return handlers
    }

    private func accept(_ rest: UnsafeRawBufferPointer) {
        let headers = reader.headers
        let subprotocol = headers["Sec-WebSocket-Protocol"]
        let isValid =
            headers.lists("Upgrade", token: "websocket") && headers.lists("Connection", token: "upgrade")
            && headers.all("Sec-WebSocket-Accept") == [WebSocketHandshake.acceptance(of: key)]
            && headers["Sec-WebSocket-Extensions"] == nil
            && (subprotocol.map(subprotocols.contains) ?? true)
        guard isValid else {
            return fail(TransportError(.protocolViolation, "\(url) answered the WebSocket handshake wrongly"))
        }
        guard let stream else { return }
        self.stream = nil
        guard let handlers = end() else { return }
        socket.open(on: stream)
        handlers.opened(socket, subprotocol)
        if !rest.isEmpty { socket.streamDidRead(rest) }
    }
}

extension WebSocketOpening: StreamOwner {
    func streamDidOpen() {
        stream?.send(MessageWriter.request(request, host: url.hostHeader, upgrade: true))
    }

    func streamDidRead(_ bytes: UnsafeRawBufferPointer) {
        var input = bytes
        switch reader.read(&input) {
        case .wantsMore: return
        case .refused(let refusal):
            fail(TransportError(.protocolViolation, "no good answer from \(url): \(refusal.message)"))
        case .done: reader.status == 101 ? accept(input) : refuse()
        }
    }

    func streamDidEnd() {
        if reader.hasBegun && reader.readEnd() && reader.status != 101 { return refuse() }
        fail(TransportError(.connectionLost, "\(url) ended the connection in the WebSocket handshake"))
    }

    func streamDidFail(_ error: TransportError) { fail(error) }

    func streamBacklogDidChange() {}

    func streamDeadlineDidPass() {}
}
