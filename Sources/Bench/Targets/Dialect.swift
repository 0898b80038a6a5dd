/// What a frame of pixels covers.
struct PixelSpan: Hashable {
    /// The version it starts from; nil for a peer, which has no versions.
    var from: Version?
    /// The version it leads to.
    var to: Version = 0
    /// Pixels listed, for a peer.
    var count = 0
}

/// What a frame that carries no pixels means to the load.
enum Reply {
    case playing
    case acknowledged
    case refused
    case other
}

/// How clients and one kind of server speak over an open WebSocket.
protocol Dialect {
    /// Whether a client may place as soon as its socket is open.
    var playsOnOpening: Bool { get }
    /// Whether each placement made is answered.
    var acknowledges: Bool { get }
    /// 1 for text, 2 for binary.
    var placementOpcode: UInt8 { get }
    /// A placement's payload.
    func placement(cell: Int, color: UInt8, number: Int) -> [UInt8]
    /// Reads no more of a frame than its head; nil when it carries no pixels.
    func pixels(opcode: UInt8, payload: UnsafeRawBufferPointer) -> PixelSpan?
    /// Reads any other message.
    func reply(to client: LoadClient, _ payload: UnsafeRawBufferPointer) -> Reply
    /// A copy of the canvas that isn't yet at any state.
    func makeReplica() -> any LoadReplica
}
