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
        WebSocket(remote: NetAddress(host: url.host, port: url.port))
    }
}
