/// One request and the place for its answer; confined to its loop's thread.
///
/// Answers may come in any order and leave in the order of the requests. Every exchange must be answered or
/// upgraded; after its connection is gone both do nothing.
public final class HTTPExchange {
    /// The request.
    public let request: HTTPRequest

    /// Whether the answer ends the connection.
    let closes: Bool
    let isHTTP11: Bool
    /// The handshake's key, where it is one.
    let handshakeKey: String?
    /// The answer, waiting for those before it.
    private(set) var answer: HTTPResponse?
    private(set) weak var connection: HTTPConnection?

    /// The subprotocols a handshake offers, best first.
    public let offeredSubprotocols: [String]

    init(
        request: HTTPRequest, connection: HTTPConnection, closes: Bool, isHTTP11: Bool,
        handshakeKey: String? = nil, offeredSubprotocols: [String] = [], answer: HTTPResponse? = nil
    ) {
        self.request = request
        self.connection = connection
        self.closes = closes
        self.isHTTP11 = isHTTP11
        self.handshakeKey = handshakeKey
        self.offeredSubprotocols = offeredSubprotocols
        self.answer = answer
    }

    /// Whether an answer can still reach the client.
    public var isOpen: Bool { connection?.canAnswer(self) ?? false }

    /// Whether it is a WebSocket handshake that `upgrade` can accept; a bad one never becomes an exchange.
    public var isUpgradeRequest: Bool { handshakeKey != nil }

    /// Answers the request; the first call counts.
    public func respond(_ response: HTTPResponse) {
        guard answer == nil, isOpen else { return }
        answer = response
        connection?.sendAnswers()
    }

    /// Begins an answer whose body goes out part by part, until it or the peer ends.
    ///
    /// - Parameters:
    ///   - head: status and headers; its body is left out.
    ///   - onClear: called whenever all that was sent has left, after something had to wait.
    ///   - onClosed: called once when the peer is gone, and not after `BodyStream.end`.
    /// - Returns: nil where the connection is gone, already answered, or still owes another answer.
    public func stream(
        _ head: HTTPResponse, onClear: @escaping () -> Void, onClosed: @escaping () -> Void
    ) -> BodyStream? {
        guard answer == nil, isOpen else { return nil }
        return connection?.stream(head, for: self, onClear: onClear, onClosed: onClosed)
    }

    /// Accepts the handshake: the connection becomes a WebSocket.
    ///
    /// - Parameter subprotocol: one of `offeredSubprotocols`, or nil.
    /// - Returns: nil where the connection is gone, already answered, or asked for no WebSocket.
    public func upgrade(subprotocol: String?, handlers: WebSocketHandlers) -> WebSocket? {
        guard let handshakeKey, answer == nil, isOpen else { return nil }
        return connection?.upgrade(key: handshakeKey, subprotocol: subprotocol, handlers: handlers)
    }
}
