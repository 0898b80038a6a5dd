/// A whole message, fragments joined.
public enum WebSocketMessage: Hashable, Sendable {
    /// A text message; the bytes are valid UTF-8.
    case text([UInt8])
    /// A binary message.
    case binary([UInt8])
}

/// What a socket's owner wants to hear, all on the loop's thread.
public struct WebSocketHandlers {
    /// A whole message came.
    public var message: (WebSocket, WebSocketMessage) -> Void
    /// A pong to one of our latest pings came, `roundTripUs` is fresh.
    public var pong: (WebSocket) -> Void
    /// Frames came that end no message: pings, pongs, whatever they answer, parts; once for all that were read
    /// at one go.
    ///
    /// With `message` it is every sign of life that is a whole frame.
    public var alive: (WebSocket) -> Void
    /// The bytes that wait for the peer became positive, grew by another 16 KiB, or fell to 0.
    ///
    /// Called at the end of the loop's iteration, never from inside `send`.
    public var backlog: (WebSocket, Int) -> Void
    /// The socket is over, exactly once; the code is the peer's, or ours where it answered.
    ///
    /// Nil where the connection was lost. Called at the end of the loop's iteration, never from inside `close`.
    public var closed: (WebSocket, UInt16?) -> Void

    /// Joins the handlers; those left out ignore their event.
    public init(
        message: @escaping (WebSocket, WebSocketMessage) -> Void,
        pong: @escaping (WebSocket) -> Void = { _ in },
        alive: @escaping (WebSocket) -> Void = { _ in },
        backlog: @escaping (WebSocket, Int) -> Void = { _, _ in },
        closed: @escaping (WebSocket, UInt16?) -> Void = { _, _ in }
    ) {
        self.message = message
        self.pong = pong
        self.alive = alive
        self.backlog = backlog
        self.closed = closed
    }
}

/// What the client's end of a socket wants to hear.
///
/// After `connect` exactly one of `refused`, `failed` and `opened` comes; after `opened` exactly one
/// `socket.closed`.
public struct WebSocketClientHandlers {
    /// The server took the handshake, with the subprotocol it chose.
    public var opened: (WebSocket, String?) -> Void
    /// The server answered with something else than 101.
    public var refused: (HTTPResponse) -> Void
    /// There was no answer, or one that isn't a WebSocket's.
    public var failed: (TransportError) -> Void
    /// What comes once the socket is open.
    public var socket: WebSocketHandlers

    /// Joins the handlers.
    public init(
        opened: @escaping (WebSocket, String?) -> Void,
        refused: @escaping (HTTPResponse) -> Void,
        failed: @escaping (TransportError) -> Void,
        socket: WebSocketHandlers
    ) {
        self.opened = opened
        self.refused = refused
        self.failed = failed
        self.socket = socket
    }
}
