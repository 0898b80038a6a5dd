import Engine
import Protocol
import Transport

/// One WebSocket as the gateway knows it.
final class Connection {
    let id: ConnectionID
    let codec: MessageCodec
    let address: String
    let socket: WebSocket
    /// Where it stands in its codec's list of each topic that it is subscribed to.
    var places: [Topic: Int] = [:]

    init(id: ConnectionID, codec: MessageCodec, address: String, socket: WebSocket) {
        self.id = id
        self.codec = codec
        self.address = address
        self.socket = socket
    }

    /// Encodes a message in this connection's codec and sends it.
    func send(_ envelope: ServerEnvelope) {
        socket.send(codec.frame(envelope))
    }
}

extension MessageCodec {
    /// A message as a whole WebSocket frame of this codec's kind.
    func frame(_ envelope: ServerEnvelope) -> EncodedFrame {
        let payload = encode(envelope)
        return switch self {
        case .json: EncodedFrame(text: payload)
        case .binary: EncodedFrame(binary: payload)
        }
    }

    /// The codec for a `Sec-WebSocket-Protocol` header: the client's first that we speak (RFC 6455 §4.2.2).
    static func chosen(offered header: String?) -> MessageCodec? {
        header?.split(separator: ",").lazy
            .map { $0.trimmingSpaces }
            .compactMap { MessageCodec(rawValue: $0) }
            .first
    }
}
