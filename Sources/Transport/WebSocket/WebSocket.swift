/// One end of an RFC 6455 connection; confined to its loop's thread.
public final class WebSocket {
    /// The owner's number for it; the transport doesn't look at it.
    public var tag: UInt64 = 0
    /// The peer's address.
    public private(set) var remote: NetAddress
    /// From our latest answered ping to its pong.
    public private(set) var roundTripUs: Int64?

    /// Where a socket stands.
    enum Phase {
        case connecting
        case open
        /// Our close frame is on its way; the peer's is waited for.
        case closing
        /// Both ends said goodbye, or one broke the rules: what still comes is thrown away until the peer ends.
        case lingering
        case closed
    }

    let loop: EventLoop
    let isClient: Bool
    private(set) var phase = Phase.connecting
    private let limits: Limits
    private var handlers: WebSocketHandlers?
    private var stream: TCPStream?
    private var reader: FrameReader?
    private var cancelConnecting: (() -> Void)?
    private var heartbeat = Heartbeat(openedUs: 0)
    private var extraFrames = 0
    private var extraFramesSinceUs: Int64 = 0
    private var reportedBacklog = 0
    private var isReportDue = false
    private var sentCode: UInt16 = 0
    private var didReport = false

    /// The bounds that both ends keep.
    struct Limits {
        var maxMessageBytes: Int
        var pingIntervalMs: Int
        var pongTimeoutMs: Int
        var closeTimeoutMs: Int
        var maxExtraFramesPerSecond = Int.max
        var frameFloodCode: UInt16 = 1008
    }

    init(loop: EventLoop, isClient: Bool, remote: NetAddress, limits: Limits, handlers: WebSocketHandlers) {
        self.loop = loop
        self.isClient = isClient
        self.remote = remote
        self.limits = limits
        self.handlers = handlers
    }

    /// Whether messages can still be sent.
    public var isOpen: Bool { phase == .open }

    /// The bytes accepted by `send` that the system hasn't taken yet.
    public var backlogBytes: Int { stream?.backlogBytes ?? 0 }

    /// What `close` does before there is a connection.
    func onCancel(_ body: @escaping () -> Void) { cancelConnecting = body }

    /// Takes over a connection whose handshake is done.
    func open(on stream: TCPStream) {
        cancelConnecting = nil
        self.stream = stream
        remote = stream.remote
        phase = .open
        heartbeat = Heartbeat(openedUs: loop.monotonicUs)
        stream.changeOwner(self)
        stream.setDeadline(afterMs: min(limits.pingIntervalMs, limits.pongTimeoutMs))
    }

    /// Gives the connection up before it came about; the handlers hear nothing.
    func abandon() {
        phase = .closed
        cancelConnecting = nil
        handlers = nil
    }
}

// MARK: Sending

extension WebSocket {
    /// Sends a frame; what the system refuses waits, sharing the frame's bytes.
    @inline(__always)
    public func send(_ frame: EncodedFrame) { sendWhole(frame) }

    /// Sends the same frame to many sockets: the cheapest way to broadcast.
    public static func broadcast(_ frame: EncodedFrame, to sockets: ContiguousArray<WebSocket>) {
        for socket in sockets { socket.sendWhole(frame) }
    }

    /// Sends a text message; the bytes must be valid UTF-8.
    public func send(text: [UInt8]) { send(EncodedFrame(text: text)) }

    /// Sends a binary message.
    public func send(binary: [UInt8]) { send(EncodedFrame(binary: binary)) }

    /// Pings the peer now, so that `roundTripUs` is fresh soon.
    public func ping() {
        guard phase == .open else { return }
        sendControl(.ping, heartbeat.ping(at: loop.monotonicUs))
    }

    @usableFromInline
    func sendWhole(_ frame: EncodedFrame) {
        guard phase == .open, let stream else { return }
        guard !isClient else {
            let masked = withExtendedLifetime(frame.bytes) {
                FrameWriter.encode(frame.opcode, frame.payload, isMasked: true)
            }
            return sendBlock(masked)
        }
        let sent = stream.sendDirectly(frame.bytes)
        guard sent < frame.bytes.count else { return }
        stream.send(frame.bytes, from: sent)
        noteBacklog()
    }

    private func sendControl(_ opcode: Opcode, _ payload: [UInt8]) {
        sendBlock(FrameWriter.encode(opcode, payload, isMasked: isClient))
    }

    private func sendBlock(_ block: ByteBlock) {
        stream?.send(block)
        noteBacklog()
    }

    private func noteBacklog() {
        guard !isReportDue else { return }
        let bytes = backlogBytes
        let isNews =
            bytes == 0 ? reportedBacklog > 0 : reportedBacklog == 0 || bytes >= reportedBacklog + 16_384
        guard isNews else { return }
        isReportDue = true
        loop.atEndOfIteration { [self] in
            isReportDue = false
            guard phase == .open || phase == .closing else { return }
            let bytes = backlogBytes
            guard bytes != reportedBacklog else { return }
            reportedBacklog = bytes
            handlers?.backlog(self, bytes)
        }
    }
}

// MARK: Closing

extension WebSocket {
    /// Closes behind all that was sent; nothing more is received.
    ///
    /// A peer that doesn't answer within the close time-out is dropped.
    public func close(code: UInt16, reason: String = "") {
        if phase == .connecting { return terminate() }
        guard phase == .open else { return }
        beginClosing(code)
        sendControl(.close, FrameWriter.closePayload(code: code, reason: reason))
    }

    /// Finishes the frame under way, drops those behind it, then closes.
    ///
    /// The close frame and the connection's end follow the frame's last byte, so that the peer's stream of
    /// frames has no hole.
    public func closeAfterCurrentFrame(code: UInt16, reason: String = "") {
        guard phase == .open else { return close(code: code, reason: reason) }
        stream?.dropWaiting()
        beginClosing(code)
        sendControl(.close, FrameWriter.closePayload(code: code, reason: reason))
        stream?.end()
    }

    /// Drops the connection at once.
    public func terminate() {
        if let cancelConnecting {
            self.cancelConnecting = nil
            return cancelConnecting()
        }
        finish(code: nil)
    }

    private func beginClosing(_ code: UInt16) {
        phase = .closing
        sentCode = code
        stream?.setDeadline(afterMs: limits.closeTimeoutMs)
    }

    /// Says that it is over, and waits for the peer to end the connection, so that it sees all we sent.
    private func linger(code: UInt16?) {
        phase = .lingering
        reader = nil
        stream?.end()
        stream?.setDeadline(afterMs: limits.closeTimeoutMs)
        report(code)
    }

    private func finish(code: UInt16?) {
        guard phase != .closed else { return }
        phase = .closed
        reader = nil
        stream?.close()
        stream = nil
        report(code)
    }

    private func report(_ code: UInt16?) {
        guard !didReport else { return }
        didReport = true
        loop.atEndOfIteration { [self] in
            let handlers = self.handlers
            self.handlers = nil
            handlers?.closed(self, code)
        }
    }
}

// MARK: Receiving

extension WebSocket: StreamOwner {
    func streamDidOpen() {}

    func streamDidRead(_ bytes: UnsafeRawBufferPointer) {
        guard phase == .open || phase == .closing else { return }
        heartbeat.hear(at: loop.monotonicUs)
        guard
            let reader = reader
                ?? loop.frameReaders.take(isClient: isClient, maxMessageBytes: limits.maxMessageBytes)
        else { return finish(code: nil) }
        self.reader = nil
        guard reader.feed(bytes) else { return finish(code: nil) }
        let events = reader.events
        reader.events = []
        for event in events { take(event) }
        if phase == .open && reader.extraFrames > 0 { handlers?.alive(self) }
        if phase == .open && isFlooded(by: reader) {
            sendControl(
                .close, FrameWriter.closePayload(code: limits.frameFloodCode, reason: "too many frames"))
            return linger(code: limits.frameFloodCode)
        }
        answer(reader)
    }

    /// Counts the frames that no limit on messages sees, and that cost as much.
    private func isFlooded(by reader: FrameReader) -> Bool {
        guard reader.extraFrames > 0 else { return false }
        if heartbeat.heardUs - extraFramesSinceUs >= 1_000_000 {
            extraFrames = 0
            extraFramesSinceUs = heartbeat.heardUs
        }
        extraFrames += reader.extraFrames
        reader.extraFrames = 0
        return extraFrames > limits.maxExtraFramesPerSecond
    }

    private func take(_ event: FrameReader.Event) {
        switch event {
        case .message(let message):
            if phase == .open { handlers?.message(self, message) }
        case .pong(let payload):
            guard phase == .open, let us = heartbeat.answer(payload, at: loop.monotonicUs) else { return }
            roundTripUs = us
            handlers?.pong(self)
        case .close(let code):
            if phase == .closing { linger(code: code ?? sentCode) }
        }
    }

    /// Sends what wslay answers by itself, and keeps the reader while it remembers something.
    private func answer(_ reader: FrameReader) {
        guard phase == .open || phase == .closing else { return }
        if reader.isViolated {
            if phase == .open { sendControl(.close, FrameWriter.closePayload(code: 1002, reason: "")) }
            return linger(code: phase == .open ? 1002 : sentCode)
        }
        let replies = reader.takeReplies()
        if phase == .open && !replies.bytes.isEmpty { sendBlock(ByteBlock(replies.bytes)) }
        if phase == .open, let code = replies.closeCode {
            // Either the peer's close was answered or it broke the rules: both end it, with the code sent.
            return linger(code: code == 0 || code == 1005 ? 1005 : code)
        }
        if replies.closeCode != nil { return linger(code: sentCode) }
        if reader.isAtBoundary {
            loop.frameReaders.give(reader)
        } else {
            self.reader = reader
        }
    }

    func streamDidEnd() { finish(code: nil) }

    func streamDidFail(_ error: TransportError) { finish(code: nil) }

    func streamBacklogDidChange() { noteBacklog() }

    func streamDeadlineDidPass() {
        guard phase == .open else { return finish(code: nil) }
        let now = loop.monotonicUs
        switch heartbeat.step(at: now, limits: limits, isUnread: stream?.isUnread ?? false) {
        case .ping(let payload, let nextMs):
            sendControl(.ping, payload)
            stream?.setDeadline(afterMs: nextMs)
        case .wait(let nextMs): stream?.setDeadline(afterMs: nextMs)
        case .giveUp: finish(code: nil)
        }
    }
}
