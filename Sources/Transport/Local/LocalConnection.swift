import CUV
import Glibc

/// One command's connection: a line in, an answer out.
///
/// libuv keeps it alive until its handle is closed.
final class LocalConnection {
    /// What an accepted connection is for.
    struct Plan {
        var maxRequestBytes: Int
        var timeoutMs: Int
        var onRequest: (LocalExchange) -> Void
        var onClose: (LocalConnection) -> Void
    }

    private enum Phase {
        case accepted, reading, asking, answering, closed
    }

    private unowned let loop: EventLoop
    /// Keeps the loop while the connection is open; a closed one must not keep the loop that is to free it.
    private var keptLoop: EventLoop?
    private let pipe: UnsafeMutablePointer<uv_pipe_t>
    private var phase = Phase.accepted
    private var plan: Plan?
    private var line: [UInt8] = []
    private var timer: LoopTimer?
    /// Kept for libuv until all of it is written.
    private var sending: ByteBlock?
    private var watchedBacklog = 0
    /// Waits for its answer.
    private weak var exchange: LocalExchange?

    init(loop: EventLoop) {
        self.loop = loop
        keptLoop = loop
        pipe = .allocate(capacity: 1)
        uv_pipe_init(loop.uv, pipe, 0)
        pipe.pointee.data = Unmanaged.passRetained(self).toOpaque()
    }

    deinit { pipe.deallocate() }

    var stream: UnsafeMutablePointer<uv_stream_t> { pw_pipe_stream(pipe) }

    /// Whether the process at the other end may command this one: it runs as root or as we do.
    var isPeerTrusted: Bool {
        var descriptor: uv_os_fd_t = -1
        guard uv_fileno(pw_pipe_handle(pipe), &descriptor) == 0 else { return false }
        // unix(7)'s `struct ucred`, which Swift doesn't import: process, user, group.
        var credentials: [UInt32] = [0, .max, .max]
        var length = socklen_t(MemoryLayout<UInt32>.stride * credentials.count)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 else {
            return false
        }
        return Self.isTrusted(user: credentials[1], own: geteuid())
    }

    static func isTrusted(user: UInt32, own: UInt32) -> Bool { user == 0 || user == own }

    /// Reads the line; all of it must be there within the time allowed.
    func start(_ plan: Plan) {
        self.plan = plan
        phase = .reading
        let timer = loop.makeTimer { [weak self] in self?.deadlineDidPass() }
        timer.schedule(afterMs: plan.timeoutMs)
        self.timer = timer
        let status = uv_read_start(
            stream,
            { handle, _, buffer in
                guard let connection = LocalConnection.from(handle?.pointee.data) else { return }
                let shared = connection.loop.readBuffer
                buffer?.pointee = uv_buf_init(shared.baseAddress, UInt32(shared.count))
            },
            { handle, count, _ in LocalConnection.from(handle?.pointee.data)?.didRead(count) })
        if status != 0 { close() }
    }

    /// Sends the answer, then closes; a peer that takes nothing for the time allowed is dropped.
    func answer(_ bytes: [UInt8]) {
        guard phase == .asking, let plan else { return }
        guard !bytes.isEmpty else { return close() }
        phase = .answering
        let block = ByteBlock(bytes)
        sending = block
        var buffer = uv_buf_t(base: block.start.assumingMemoryBound(to: CChar.self), len: block.count)
        let request = UnsafeMutablePointer<uv_write_t>.allocate(capacity: 1)
        request.pointee.data = pipe.pointee.data
        let status = uv_write(request, stream, &buffer, 1) { request, _ in
            let connection = LocalConnection.from(request?.pointee.data)
            request?.deallocate()
            connection?.didWrite()
        }
        guard status == 0 else {
            request.deallocate()
            return close()
        }
        watchedBacklog = uv_stream_get_write_queue_size(stream)
        timer?.schedule(afterMs: plan.timeoutMs)
    }

    /// Closes at once.
    func close() {
        guard phase != .closed else { return }
        phase = .closed
        timer = nil
        line = []
        sending = nil
        let plan = self.plan
        self.plan = nil
        plan?.onClose(self)
        exchange?.peerDidGo()
        uv_close(pw_pipe_handle(pipe)) { handle in
            guard let data = handle?.pointee.data else { return }
            Unmanaged<LocalConnection>.fromOpaque(data).release()
        }
        keptLoop = nil
    }

    private func didRead(_ count: Int) {
        loop.touch()
        // What comes behind the line is thrown away; a peer that only shut its own end still wants its answer.
        if phase == .asking, count < 0, isPeerGone { return close() }
        guard phase == .reading, count != 0, let plan else { return }
        guard count > 0 else { return close() }
        let bytes = UnsafeRawBufferPointer(rebasing: loop.readBuffer[..<count])
        let end = bytes.firstIndex(of: 0x0A)
        guard line.count + (end ?? count) <= plan.maxRequestBytes else { return close() }
        line.append(contentsOf: bytes[..<(end ?? count)])
        guard end != nil else { return }
        phase = .asking
        timer?.cancel()
        let request = line
        line = []
        let exchange = LocalExchange(request: request, connection: self)
        self.exchange = exchange
        plan.onRequest(exchange)
    }

    /// Whether both directions have ended, which a peer alone that closes or dies brings about.
    private var isPeerGone: Bool {
        var descriptor: uv_os_fd_t = -1
        guard uv_fileno(pw_pipe_handle(pipe), &descriptor) == 0 else { return true }
        var watched = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&watched, 1, 0) > 0
    }

    private func didWrite() {
        guard phase != .closed else { return }
        loop.touch()
        close()
    }

    private func deadlineDidPass() {
        let backlog = uv_stream_get_write_queue_size(stream)
        guard phase == .answering, backlog < watchedBacklog, let plan else { return close() }
        watchedBacklog = backlog
        timer?.schedule(afterMs: plan.timeoutMs)
    }

    private static func from(_ data: UnsafeMutableRawPointer?) -> LocalConnection? {
        data.map { Unmanaged<LocalConnection>.fromOpaque($0).takeUnretainedValue() }
    }
}
