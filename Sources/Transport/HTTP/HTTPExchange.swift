/// One request and the place for its answer; confined to its loop's thread.
///
/// Answers may come in any order and leave in the order of the requests. Every exchange must be answered or
/// upgraded; after its connection is gone both do nothing.
public final class HTTPExchange {
    /// The request.
    public let request: HTTPRequest
    /// Whether an answer can still reach the client.
    public var isOpen: Bool { false }

    init(request: HTTPRequest) { self.request = request }

    /// Whether it is a WebSocket handshake that `upgrade` can accept; a bad one never becomes an exchange.
    public var isUpgradeRequest: Bool { false }

    /// The subprotocols a handshake offers, best first.
    public var offeredSubprotocols: [String] { [] }

    /// Answers the request; the first call counts.
    public func respond(_ response: HTTPResponse) {}

    /// Accepts the handshake: the connection becomes a WebSocket.
    ///
    /// - Parameter subprotocol: one of `offeredSubprotocols`, or nil.
    /// - Returns: nil where the connection is gone, already answered, or asked for no WebSocket.
    public func upgrade(subprotocol: String?, handlers: WebSocketHandlers) -> WebSocket? { nil }
}
