import COpenSSL
import CWslay

/// One end's wslay context while bytes arrive, with what came out of it.
///
/// A context holds 9 KB, so a socket has one only in the middle of a message; at a message's end, where
/// nothing is buffered, it goes back to the loop's pool.
final class FrameReader {
    /// What was read, in order.
    enum Event {
        case message(WebSocketMessage)
        case pong([UInt8])
        /// The peer's close frame; nil where it gave no code.
        case close(UInt16?)
    }

    let isClient: Bool
    /// The events since the owner last emptied it.
    var events: [Event] = []
    /// The frames since the owner last set it to 0 that ended no message: control frames and first parts.
    var extraFrames = 0
    /// Whether the peer broke the framing's rules in a way that wslay leaves to us to answer with 1002.
    private(set) var isViolated = false

    private var context: wslay_event_context_ptr?
    private var input = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The bytes of input that belong to no finished frame yet.
    private var pendingBytes: UInt64 = 0
    private var frameBytes: UInt64 = 0
    private var isInMessage = false
    private var isFrameFinal = true
    private var isFrameControl = false
    private var output: [UInt8] = []

    init?(isClient: Bool) {
        self.isClient = isClient
        var callbacks = Self.callbacks
        // libwslay keeps the pointer until `deinit` frees the context.
        let me = Unmanaged.passUnretained(self).toOpaque()
        let status =
            isClient
            ? wslay_event_context_client_init(&context, &callbacks, me)
            : wslay_event_context_server_init(&context, &callbacks, me)
        guard status == 0, context != nil else { return nil }
    }

    deinit { if let context { wslay_event_context_free(context) } }

    /// Whether everything fed so far was whole messages, so that the next byte needs no memory of them.
    var isAtBoundary: Bool { pendingBytes == 0 && !isInMessage }

    func setMaxMessageBytes(_ count: Int) {
        // Control frames count too, and any of them may have 125 bytes.
        wslay_event_config_set_max_recv_msg_length(context, UInt64(max(125, count)))
    }

    /// Takes bytes from the wire; what they meant is in `events`.
    ///
    /// - Returns: false where the connection can't go on, for lack of memory.
    func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        input = bytes
        defer { input = UnsafeRawBufferPointer(start: nil, count: 0) }
        pendingBytes += UInt64(bytes.count)
        while !input.isEmpty && wslay_event_want_read(context) != 0 {
            let status = wslay_event_recv(context)
            guard status != 0 else { continue }
            // wslay says "callback failed" for what its frame parser refuses; ours never fail otherwise.
            isViolated = status != Int32(WSLAY_ERR_NOMEM.rawValue)
            return isViolated
        }
        return true
    }

    /// wslay's own frames for the peer: pongs, the answer to a close, and the close after a violation.
    func takeReplies() -> (bytes: [UInt8], closeCode: UInt16?) {
        while wslay_event_want_write(context) != 0 {
            guard wslay_event_send(context) == 0 else { break }
        }
        defer { output = [] }
        guard wslay_event_get_close_sent(context) != 0 else { return (output, nil) }
        return (output, wslay_event_get_status_code_sent(context))
    }

    private func take(into buffer: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
        let taken = min(count, input.count)
        UnsafeMutableRawPointer(buffer)
            .copyMemory(from: input.baseAddress ?? UnsafeRawPointer(buffer), byteCount: taken)
        input = UnsafeRawBufferPointer(rebasing: input[taken...])
        return taken
    }

    private func frameDidStart(_ frame: wslay_event_on_frame_recv_start_arg) {
        isFrameControl = frame.opcode & 8 != 0
        isFrameFinal = frame.fin != 0
        if !isFrameControl { isInMessage = true }
        let header = FrameWriter.headerLength(Int(clamping: frame.payload_length), isMasked: !isClient)
        frameBytes = UInt64(header) + frame.payload_length
    }

    private func frameDidEnd() {
        pendingBytes -= min(pendingBytes, frameBytes)
        if !isFrameControl && isFrameFinal {
            isInMessage = false
        } else {
            extraFrames += 1
        }
    }

    private func messageDidCome(_ message: wslay_event_on_msg_recv_arg) {
        let bytes = Array(UnsafeBufferPointer(start: message.msg, count: message.msg_length))
        // A close frame has no payload or a code of two bytes at least, RFC 6455 §5.5.1; wslay lets one pass.
        if message.opcode == Opcode.close.rawValue && bytes.count == 1 {
            isViolated = true
            return
        }
        switch Opcode(rawValue: message.opcode) {
        case .text: events.append(.message(.text(bytes)))
        case .binary: events.append(.message(.binary(bytes)))
        case .pong: events.append(.pong(bytes))
        case .close: events.append(.close(message.status_code == 0 ? nil : message.status_code))
        case .ping, nil: break
        }
    }

    private static func from(_ data: UnsafeMutableRawPointer?) -> FrameReader? {
        data.map { Unmanaged<FrameReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private static var callbacks: wslay_event_callbacks {
        wslay_event_callbacks(
            recv_callback: { context, buffer, count, _, data in
                guard let reader = FrameReader.from(data), let buffer, !reader.input.isEmpty else {
                    wslay_event_set_error(context, Int32(WSLAY_ERR_WOULDBLOCK.rawValue))
                    return -1
                }
                return reader.take(into: buffer, count: count)
            },
            send_callback: { _, bytes, count, _, data in
                FrameReader.from(data)?.output.append(
                    contentsOf: UnsafeBufferPointer(start: bytes, count: count))
                return count
            },
            genmask_callback: { _, mask, count, _ in RAND_bytes(mask, Int32(count)) == 1 ? 0 : -1 },
            on_frame_recv_start_callback: { _, frame, data in
                if let frame { FrameReader.from(data)?.frameDidStart(frame.pointee) }
            },
            on_frame_recv_chunk_callback: nil,
            on_frame_recv_end_callback: { _, data in FrameReader.from(data)?.frameDidEnd() },
            on_msg_recv_callback: { _, message, data in
                if let message { FrameReader.from(data)?.messageDidCome(message.pointee) }
            })
    }
}

/// Readers that stand at a message's end, kept for the next socket that receives something.
final class FrameReaderPool {
    private static let capacity = 4
    private var servers: [FrameReader] = []
    private var clients: [FrameReader] = []

    /// A reader for one end; nil where there is no memory.
    func take(isClient: Bool, maxMessageBytes: Int) -> FrameReader? {
        let reader = (isClient ? clients.popLast() : servers.popLast()) ?? FrameReader(isClient: isClient)
        reader?.setMaxMessageBytes(maxMessageBytes)
        return reader
    }

    /// Takes back a reader at a boundary, of a connection that hasn't begun to close.
    func give(_ reader: FrameReader) {
        precondition(reader.isAtBoundary, "a reader in the middle of a message belongs to its socket")
        if reader.isClient {
            if clients.count < Self.capacity { clients.append(reader) }
        } else if servers.count < Self.capacity {
            servers.append(reader)
        }
    }
}
