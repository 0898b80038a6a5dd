/// One end of an RFC 6455 connection; confined to its loop's thread.
public final class WebSocket {
    /// The owner's number for it; the transport doesn't look at it.
    public var tag: UInt64 = 0
    /// The peer's address.
    public let remote: NetAddress
    /// The bytes accepted by `send` that the system hasn't taken yet.
    public var backlogBytes: Int { 0 }
    /// From our latest answered ping to its pong.
    public private(set) var roundTripUs: Int64?
    /// Whether messages can still be sent.
    public var isOpen: Bool { false }

    init(remote: NetAddress) { self.remote = remote }

    /// Sends a frame; what the system refuses waits, sharing the frame's bytes.
    public func send(_ frame: EncodedFrame) {}

    /// Sends the same frame to many sockets: the cheapest way to broadcast.
    public static func broadcast(_ frame: EncodedFrame, to sockets: ContiguousArray<WebSocket>) {}

    /// Sends a text message; the bytes must be valid UTF-8.
    public func send(text: [UInt8]) { send(EncodedFrame(text: text)) }

    /// Sends a binary message.
    public func send(binary: [UInt8]) { send(EncodedFrame(binary: binary)) }

    /// Closes behind all that was sent; nothing more is received.
    public func close(code: UInt16, reason: String = "") {}

    /// Finishes the frame under way, drops those behind it, then closes.
    public func closeAfterCurrentFrame(code: UInt16, reason: String = "") {}

    /// Drops the connection at once.
    public func terminate() {}
}
