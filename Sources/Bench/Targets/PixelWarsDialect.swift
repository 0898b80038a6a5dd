import Client
import Protocol

/// The binary subprotocol of our own server.
///
/// Of a frame of pixels only the head is read: a byte for the kind (docs/protocol.md), the version it starts from
/// and the number of versions it covers. Everything rarer goes through the codec.
struct PixelWarsDialect: Dialect {
    let size: CanvasSize
    let playsOnOpening = false
    let acknowledges = true
    let placementOpcode: UInt8 = 2

    private static let pixelsKind: UInt8 = 3
    private static let placedKind: UInt8 = 4
    private static let replyFlag: UInt8 = 0x80

    func placement(cell: Int, color: UInt8, number: Int) -> [UInt8] {
        let pixel = Pixel(x: cell % size.width, y: cell / size.width, color: color)
        return MessageCodec.binary.encode(ClientEnvelope(id: number, .place(pixel)))
    }

    func pixels(opcode: UInt8, payload: UnsafeRawBufferPointer) -> PixelSpan? {
        guard opcode == 2, payload.first == Self.pixelsKind else { return nil }
        var offset = 1
        guard let from = Self.integer(payload, &offset), let length = Self.integer(payload, &offset) else {
            return nil
        }
        return PixelSpan(from: from, to: from + length)
    }

    func reply(to client: LoadClient, _ payload: UnsafeRawBufferPointer) -> Reply {
        if payload.first == Self.placedKind | Self.replyFlag { return .acknowledged }
        guard let envelope = try? MessageCodec.binary.decodeServer(Array(payload)) else { return .refused }
        switch envelope.message {
        case .welcome(let welcome):
            (client.replica as? PixelWarsReplica)?.receive(.head(welcome.canvas))
            return welcome.status == .playing ? .playing : .other
        case .status(.playing):
            (client.replica as? PixelWarsReplica)?.receive(.subscribed(true))
            return .playing
        case .canvasReset(let epoch, let version, let width, let height):
            let size = CanvasSize(width: width, height: height)
            (client.replica as? PixelWarsReplica)?.receive(
                .reset(epoch: epoch, version: version, size: size))
            return .other
        case .error:
            return .refused
        case .status, .pixels, .placed, .heartbeat, .ok, .clickTotals, .clicksAccepted, .relay, .runStarted,
            .score, .runEnded, .announcement:
            return .other
        }
    }

    func makeReplica() -> any LoadReplica { PixelWarsReplica(size: size) }

    /// LEB128, at most 9 bytes: versions are never negative.
    private static func integer(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) -> Int64? {
        var value: Int64 = 0
        for shift in stride(from: Int64(0), to: 63, by: 7) {
            guard offset < bytes.count else { return nil }
            let byte = bytes[offset]
            offset += 1
            value |= Int64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}

/// The real client's replica, fed by one of the load's sockets.
final class PixelWarsReplica: LoadReplica {
    private(set) var canvas = CanvasReplica()
    /// What the replica asked to be fetched and nobody has yet.
    private(set) var wanted: [CanvasReplica.Action] = []
    private let size: CanvasSize

    init(size: CanvasSize) { self.size = size }

    var cells: [UInt8] { canvas.cells }

    /// Takes an event and notes what is to be fetched.
    func receive(_ event: CanvasReplica.Event) {
        for action in canvas.receive(event) {
            switch action {
            case .fetchSnapshot, .fetchChanges: wanted.append(action)
            case .changed, .replaced: break
            }
        }
    }

    /// Hands over what is to be fetched.
    func takeWanted() -> [CanvasReplica.Action] {
        defer { wanted = [] }
        return wanted
    }

    func apply(_ payload: UnsafeRawBufferPointer, seen: (_ cell: Int, _ color: UInt8) -> Void) {
        guard let envelope = try? MessageCodec.binary.decodeServer(Array(payload)),
            case .pixels(let run) = envelope.message
        else { return }
        receive(.frame(run))
        for pixel in run.pixels { seen(size.cell(x: pixel.x, y: pixel.y), pixel.color) }
    }
}
