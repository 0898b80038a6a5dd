/// Every bound a listener keeps; the caller takes the values from its own table of limits.
public struct ListenerLimits: Hashable, Sendable {
    /// From accept to a finished TLS handshake.
    public var handshakeTimeoutMs = 5_000
    /// From accept, the first byte of a request, or the last answer, to a whole head.
    public var headerTimeoutMs = 10_000
    /// From a whole head to a whole body.
    public var bodyTimeoutMs = 30_000
    /// How long a peer may take nothing of what is waiting for it before an HTTP connection is dropped.
    public var writeTimeoutMs = 30_000
    /// How long a refused or finished connection is read on, so that the peer sees its last answer.
    public var lingerTimeoutMs = 2_000
    /// The longest request head, request line and headers.
    public var maxHeaderBytes = 8 * 1024
    /// The longest request body.
    public var maxBodyBytes = 64 * 1024
    /// The longest message a WebSocket takes; a longer one closes with 1009.
    public var maxMessageBytes = 4 * 1024
    /// Connections in all; one more is closed at once.
    public var maxConnections = 50_000
    /// Connections from one address (`NetAddress.limitKey`); one more is closed at once, 0 is off.
    public var maxConnectionsPerAddress = 0
    /// The addresses, as `NetAddress.host` writes them, that the cap an address leaves out: a proxy's stands
    /// for many peers.
    public var uncappedAddresses: Set<String> = []
    /// Frames a WebSocket takes in a second beside those that end a message: pings, pongs, all but the last
    /// part of a message; more close it with `frameFloodCode`.
    public var maxExtraFramesPerSecond = 8 * 1024
    /// The close code for more frames than that; 1008 is RFC 6455's for a policy.
    public var frameFloodCode: UInt16 = 1008
    /// Requests under way on one connection; further ones wait unread.
    public var maxPipelined = 16
    /// Between the WebSocket pings; a third of `pongTimeoutMs`, say, so that one may be lost.
    public var pingIntervalMs = 15_000
    /// A WebSocket silent for this long, although it was asked, is given up as half open.
    public var pongTimeoutMs = 40_000
    /// From our close frame to the peer's.
    public var closeTimeoutMs = 2_000

    /// The contract's values.
    public init() {}
}
