/// A client's connection to a listener while it speaks HTTP: requests in, answers out in their order.
final class HTTPConnection {
    /// What the stream's one deadline stands for.
    private enum Watch {
        case handshake, idle, head, body, write, linger, none
    }

    private let listener: HTTPListener
    let stream: TCPStream
    private let limits: ListenerLimits
    private let isSecure: Bool
    private var reader: MessageReader?
    /// Requests that aren't answered yet, in order.
    private var exchanges: [HTTPExchange] = []
    /// A handshake that waits until all before it are answered.
    private var heldUpgrade: HTTPExchange?
    /// Bytes that came while no further request could be taken.
    private var stash: [UInt8] = []
    private var watch = Watch.none
    private var watchedBacklog = 0
    private var isProcessing = false
    private var isResumeDue = false
    private var didContinue = false
    /// Whether no further request is taken: one asked to close, was refused, or the listener stops.
    private var isFinal = false
    private var isLingering = false
    private var didPeerEnd = false
    private var isGone = false
    /// The answer whose body is going out part by part.
    private var body: BodyStream?

    init(listener: HTTPListener, stream: TCPStream, tls: TLSSession?) {
        self.listener = listener
        self.stream = stream
        limits = listener.limits
        isSecure = tls != nil
        stream.start(owner: self, tls: tls)
        updateWatch()
    }

    /// Whether it waits between requests.
    var isIdle: Bool { exchanges.isEmpty && reader == nil && stash.isEmpty && !isLingering }

    func canAnswer(_ exchange: HTTPExchange) -> Bool {
        !isGone && !stream.isBroken && exchanges.contains { $0 === exchange }
    }

    /// Takes no request after those under way.
    func drain() {
        isFinal = true
        if isIdle && stream.backlogBytes == 0 { leave() }
    }

    private func leave() {
        isGone = true
        exchanges = []
        reader = nil
        stash = []
        stream.close()
        closeBody()
    }

    private func closeBody() {
        let body = self.body
        self.body = nil
        body?.didClose()
    }

    // MARK: Answers

    /// Sends the answers that no unanswered request stands before.
    func sendAnswers() {
        while !isLingering, let exchange = exchanges.first, let answer = exchange.answer {
            exchanges.removeFirst()
            let closes = exchange.closes || (isFinal && exchanges.isEmpty) || listener.isStopping
            stream.send(
                MessageWriter.response(
                    answer, isHead: exchange.request.method == "HEAD", closes: closes,
                    isHTTP11: exchange.isHTTP11))
            if closes { beginLingering() }
        }
        if exchanges.isEmpty && didPeerEnd && !isLingering { beginLingering() }
        if exchanges.isEmpty, let upgrade = heldUpgrade {
            heldUpgrade = nil
            exchanges = [upgrade]
            deliverLater(upgrade)
        }
        updateWatch()
        resumeIfPossible()
    }

    private func deliverLater(_ exchange: HTTPExchange) {
        stream.loop.atEndOfIteration { [self] in
            if canAnswer(exchange) { listener.onRequest(exchange) }
        }
    }

    /// Begins an answer whose body comes part by part; no further request is taken.
    func stream(
        _ head: HTTPResponse, for exchange: HTTPExchange, onClear: @escaping () -> Void,
        onClosed: @escaping () -> Void
    ) -> BodyStream? {
        guard exchanges.first === exchange, body == nil, !didPeerEnd, !isLingering else { return nil }
        isFinal = true
        reader = nil
        stash = []
        exchanges = [exchange]
        stream.send(MessageWriter.streamHead(head, isHTTP11: exchange.isHTTP11))
        let body = BodyStream(
            connection: self, isChunked: exchange.isHTTP11, onClear: onClear, onClosed: onClosed)
        self.body = body
        updateWatch()
        return body
    }

    /// Ends the streamed body with what says so, where anything does.
    func endBody(_ last: ByteBlock?) {
        body = nil
        guard !isGone, !isLingering else { return }
        if let last { stream.send(last) }
        beginLingering()
        updateWatch()
    }

    /// Turns the connection into a WebSocket, whose first bytes may be here already.
    func upgrade(key: String, subprotocol: String?, handlers: WebSocketHandlers) -> WebSocket? {
        guard !didPeerEnd, !isLingering else { return nil }
        let socket = WebSocket(
            loop: stream.loop, isClient: false, remote: stream.remote,
            limits: WebSocket.Limits(
                maxMessageBytes: limits.maxMessageBytes, pingIntervalMs: limits.pingIntervalMs,
                pongTimeoutMs: limits.pongTimeoutMs, closeTimeoutMs: limits.closeTimeoutMs,
                maxExtraFramesPerSecond: limits.maxExtraFramesPerSecond, frameFloodCode: limits.frameFloodCode
            ),
            handlers: handlers)
        isGone = true
        exchanges = []
        stream.send(MessageWriter.switching(key: key, subprotocol: subprotocol))
        socket.open(on: stream)
        // Bytes behind the handshake are frames; the owner first gets the socket from this call's return, and
        // nothing newer may come before them.
        stream.pauseReading()
        stream.loop.atEndOfIteration { [self] in
            let early = stash
            stash = []
            if !early.isEmpty { early.withUnsafeBytes { socket.streamDidRead($0) } }
            stream.resumeReading()
        }
        return socket
    }

    private func refuse(_ refusal: HTTPRefusal, of request: HTTPRequest? = nil) {
        isFinal = true
        reader = nil
        stash = []
        let request =
            request
            ?? HTTPRequest(
                method: "", target: "", path: "", query: nil, headers: [:], body: [], remote: stream.remote,
                isSecure: isSecure)
        exchanges.append(
            HTTPExchange(
                request: request, connection: self, closes: true, isHTTP11: true,
                answer: listener.refusal(refusal)))
        sendAnswers()
    }

    /// Ends our side and throws away what still comes, so that a reset can't overtake the last answer.
    private func beginLingering() {
        isLingering = true
        isFinal = true
        exchanges = []
        heldUpgrade = nil
        reader = nil
        stash = []
        stream.end()
        stream.resumeReading()
        leaveIfDone()
    }

    private func leaveIfDone() {
        if isLingering && didPeerEnd && stream.backlogBytes == 0 {
            // Not now: the caller may be in the middle of this connection's reading.
            stream.loop.atEndOfIteration { [self] in if !isGone { leave() } }
        }
    }
}

// MARK: Requests

extension HTTPConnection {
    /// Whether a further request must wait.
    private var isStalled: Bool {
        exchanges.count >= limits.maxPipelined || heldUpgrade != nil
            || exchanges.last.map { $0.isUpgradeRequest } == true || stream.backlogBytes > 256 * 1024
    }

    private func process(_ bytes: UnsafeRawBufferPointer) {
        guard !isProcessing else {
            stash.append(contentsOf: bytes)
            return
        }
        isProcessing = true
        var input = bytes
        while !input.isEmpty && !isFinal && !isGone && !isStalled { step(&input) }
        isProcessing = false
        if (isFinal && !isGone) || isLingering { return updateWatch() }
        if !input.isEmpty {
            stash = Array(input)
            if !isGone { stream.pauseReading() }
        }
        if !isGone { updateWatch() }
    }

    private func step(_ input: inout UnsafeRawBufferPointer) {
        let reader =
            self.reader
            ?? MessageReader(
                isRequest: true,
                limits: .init(maxHeaderBytes: limits.maxHeaderBytes, maxBodyBytes: limits.maxBodyBytes))
        if self.reader == nil { didContinue = false }
        self.reader = reader
        switch reader.read(&input) {
        case .wantsMore: sendContinue(reader)
        case .refused(let refusal): refuse(refusal)
        case .done:
            self.reader = nil
            take(reader)
        }
    }

    private func take(_ reader: MessageReader) {
        guard let (path, query) = RequestRules.split(reader.target) else {
            return refuse(.malformed("the target is not valid"))
        }
        let request = HTTPRequest(
            method: reader.method, target: String(decoding: reader.target, as: UTF8.self), path: path,
            query: query, headers: reader.headers, body: reader.body, remote: stream.remote,
            isSecure: isSecure)
        var key: String?
        var subprotocols: [String] = []
        switch WebSocketHandshake.verdict(on: request, isHTTP11: reader.isHTTP11) {
        case .none: break
        case .valid(let itsKey, let offered): (key, subprotocols) = (itsKey, offered)
        case .refused(let refusal): return refuse(refusal, of: request)
        }
        if !reader.keepsAlive && key == nil { isFinal = true }
        let exchange = HTTPExchange(
            request: request, connection: self, closes: !reader.keepsAlive, isHTTP11: reader.isHTTP11,
            handshakeKey: key, offeredSubprotocols: subprotocols)
        if key != nil && !exchanges.isEmpty {
            heldUpgrade = exchange
        } else {
            exchanges.append(exchange)
            listener.onRequest(exchange)
        }
    }

    /// Tells a client that waits before sending its body to go on (RFC 9110 §10.1.1).
    private func sendContinue(_ reader: MessageReader) {
        guard reader.isHeadDone, !didContinue, reader.isHTTP11, reader.headers["Expect"] != nil else {
            return
        }
        // Behind an unanswered request it would be taken for that one's; the client then goes on by itself.
        guard exchanges.isEmpty else { return }
        didContinue = true
        stream.send(ByteBlock(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)))
    }

    private func resumeIfPossible() {
        guard !isGone, !isLingering, !isProcessing, !isStalled, !isResumeDue else { return }
        isResumeDue = true
        stream.loop.atEndOfIteration { [self] in
            isResumeDue = false
            guard !isGone, !isLingering, !isStalled else { return }
            stream.resumeReading()
            let bytes = stash
            stash = []
            if !bytes.isEmpty { bytes.withUnsafeBytes { process($0) } }
        }
    }
}

// MARK: Deadlines

extension HTTPConnection {
    /// Sets the deadline anew where what is waited for changed.
    private func updateWatch() {
        guard !isGone else { return }
        let next: Watch
        if !stream.isOpen {
            next = .handshake
        } else if stream.backlogBytes > 0 {
            next = .write
        } else if isLingering {
            next = .linger
        } else if let reader {
            next = reader.isHeadDone ? .body : .head
        } else {
            next = exchanges.isEmpty ? .idle : .none
        }
        guard next != watch else { return }
        watch = next
        watchedBacklog = stream.backlogBytes
        switch next {
        case .handshake: stream.setDeadline(afterMs: limits.handshakeTimeoutMs)
        case .idle, .head: stream.setDeadline(afterMs: limits.headerTimeoutMs)
        case .body: stream.setDeadline(afterMs: limits.bodyTimeoutMs)
        case .write: stream.setDeadline(afterMs: limits.writeTimeoutMs)
        case .linger: stream.setDeadline(afterMs: limits.lingerTimeoutMs)
        case .none: stream.setDeadline(afterMs: nil)
        }
    }
}

extension HTTPConnection: StreamOwner {
    func streamDidOpen() { updateWatch() }

    func streamDidRead(_ bytes: UnsafeRawBufferPointer) {
        guard !isGone, !isFinal else { return }
        guard stash.isEmpty else {
            stash.append(contentsOf: bytes)
            return
        }
        process(bytes)
    }

    func streamDidEnd() {
        guard !isGone else { return }
        didPeerEnd = true
        isFinal = true
        reader = nil
        // Nobody is there to look at what follows: half-closed connections aren't told from lost ones.
        if body != nil { return leave() }
        if exchanges.isEmpty && !isLingering { return beginLingering() }
        leaveIfDone()
    }

    func streamDidFail(_ error: TransportError) {
        isGone = true
        exchanges = []
        closeBody()
    }

    func streamBacklogDidChange() {
        guard !isGone else { return }
        updateWatch()
        body?.backlogDidChange(stream.backlogBytes)
        leaveIfDone()
        resumeIfPossible()
    }

    func streamDeadlineDidPass() {
        guard !isGone else { return }
        switch watch {
        case .handshake, .idle, .linger: leave()
        case .head, .body: refuse(.timedOut)
        case .write:
            guard stream.backlogBytes < watchedBacklog else { return leave() }
            watchedBacklog = stream.backlogBytes
            stream.setDeadline(afterMs: limits.writeTimeoutMs)
        case .none: break
        }
    }
}
