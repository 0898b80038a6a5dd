import COpenSSL
import CWslay

/// What a frame is for, RFC 6455 §5.2.
enum Opcode: UInt8, Sendable {
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10
}

/// Lays unfragmented frames out through wslay.
enum FrameWriter {
    /// One frame; a masked one takes a fresh mask from the system's generator (RFC 6455 §10.3).
    static func encode(_ opcode: Opcode, _ payload: [UInt8], isMasked: Bool) -> ByteBlock {
        payload.withUnsafeBytes { encode(opcode, $0, isMasked: isMasked) }
    }

    /// One frame; a masked one takes a fresh mask from the system's generator (RFC 6455 §10.3).
    static func encode(_ opcode: Opcode, _ payload: UnsafeRawBufferPointer, isMasked: Bool) -> ByteBlock {
        ByteBlock(count: headerLength(payload.count, isMasked: isMasked) + payload.count) { memory in
            var cursor = Cursor(memory: memory)
            withUnsafeMutablePointer(to: &cursor) { write(opcode, payload, isMasked: isMasked, to: $0) }
            precondition(cursor.count == memory.count, "wslay laid out another frame than was measured")
        }
    }

    /// A close frame's payload: the code and a reason of at most 123 bytes, RFC 6455 §5.5.1.
    static func closePayload(code: UInt16, reason: String) -> [UInt8] {
        var text = reason
        while text.utf8.count > 123 { text.removeLast() }
        return [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(text.utf8)
    }

    /// The bytes before a payload of this length.
    static func headerLength(_ payloadLength: Int, isMasked: Bool) -> Int {
        let length = payloadLength < 126 ? 2 : payloadLength < 65_536 ? 4 : 10
        return length + (isMasked ? 4 : 0)
    }

    private struct Cursor {
        let memory: UnsafeMutableRawBufferPointer
        var count = 0
    }

    private static func write(
        _ opcode: Opcode, _ payload: UnsafeRawBufferPointer, isMasked: Bool,
        to cursor: UnsafeMutablePointer<Cursor>
    ) {
        var callbacks = wslay_frame_callbacks(
            send_callback: { data, length, _, cursor in
                guard let data, let cursor = cursor?.assumingMemoryBound(to: Cursor.self) else { return -1 }
                let target = cursor.pointee.memory[cursor.pointee.count...]
                guard length <= target.count else { return -1 }
                UnsafeMutableRawBufferPointer(rebasing: target)
                    .copyMemory(from: UnsafeRawBufferPointer(start: data, count: length))
                cursor.pointee.count += length
                return length
            },
            recv_callback: { _, _, _, _ in -1 },
            genmask_callback: { mask, length, _ in RAND_bytes(mask, Int32(length)) == 1 ? 0 : -1 })
        var context: wslay_frame_context_ptr?
        guard wslay_frame_context_init(&context, &callbacks, cursor) == 0, let context else { return }
        defer { wslay_frame_context_free(context) }
        var frame = wslay_frame_iocb()
        frame.fin = 1
        frame.opcode = opcode.rawValue
        frame.mask = isMasked ? 1 : 0
        frame.payload_length = UInt64(payload.count)
        var sent = 0
        repeat {
            frame.data = payload.baseAddress.map { ($0 + sent).assumingMemoryBound(to: UInt8.self) }
            frame.data_length = payload.count - sent
            let count = wslay_frame_send(context, &frame)
            guard count >= 0 else { return }
            sent += count
        } while sent < payload.count
    }
}
