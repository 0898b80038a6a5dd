import Protocol

/// The binary subprotocol for players who come back: who was let in with what state and deadline.
final class ResumingDialect: Dialect {
    /// What a socket was told once it was open.
    struct Arrival: Hashable {
        /// The client's number.
        var client: Int
        /// The state in `welcome`.
        var welcomed: StatusWord
        /// When play ends by idling, in milliseconds since 1970.
        var idleDeadlineMs: Int64
    }

    let playsOnOpening = false
    let acknowledges = true
    let placementOpcode: UInt8 = 2
    private let plain: PixelWarsDialect
    private var welcomed: [Int: StatusWord] = [:]
    private var arrivals: [Arrival] = []

    init(size: CanvasSize) { plain = PixelWarsDialect(size: size) }

    /// Hands over who has come since the last time.
    func takeArrivals() -> [Arrival] {
        defer { arrivals = [] }
        return arrivals
    }

    func placement(cell: Int, color: UInt8, number: Int) -> [UInt8] {
        plain.placement(cell: cell, color: color, number: number)
    }

    func pixels(opcode: UInt8, payload: UnsafeRawBufferPointer) -> PixelSpan? {
        plain.pixels(opcode: opcode, payload: payload)
    }

    /// A client plays once it was told its deadline, which follows `welcome`.
    func reply(to client: LoadClient, _ payload: UnsafeRawBufferPointer) -> Reply {
        guard let envelope = try? MessageCodec.binary.decodeServer(Array(payload)) else { return .refused }
        switch envelope.message {
        case .welcome(let welcome):
            welcomed[client.index] = welcome.status
            return .other
        case .status(.playing(let deadlineMs?)):
            if let status = welcomed.removeValue(forKey: client.index) {
                arrivals.append(
                    Arrival(client: client.index, welcomed: status, idleDeadlineMs: deadlineMs))
            }
            return .playing
        case .error: return .refused
        case .status, .pixels, .placed, .canvasReset, .heartbeat, .ok, .clickTotals, .clicksAccepted, .relay,
            .runStarted, .score, .runEnded, .announcement:
            return .other
        }
    }

    func makeReplica() -> any LoadReplica { plain.makeReplica() }
}
