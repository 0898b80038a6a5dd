/// Requests to one server over one keep-alive connection, one after the other; confined to its loop's thread.
///
/// It lives until `close`. A request that finds its idle connection ended by the server is sent once more on a
/// fresh one, where nothing of an answer had come and the method is idempotent.
public final class HTTPClient {
    /// How a request went.
    public typealias Completion = (Result<HTTPResponse, TransportError>) -> Void

    private let loop: EventLoop
    private let url: ServerURL
    private let tls: Result<TLSContext?, TransportError>
    private let limits: MessageReader.Limits
    private var waiting: [PendingRequest] = []
    private var current: PendingRequest?
    private var connector: TCPConnector?
    private var stream: TCPStream?
    private var reader: MessageReader?
    private var answersOnStream = 0
    private var isClosed = false

    /// Connects with the first request.
    ///
    /// - Parameter maxAnswerBytes: the longest body taken.
    public init(
        loop: EventLoop, url: ServerURL, tls: TLSClientSettings? = nil, maxAnswerBytes: Int = 64 * 1024 * 1024
    ) {
        self.loop = loop
        self.url = url
        self.tls = TLSContext.client(of: url, tls)
        limits = MessageReader.Limits(maxHeaderBytes: 32 * 1024, maxBodyBytes: maxAnswerBytes)
    }

    /// Queues a request; the completion is called exactly once, never from inside this call.
    ///
    /// - Parameter timeoutMs: from this call to the whole answer.
    public func send(_ request: HTTPClientRequest, timeoutMs: Int, completion: @escaping Completion) {
        guard !isClosed else {
            return loop.atEndOfIteration { completion(.failure(Self.cancelled)) }
        }
        let pending = PendingRequest(request, completion)
        pending.timer = loop.makeTimer { [weak self, weak pending] in
            if let self, let pending { expire(pending) }
        }
        pending.timer?.schedule(afterMs: timeoutMs)
        waiting.append(pending)
        loop.atEndOfIteration { [self] in advance() }
    }

    /// Drops the connection; requests under way and later ones fail with `cancelled`.
    public func close() {
        guard !isClosed else { return }
        isClosed = true
        dropStream()
        connector?.cancel()
        connector = nil
        let dropped = (current.map { [$0] } ?? []) + waiting
        current = nil
        waiting = []
        loop.atEndOfIteration { for pending in dropped { pending.finish(.failure(Self.cancelled)) } }
    }

    private static let cancelled = TransportError(.cancelled, "the client was closed")

    // MARK: Requests

    private func advance() {
        guard !isClosed, current == nil, connector == nil, !waiting.isEmpty else { return }
        guard let stream, !stream.isBroken else { return connect() }
        // A connection in its TLS handshake sends once it is open.
        guard stream.isOpen else { return }
        if answersOnStream > 0 && stream.isEndWaiting { return connect() }
        let pending = waiting.removeFirst()
        current = pending
        reader = MessageReader(
            isRequest: false, limits: limits, answersHead: pending.request.method == "HEAD")
        stream.send(MessageWriter.request(pending.request, host: url.hostHeader))
    }

    private func connect() {
        dropStream()
        guard case .success(let context) = tls else {
            if case .failure(let error) = tls { failFirst(error) }
            return
        }
        let connector = TCPConnector(loop: loop, url: url) { [self] result in
            self.connector = nil
            switch result {
            case .failure(let error): failFirst(error)
            case .success(let stream):
                self.stream = stream
                stream.start(owner: self, context: context, host: url.host)
                advance()
            }
        }
        self.connector = connector
        connector.start()
    }

    /// Fails the request that was to be sent next; the others try for themselves.
    private func failFirst(_ error: TransportError) {
        guard !waiting.isEmpty else { return }
        waiting.removeFirst().finish(.failure(error))
        loop.atEndOfIteration { [self] in advance() }
    }

    private func expire(_ pending: PendingRequest) {
        let error = TransportError(.timedOut, "no answer to \(pending.request.target) from \(url) in time")
        if current === pending {
            // The answer may still come and must not be taken for the next one's.
            current = nil
            dropStream()
        } else if let index = waiting.firstIndex(where: { $0 === pending }) {
            waiting.remove(at: index)
            if waiting.isEmpty, let connector {
                connector.cancel()
                self.connector = nil
            }
        }
        pending.finish(.failure(error))
        advance()
    }

    private func dropStream() {
        reader = nil
        answersOnStream = 0
        stream?.close()
        stream = nil
    }

    private func finishCurrent(_ result: Result<HTTPResponse, TransportError>, keepsStream: Bool) {
        let pending = current
        current = nil
        reader = nil
        if !keepsStream { dropStream() }
        pending?.finish(result)
        advance()
    }
}

// MARK: The stream

extension HTTPClient: StreamOwner {
    func streamDidOpen() { advance() }

    func streamDidRead(_ bytes: UnsafeRawBufferPointer) {
        guard current != nil else {
            // Nothing was asked: whatever this is, it can't be trusted to belong to the next request.
            return dropStream()
        }
        var input = bytes
        while !input.isEmpty, let reader {
            switch reader.read(&input) {
            case .wantsMore: return
            case .refused(.bodyTooLarge):
                let error = TransportError(.tooLarge, "the answer from \(url) is too long")
                return finishCurrent(.failure(error), keepsStream: false)
            case .refused(let refusal):
                let error = TransportError(
                    .protocolViolation, "no good answer from \(url): \(refusal.message)")
                return finishCurrent(.failure(error), keepsStream: false)
            case .done:
                if (100..<200).contains(reader.status) {
                    let isHead = current?.request.method == "HEAD"
                    self.reader = MessageReader(isRequest: false, limits: limits, answersHead: isHead)
                } else {
                    answersOnStream += 1
                    return finishCurrent(
                        .success(reader.response), keepsStream: reader.keepsAlive && input.isEmpty)
                }
            }
        }
    }

    func streamDidEnd() { lose(TransportError(.connectionLost, "\(url) ended the connection")) }

    func streamDidFail(_ error: TransportError) { lose(error) }

    private func lose(_ error: TransportError) {
        guard let current else {
            // In the handshake the request still waits and can't be sent; while idle nobody is hurt.
            let isHandshake = stream.map { !$0.isOpen && answersOnStream == 0 } ?? false
            dropStream()
            return isHandshake ? failFirst(error) : advance()
        }
        if let reader, reader.hasBegun {
            let isWhole = reader.readEnd()
            return finishCurrent(isWhole ? .success(reader.response) : .failure(error), keepsStream: false)
        }
        let isStale = answersOnStream > 0 && current.request.isIdempotent && !current.isRepeated
        guard isStale else { return finishCurrent(.failure(error), keepsStream: false) }
        current.isRepeated = true
        waiting.insert(current, at: 0)
        self.current = nil
        dropStream()
        advance()
    }

    func streamBacklogDidChange() {}

    func streamDeadlineDidPass() {}
}

/// A request on its way, and who waits for the answer.
private final class PendingRequest {
    let request: HTTPClientRequest
    var timer: LoopTimer?
    var isRepeated = false
    private var completion: HTTPClient.Completion?

    init(_ request: HTTPClientRequest, _ completion: @escaping HTTPClient.Completion) {
        self.request = request
        self.completion = completion
    }

    func finish(_ result: Result<HTTPResponse, TransportError>) {
        timer = nil
        let completion = self.completion
        self.completion = nil
        completion?(result)
    }
}
