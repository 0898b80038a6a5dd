/// One of the many clients: a socket, what it has seen so far, and for a few a whole replica.
final class LoadClient {
    /// Where its connection stands.
    enum Phase {
        /// The request for the WebSocket is sent.
        case upgrading
        case open
        /// It stays with HTTP: requests go out, answers come back in their order.
        case exchanging
        case closed
    }

    /// Its number, from 0.
    let index: Int
    /// Its socket.
    let descriptor: Int32
    var phase = Phase.upgrading
    /// Whether the server has let it play; placements go out only from such clients.
    var isPlaying = false
    /// Whether we closed its socket ourselves.
    var isDropped = false
    /// The start of a frame whose end hasn't come.
    var incomplete: [UInt8] = []
    /// What the socket didn't take yet.
    var unsent: [UInt8] = []
    /// The code of the close frame, if one came.
    var closeCode: UInt16?

    /// All frames of pixels in order.
    var hash = RunningHash()
    /// The version from which its first frame led on.
    var joinedAt: Version?
    /// The version up to which its frames lead.
    var reached: Version = 0
    /// Frames that didn't start where the one before ended.
    var gaps = 0
    /// Pixels delivered to it.
    var pixels = 0
    /// A whole copy of the canvas, kept by a few clients.
    var replica: (any LoadReplica)?

    /// Takes over a connected socket.
    init(index: Int, descriptor: Int32) {
        self.index = index
        self.descriptor = descriptor
    }
}

/// A canvas's version, as `Protocol` counts it; peers have none and count pixels.
typealias Version = Int64

/// A client's whole copy of the canvas, fed with the payloads of pixel frames.
protocol LoadReplica: AnyObject {
    /// The colors, row by row.
    var cells: [UInt8] { get }
    /// Applies one frame and reports each of its pixels.
    func apply(_ payload: UnsafeRawBufferPointer, seen: (_ cell: Int, _ color: UInt8) -> Void)
}
