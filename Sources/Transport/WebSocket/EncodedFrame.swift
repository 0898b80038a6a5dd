/// A whole unmasked RFC 6455 frame, encoded once and written as the same bytes to every socket.
public struct EncodedFrame: Sendable {
    let bytes: ByteBlock
    /// The header's length; a client's end masks the payload behind it anew.
    let headerLength: Int
    let opcode: Opcode

    /// A text message; the bytes must be valid UTF-8.
    public init(text payload: [UInt8]) { self.init(.text, payload) }

    /// A binary message.
    public init(binary payload: [UInt8]) { self.init(.binary, payload) }

    /// The frame's length on the wire, header included.
    public var byteCount: Int { bytes.count }

    init(_ opcode: Opcode, _ payload: [UInt8]) {
        self.opcode = opcode
        bytes = FrameWriter.encode(opcode, payload, isMasked: false)
        headerLength = bytes.count - payload.count
    }

    /// The bytes behind the header.
    var payload: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes.buffer[headerLength...]) }
}
