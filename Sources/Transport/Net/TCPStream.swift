import CUV
import Glibc

/// A TCP connection, with TLS inside where a session is given; confined to its loop's thread.
///
/// Blocks are handed to the system at once with `uv_try_write`; what it refuses waits here in order, one block
/// at a time under way, so that whoever sends can still take back those behind it.
final class TCPStream {
    unowned let loop: EventLoop
    let tcp: UnsafeMutablePointer<uv_tcp_t>
    private(set) var owner: (any StreamOwner)?
    private(set) var tls: TLSSession?
    private(set) var remote = NetAddress(host: "", port: 0)
    /// Whether bytes can be exchanged.
    private(set) var isOpen = false
    private(set) var isClosed = false
    /// Whether our end is being shut, behind all that waits.
    private(set) var isEnding = false

    /// Called once, when the stream is closed for whatever reason.
    var onClose: ((TCPStream) -> Void)?

    private let timer: UnsafeMutablePointer<uv_timer_t>
    /// The loop's count of sent bytes; not to be touched once the stream is closed.
    private let sent: UnsafeMutablePointer<UInt64>
    private var openHandles: Int32 = 2
    private var isReading = false
    private var isPaused = false
    private var failure: TransportError?
    /// Keeps the loop while the stream is open; a closed one must not keep the loop that is to free it.
    private var keptLoop: EventLoop?
    private var isShut = false
    private var didEnd = false
    private var outbound = OutboundQueue()

    /// Makes the handles; libuv keeps the stream alive until both are closed.
    init(loop: EventLoop) {
        self.loop = loop
        keptLoop = loop
        sent = loop.sent
        tcp = .allocate(capacity: 1)
        timer = .allocate(capacity: 1)
        uv_tcp_init(loop.uv, tcp)
        uv_timer_init(loop.uv, timer)
        tcp.pointee.data = Unmanaged.passRetained(self).toOpaque()
        timer.pointee.data = tcp.pointee.data
    }

    deinit {
        tcp.deallocate()
        timer.deallocate()
    }

    var stream: UnsafeMutablePointer<uv_stream_t> { pw_tcp_stream(tcp) }

    /// The bytes accepted by `send` that the system hasn't taken.
    var backlogBytes: Int { isClosed ? 0 : outbound.byteCount + uv_stream_get_write_queue_size(stream) }

    /// Begins to read for the owner, with a TLS handshake first where a session is given.
    func start(owner: any StreamOwner, tls: TLSSession?) {
        self.owner = owner
        self.tls = tls
        uv_tcp_nodelay(tcp, 1)
        boundUnsent()
        remote = NetAddress.peer(of: tcp) ?? remote
        readOn()
        if tls == nil {
            isOpen = true
        } else {
            advanceTLS()
        }
    }

    /// Begins as a client of this server; with a context nothing goes out unencrypted.
    func start(owner: any StreamOwner, context: TLSContext?, host: String) {
        let session = context?.connect(host: host)
        self.owner = owner
        guard context == nil || session != nil else {
            return fail(TransportError(.tls, "cannot set up TLS for \(host)"))
        }
        start(owner: owner, tls: session)
    }

    /// Hands the connection to another owner, as an upgrade does.
    func changeOwner(_ owner: any StreamOwner) { self.owner = owner }

    /// Tells the owner once so much time is over, in place of what was set before; nil is never.
    func setDeadline(afterMs delay: Int?) {
        guard !isClosed else { return }
        guard let delay else {
            uv_timer_stop(timer)
            return
        }
        uv_update_time(loop.uv)
        uv_timer_start(
            timer,
            { handle in
                guard let stream = TCPStream.from(handle?.pointee.data), !stream.isClosed else { return }
                stream.loop.touch()
                stream.owner?.streamDeadlineDidPass()
            }, UInt64(max(0, delay)), 0)
    }

    /// Closes at once; the owner hears nothing more.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        isOpen = false
        // Of a block that libuv was writing, the part that went.
        if outbound.isUnderWay, failure == nil, let rest = outbound.wireBuffer {
            sent.pointee &+= UInt64(rest.len - uv_stream_get_write_queue_size(stream))
        }
        outbound.removeAll()
        owner = nil
        tls = nil
        let onClose = self.onClose
        self.onClose = nil
        onClose?(self)
        let didClose: uv_close_cb = { handle in
            guard let data = handle?.pointee.data else { return }
            let unmanaged = Unmanaged<TCPStream>.fromOpaque(data)
            let stream = unmanaged.takeUnretainedValue()
            stream.openHandles -= 1
            if stream.openHandles == 0 { unmanaged.release() }
        }
        uv_close(pw_timer_handle(timer), didClose)
        uv_close(pw_tcp_handle(tcp), didClose)
        keptLoop = nil
    }

    /// Closes and tells the owner why, at the end of the iteration.
    func fail(_ error: TransportError) {
        guard !isClosed, failure == nil else { return }
        failure = error
        loop.atEndOfIteration { [self] in
            guard !isClosed, let owner else { return }
            close()
            owner.streamDidFail(error)
        }
    }

    /// Whether nothing can be sent or received any more, although the owner may not have heard it yet.
    var isBroken: Bool { isClosed || failure != nil }

    static func from(_ data: UnsafeMutableRawPointer?) -> TCPStream? {
        data.map { Unmanaged<TCPStream>.fromOpaque($0).takeUnretainedValue() }
    }
}

// MARK: Reading

extension TCPStream {
    /// Reads nothing until `resumeReading`; bytes already in the owner's hands stay there.
    func pauseReading() {
        isPaused = true
        guard isReading, !isClosed else { return }
        isReading = false
        uv_read_stop(stream)
    }

    /// Reads on; what TLS holds already is delivered at the end of the iteration.
    func resumeReading() {
        guard isPaused, !isClosed else { return }
        isPaused = false
        readOn()
        if tls != nil {
            loop.atEndOfIteration { [self] in if isOpen { deliverDecrypted() } }
        }
    }

    private func readOn() {
        guard !isReading, !isClosed else { return }
        isReading = true
        let status = uv_read_start(
            stream,
            { handle, _, buffer in
                guard let stream = TCPStream.from(handle?.pointee.data) else { return }
                let shared = stream.loop.readBuffer
                buffer?.pointee = uv_buf_init(shared.baseAddress, UInt32(shared.count))
            },
            { handle, count, _ in
                TCPStream.from(handle?.pointee.data)?.didRead(count)
            })
        if status != 0 && uv_errno_t(Int32(status)) != UV_EALREADY {
            fail(TransportError(uv: status, "read"))
        }
    }

    private func didRead(_ count: Int) {
        loop.touch()
        guard !isBroken, count != 0 else { return }
        guard count > 0 else {
            isReading = false
            if uv_errno_t(Int32(count)) == UV_EOF {
                reachEnd()
            } else {
                fail(TransportError(uv: Int32(count), "read"))
            }
            return
        }
        let bytes = UnsafeRawBufferPointer(rebasing: loop.readBuffer[..<count])
        guard let tls else {
            owner?.streamDidRead(bytes)
            return
        }
        guard tls.feed(bytes) else { return fail(TransportError(.tls, "TLS took no more input")) }
        advanceTLS()
    }

    private func reachEnd() {
        // An end in the handshake is a failure; later, without TLS's own goodbye, it is the protocol above that
        // knows whether its message was whole.
        guard isOpen else { return fail(TransportError(.connectionLost, "the peer ended the TLS handshake")) }
        guard !didEnd else { return }
        didEnd = true
        owner?.streamDidEnd()
    }

    private func advanceTLS() {
        guard let tls else { return }
        if !isOpen {
            switch tls.shakeHands() {
            case .done: isOpen = true
            case .wantsMore: return pump()
            case .failed(let reason):
                pump()
                return fail(TransportError(.tls, reason))
            }
            pump()
            owner?.streamDidOpen()
        }
        deliverDecrypted()
    }

    private func deliverDecrypted() {
        guard let tls else { return }
        while !isBroken && !isPaused {
            switch tls.read(into: loop.plainBuffer) {
            case .bytes(let count):
                owner?.streamDidRead(UnsafeRawBufferPointer(rebasing: loop.plainBuffer[..<count]))
            case .wantsMore: return pump()
            case .ended:
                pump()
                return reachEnd()
            case .failed(let reason):
                pump()
                return fail(TransportError(.tls, reason))
            }
        }
    }
}

// MARK: Writing

extension TCPStream {
    /// Sends a block; what the system refuses waits, sharing the block.
    ///
    /// - Parameter offset: how much of it `sendDirectly` has sent already.
    func send(_ block: ByteBlock, from offset: Int = 0) {
        guard !isEnding, !isBroken else { return }
        if offset > 0 {
            outbound.startWire(block, at: offset)
            guard write() else { return }
        } else {
            outbound.append(block)
        }
        pump()
    }

    /// Hands a block to the system if nothing stands before it: the shortest way, for broadcasts.
    ///
    /// By send(2), which measured cheaper than libuv's write(2) (docs/performance.md).
    ///
    /// - Returns: how many bytes went; the rest must go through `send`.
    @inline(__always)
    func sendDirectly(_ block: ByteBlock) -> Int {
        guard isOpen, tls == nil, outbound.isIdle, !isEnding, failure == nil else { return 0 }
        var descriptor: uv_os_fd_t = -1
        uv_fileno(pw_tcp_handle(tcp), &descriptor)
        let count = withExtendedLifetime(block) {
            max(
                0, Glibc.send(descriptor, block.start, block.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
            )
        }
        sent.pointee &+= UInt64(truncatingIfNeeded: count)
        return count
    }

    /// Takes back all blocks that haven't begun to go out.
    func dropWaiting() { outbound.dropWaiting() }

    /// Shuts our end behind all that waits; the owner still reads until the peer ends or the deadline passes.
    func end() {
        guard !isEnding, !isClosed else { return }
        isEnding = true
        pump()
    }

    /// Moves what waits towards the system until it refuses.
    private func pump() {
        guard !isBroken, outbound.isWireFree else { return }
        while fillWire() {
            guard write() else { return }
        }
        if isEnding && !isBroken { shut() }
    }

    /// Puts the next bytes at the wire, encrypting them where there is TLS.
    private func fillWire() -> Bool {
        guard let tls else { return isOpen && outbound.startNext() }
        if let record = tls.takeOutput() {
            outbound.startWire(record)
            return true
        }
        guard isOpen, let (block, range) = outbound.nextPart(maxBytes: TLSSession.maxRecordBytes) else {
            return false
        }
        guard tls.encrypt(UnsafeRawBufferPointer(rebasing: block.buffer[range])),
            let record = tls.takeOutput()
        else {
            fail(TransportError(.tls, "TLS refused to encrypt"))
            return false
        }
        outbound.startWire(record)
        return true
    }

    /// Writes the block at the wire.
    ///
    /// - Returns: whether all of it went; else libuv has the rest, or the stream failed.
    private func write() -> Bool {
        guard var buffer = outbound.wireBuffer else { return false }
        let written = uv_try_write(stream, &buffer, 1)
        if written > 0 { sent.pointee &+= UInt64(written) }
        if Int(written) == buffer.len {
            outbound.finishWire()
            return true
        }
        if written > 0 {
            outbound.advanceWire(Int(written))
        } else if uv_errno_t(written) != UV_EAGAIN {
            fail(TransportError(uv: written, "write"))
            return false
        }
        guard var rest = outbound.wireBuffer else { return false }
        let request = UnsafeMutablePointer<uv_write_t>.allocate(capacity: 1)
        request.pointee.data = tcp.pointee.data
        let status = uv_write(request, stream, &rest, 1) { request, status in
            let stream = TCPStream.from(request?.pointee.data)
            request?.deallocate()
            stream?.didWrite(status)
        }
        if status == 0 {
            outbound.markUnderWay()
        } else {
            request.deallocate()
            fail(TransportError(uv: status, "write"))
        }
        return false
    }

    private func didWrite(_ status: Int32) {
        guard !isBroken else { return }
        loop.touch()
        guard status == 0 else { return fail(TransportError(uv: status, "write")) }
        sent.pointee &+= UInt64(outbound.wireBuffer?.len ?? 0)
        outbound.finishWire()
        pump()
        owner?.streamBacklogDidChange()
    }

    private func shut() {
        guard !isShut else { return }
        if let tls, tls.sayGoodbye(), let record = tls.takeOutput() {
            outbound.startWire(record)
            guard write() else { return }
        }
        isShut = true
        let request = UnsafeMutablePointer<uv_shutdown_t>.allocate(capacity: 1)
        let status = uv_shutdown(request, stream) { request, _ in request?.deallocate() }
        // A peer that is gone already is noticed by the read that is still open.
        if status != 0 { request.deallocate() }
    }
}
