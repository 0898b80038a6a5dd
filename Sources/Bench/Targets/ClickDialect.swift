import Protocol

/// The binary subprotocol for guests who push clicks.
///
/// Totals come to everyone all the time, so they are told by their first bytes and not decoded; what answers a push
/// goes through the codec.
final class ClickDialect: Dialect {
    let playsOnOpening = false
    let acknowledges = true
    let placementOpcode: UInt8 = 2
    /// Takes what answers a message.
    var heard: (_ client: LoadClient, _ envelope: ServerEnvelope) -> Void = { _, _ in }
    /// Frames that told totals.
    private(set) var totalsFrames = 0
    /// Bytes of their payloads.
    private(set) var totalsBytes = 0
    /// The latest totals that the first client was told.
    private var latestTotals: [UInt8] = []

    /// A message of a game that answers nothing (docs/protocol.md); guests hear of nothing but totals.
    private static let gameKind: UInt8 = 9

    /// The latest totals that one of the guests was told.
    func totals() -> ClickGameView? {
        guard let envelope = try? MessageCodec.binary.decodeServer(latestTotals),
            case .clickTotals(let view) = envelope.message
        else { return nil }
        return view
    }

    func placement(cell: Int, color: UInt8, number: Int) -> [UInt8] {
        preconditionFailure("guests place nothing")
    }

    func pixels(opcode: UInt8, payload: UnsafeRawBufferPointer) -> PixelSpan? { nil }

    func reply(to client: LoadClient, _ payload: UnsafeRawBufferPointer) -> Reply {
        if payload.first == Self.gameKind {
            totalsFrames += 1
            totalsBytes += payload.count
            if client.index == 0 { latestTotals = Array(payload) }
            return .other
        }
        guard let envelope = try? MessageCodec.binary.decodeServer(Array(payload)) else { return .refused }
        if case .welcome = envelope.message { return .playing }
        heard(client, envelope)
        return .other
    }

    func makeReplica() -> any LoadReplica { preconditionFailure("guests keep no canvas") }
}
