/// Finds a server's WebSocket frames in a stream of bytes without copying them (RFC 6455 §5.2).
///
/// A thousand clients share one thread here, so nothing is allocated a frame. Frames of a server are unmasked.
enum FrameScanner {
    /// One whole frame within a buffer.
    struct Frame: Hashable {
        /// 1 text, 2 binary, 8 close, 9 ping, 10 pong; 0 continues a fragmented message.
        var opcode: UInt8
        /// Whether it ends its message.
        var isFinal: Bool
        /// Where its payload starts in the buffer.
        var payloadStart: Int
        /// Where the frame ends in the buffer.
        var end: Int
    }

    /// What stands at an offset.
    enum Outcome: Hashable {
        case frame(Frame)
        /// More bytes are needed.
        case incomplete
        /// No server may send this: reserved bits or a mask.
        case malformed
    }

    /// Reads the frame that starts at `offset`.
    static func next(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Outcome {
        let available = bytes.count - offset
        guard available >= 2 else { return .incomplete }
        let first = bytes[offset]
        let second = bytes[offset + 1]
        guard first & 0x70 == 0, second & 0x80 == 0 else { return .malformed }
        var length = Int(second)
        var head = 2
        if length == 126 {
            guard available >= 4 else { return .incomplete }
            length = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
            head = 4
        } else if length == 127 {
            guard available >= 10 else { return .incomplete }
            var long: UInt64 = 0
            for index in 2..<10 { long = long << 8 | UInt64(bytes[offset + index]) }
            guard long < 1 << 32 else { return .malformed }
            length = Int(long)
            head = 10
        }
        guard available - head >= length else { return .incomplete }
        return .frame(
            Frame(
                opcode: first & 0x0F, isFinal: first & 0x80 != 0, payloadStart: offset + head,
                end: offset + head + length))
    }

    /// A client's whole frame around a payload of at most 65,535 bytes, masked with a key of zeros.
    ///
    /// The mask guards intermediaries against chosen bytes; on the loopback there are none, and a zero key
    /// leaves the payload as it is.
    static func clientFrame(opcode: UInt8, payload: [UInt8]) -> [UInt8] {
        precondition(payload.count <= 0xFFFF)
        var frame: [UInt8] = [0x80 | opcode]
        if payload.count < 126 {
            frame.append(0x80 | UInt8(payload.count))
        } else {
            frame += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        }
        frame += [0, 0, 0, 0]
        return frame + payload
    }
}
