/// The two forms a WebSocket's messages take, each named by its subprotocol.
///
/// `decode…(encode(x)) == x` for every message; in the binary form `encode(decode…(b)) == b` as well.
public enum MessageCodec: String, Sendable, CaseIterable {
    /// Text frames; also when no subprotocol is asked for.
    case json = "pixelwars.v1.json"
    /// Binary frames, laid out in docs/protocol.md.
    case binary = "pixelwars.v1.binary"

    /// The bytes of a server's message.
    public func encode(_ envelope: ServerEnvelope) -> [UInt8] {
        switch self {
        case .json: ServerMessageJSON.encode(envelope)
        case .binary: ServerMessageBinary.encode(envelope)
        }
    }

    /// The bytes of a client's message.
    public func encode(_ envelope: ClientEnvelope) -> [UInt8] {
        switch self {
        case .json: ClientMessageJSON.encode(envelope)
        case .binary: ClientMessageBinary.encode(envelope)
        }
    }

    /// Reads a whole server's message; throws for anything that `encode` wouldn't mean.
    public func decodeServer(_ bytes: [UInt8]) throws(DecodeFailure) -> ServerEnvelope {
        switch self {
        case .json: try ServerMessageJSON.decode(bytes)
        case .binary: try ServerMessageBinary.decode(bytes)
        }
    }

    /// Reads a whole client's message; throws for anything that `encode` wouldn't mean.
    public func decodeClient(_ bytes: [UInt8]) throws(DecodeFailure) -> ClientEnvelope {
        switch self {
        case .json: try ClientMessageJSON.decode(bytes)
        case .binary: try ClientMessageBinary.decode(bytes)
        }
    }
}

/// Why bytes aren't a message, and which message's answer should say so.
public struct DecodeFailure: Error, Hashable, Sendable {
    /// The message's `id` (or `reply_to`) where it could be read.
    public var id: Int?
    /// `bad_request` naming the field, or `bad_color` for a number that no palette has.
    public var failure: Failure

    /// Joins the parts.
    public init(id: Int?, failure: Failure) {
        self.id = id
        self.failure = failure
    }
}
