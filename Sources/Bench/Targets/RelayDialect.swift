import Protocol

/// The binary subprotocol for members of relays' rooms.
final class RelayDialect: Dialect {
    let playsOnOpening = false
    let acknowledges = true
    let placementOpcode: UInt8 = 2
    /// Takes a room's event.
    var heard: (_ client: LoadClient, _ frame: RelayFrame, _ payload: UnsafeRawBufferPointer) -> Void = {
        _, _, _ in
    }
    /// Takes what answers a message.
    var answered: (_ client: LoadClient, _ envelope: ServerEnvelope) -> Void = { _, _ in }
    /// Takes who a client is.
    var welcomed: (_ client: LoadClient, _ account: Identifier) -> Void = { _, _ in }
    /// Frames of rooms that came, and the bytes of their payloads.
    private(set) var frames = 0
    private(set) var bytes = 0

    func placement(cell: Int, color: UInt8, number: Int) -> [UInt8] {
        preconditionFailure("members place nothing")
    }

    func pixels(opcode: UInt8, payload: UnsafeRawBufferPointer) -> PixelSpan? { nil }

    /// A member is ready once it was told the relay's state, which follows `welcome`.
    func reply(to client: LoadClient, _ payload: UnsafeRawBufferPointer) -> Reply {
        if let frame = RelayFrame(payload) {
            frames += 1
            bytes += payload.count
            if case .state = frame { return .playing }
            heard(client, frame, payload)
            return .other
        }
        guard let envelope = try? MessageCodec.binary.decodeServer(Array(payload)) else { return .refused }
        if case .welcome(let welcome) = envelope.message {
            welcomed(client, welcome.account.id)
        } else if envelope.replyTo != nil {
            answered(client, envelope)
        }
        return .other
    }

    func makeReplica() -> any LoadReplica { preconditionFailure("members keep no canvas") }
}
