/// What a socket, a name look-up, TLS or the peer's answer failed with.
public struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it was; callers decide by this.
    public var code: Code
    /// One sentence for the person who can act on it.
    public var message: String

    /// The kinds of failure.
    public enum Code: Hashable, Sendable {
        /// The system or libuv refused: no such address, port in use, no permission, out of descriptors.
        case system
        /// The name could not be resolved.
        case nameNotFound
        /// Nobody accepted the connection.
        case connectionRefused
        /// The connection ended before the answer was whole.
        case connectionLost
        /// Nothing came in the time allowed.
        case timedOut
        /// The certificate, key or handshake was not good.
        case tls
        /// The peer broke the protocol.
        case protocolViolation
        /// The answer was longer than allowed.
        case tooLarge
        /// The client was closed before the answer came.
        case cancelled
    }

    /// Joins a code and its message.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
