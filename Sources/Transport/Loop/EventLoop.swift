import CUV
import Glibc

/// A libuv loop and all that hangs on it; confined to the thread that runs it.
///
/// One iteration: due timers, then whatever sockets, mailboxes and signals have, then the bodies given to
/// `atEndOfIteration` and `afterPoll`. Nothing here blocks but the wait for the next event.
public final class EventLoop {
    let uv: UnsafeMutablePointer<uv_loop_t>
    /// What sockets read into; handed out for the time of one callback, so one is enough for all of them.
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)
    /// Decrypted bytes, apart from `readBuffer` because both are in use at once.
    let plainBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 17 * 1024, alignment: 16)
    /// Contexts for messages being received, shared by every WebSocket on the loop.
    let frameReaders = FrameReaderPool()

    /// What `sentBytes` tells: memory of its own, so that a stream counts by one addition and no more.
    let sent = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)

    private let check: UnsafeMutablePointer<uv_check_t>
    private let prepare: UnsafeMutablePointer<uv_prepare_t>
    private let idle: UnsafeMutablePointer<uv_idle_t>
    private var signals: [SignalWatch] = []
    private var pollBodies: [() -> Void] = []
    private var endBodies: [() -> Void] = []
    private var isTouched = false
    private var isSpinning = false
    private var isStopped = false
    private var isAsking = false

    /// Makes a loop; SIGPIPE is ignored for the process from here on.
    public init() throws(TransportError) {
        signal(SIGPIPE, SIG_IGN)
        uv = .allocate(capacity: 1)
        check = .allocate(capacity: 1)
        prepare = .allocate(capacity: 1)
        idle = .allocate(capacity: 1)
        sent.initialize(to: 0)
        let status = uv_loop_init(uv)
        guard status == 0 else {
            uv.deallocate()
            check.deallocate()
            prepare.deallocate()
            idle.deallocate()
            readBuffer.deallocate()
            plainBuffer.deallocate()
            sent.deallocate()
            throw TransportError(uv: status, "start an event loop")
        }
        uv_check_init(uv, check)
        uv_prepare_init(uv, prepare)
        uv_idle_init(uv, idle)
        check.pointee.data = Unmanaged.passUnretained(self).toOpaque()
        prepare.pointee.data = check.pointee.data
        uv_check_start(check) { handle in
            EventLoop.from(handle?.pointee.data)?.endIteration()
        }
        // Timers run before the poll: what they began is finished here, before the loop waits.
        uv_prepare_start(prepare) { handle in
            EventLoop.from(handle?.pointee.data)?.endIteration()
        }
    }

    deinit {
        for watch in signals { watch.close() }
        // Sockets and timers retain the loop while they are open, so only the loop's own handles are left.
        uv_close(pw_check_handle(check), nil)
        uv_close(pw_prepare_handle(prepare), nil)
        uv_close(pw_idle_handle(idle), nil)
        uv_run(uv, UV_RUN_DEFAULT)
        let status = uv_loop_close(uv)
        precondition(status == 0, "a handle outlived its loop")
        uv.deallocate()
        check.deallocate()
        prepare.deallocate()
        idle.deallocate()
        readBuffer.deallocate()
        plainBuffer.deallocate()
        sent.deallocate()
    }

    /// Microseconds of the monotonic clock.
    public var monotonicUs: Int64 { Int64(uv_hrtime() / 1000) }

    /// All bytes that the loop's TCP streams have handed to the system, TLS's own among them.
    public var sentBytes: UInt64 { sent.pointee }

    /// Runs until `stop` is called.
    public func run() {
        isStopped = false
        while !isStopped { uv_run(uv, UV_RUN_ONCE) }
    }

    /// Runs until the condition holds or the time is over; the condition is asked after every iteration.
    ///
    /// - Returns: whether the condition held.
    @discardableResult
    public func run(until condition: () -> Bool, timeoutMs: Int) -> Bool {
        let end = monotonicUs + Int64(timeoutMs) * 1000
        var isDue = false
        let alarm = makeTimer { isDue = true }
        alarm.schedule(afterMs: timeoutMs)
        isAsking = true
        defer {
            isAsking = false
            alarm.cancel()
        }
        while !condition() {
            if isDue || monotonicUs >= end { return condition() }
            uv_run(uv, UV_RUN_ONCE)
        }
        return true
    }

    /// Ends `run` after the current iteration; on the loop's thread only (others send to a mailbox).
    public func stop() {
        isStopped = true
        uv_stop(uv)
    }

    /// Runs the body once after each poll in which something happened, for the loop's whole life.
    ///
    /// What it sends is written at once; what it sets off in handlers comes before the loop waits again.
    public func afterPoll(_ body: @escaping () -> Void) { pollBodies.append(body) }

    /// Runs the body once, at the end of the current iteration, before the `afterPoll` bodies.
    public func atEndOfIteration(_ body: @escaping () -> Void) {
        endBodies.append(body)
        isTouched = true
    }

    /// A timer that isn't running yet.
    public func makeTimer(_ fire: @escaping () -> Void) -> LoopTimer { LoopTimer(loop: self, fire: fire) }

    /// Runs the body on the loop's thread whenever the signal comes, for the loop's whole life.
    public func onSignal(_ number: Int32, _ body: @escaping () -> Void) throws(TransportError) {
        signals.append(try SignalWatch(loop: self, signal: number, body: body))
    }

    /// Notes that a callback ran, so that the bodies are due.
    func touch() { isTouched = true }

    private func endIteration() {
        // What a timer did before the poll may be what `run(until:)` waits for: then it mustn't sleep.
        if isTouched && isAsking { uv_stop(uv) }
        var passes = 0
        while isTouched && passes < 8 {
            isTouched = false
            passes += 1
            while !endBodies.isEmpty {
                let bodies = endBodies
                endBodies = []
                for body in bodies { body() }
            }
            for body in pollBodies { body() }
        }
        guard isTouched != isSpinning else { return }
        // Work that keeps making work must not starve the sockets: they are polled, without waiting.
        isSpinning = isTouched
        if isSpinning { uv_idle_start(idle) { _ in } } else { uv_idle_stop(idle) }
    }

    private static func from(_ data: UnsafeMutableRawPointer?) -> EventLoop? {
        data.map { Unmanaged<EventLoop>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension TransportError {
    /// Puts libuv's reason behind what could not be done.
    init(uv status: Int32, _ action: String) {
        let code: Code =
            switch uv_errno_t(status) {
            case UV_ECONNREFUSED: .connectionRefused
            case UV_ECONNRESET, UV_EPIPE, UV_EOF: .connectionLost
            case UV_ETIMEDOUT: .timedOut
            case UV_EAI_NONAME, UV_EAI_AGAIN, UV_EAI_FAIL, UV_EAI_NODATA: .nameNotFound
            default: .system
            }
        let reason = uv_strerror(status).map { String(cString: $0) } ?? "error \(status)"
        self.init(code, "cannot \(action): \(reason)")
    }
}
