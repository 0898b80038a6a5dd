import CUV
import Glibc

/// Carries messages from any thread to a loop, in each sender's order.
public final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var isSignalled = false
        var isClosed = false
    }

    // Read and written inside `withState` only, which holds the lock. A POSIX mutex and not Swift's: the thread
    // sanitizer sees through this one, and takes all that the other guards for races.
    private nonisolated(unsafe) var state = State()
    // Written once in `init`; POSIX allows locking from any thread, and the last reference destroys it.
    private nonisolated(unsafe) let lock: UnsafeMutablePointer<pthread_mutex_t>
    // Written once in `init`; libuv allows `uv_async_send` from any thread while the handle isn't closing, and
    // it is only called under the lock with `isClosed` false, which `close` sets under the same lock first.
    private nonisolated(unsafe) let handle: UnsafeMutablePointer<uv_async_t>

    init(handle: UnsafeMutablePointer<uv_async_t>) {
        self.handle = handle
        lock = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    private func withState<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body(&state)
    }

    /// Hands a message over; it is received in one of the loop's next iterations.
    ///
    /// - Returns: false where the mailbox is closed and the message was dropped.
    @discardableResult
    public func send(_ message: Message) -> Bool {
        withState { state in
            guard !state.isClosed else { return false }
            state.messages.append(message)
            if !state.isSignalled {
                state.isSignalled = true
                uv_async_send(handle)
            }
            return true
        }
    }

    /// Receives nothing more and lets the loop go; on the loop's thread only.
    public func close() {
        let isFirst = withState { state in
            defer { state.isClosed = true }
            state.messages = []
            return !state.isClosed
        }
        guard isFirst else { return }
        let receiver = handle.pointee.data.map {
            Unmanaged<AnyMailboxReceiver>.fromOpaque($0).takeUnretainedValue()
        }
        receiver?.loop = nil
        uv_close(pw_async_handle(handle)) { handle in
            guard let data = handle?.pointee.data else { return }
            Unmanaged<AnyMailboxReceiver>.fromOpaque(data).release()
        }
    }

    fileprivate func takeAll() -> [Message] {
        withState { state in
            let messages = state.messages
            state.messages = []
            state.isSignalled = false
            return messages
        }
    }
}

/// The loop's side of a mailbox without its message type, for libuv's C callbacks.
private class AnyMailboxReceiver {
    let handle: UnsafeMutablePointer<uv_async_t>
    /// Kept while the mailbox is open; a closed one must not keep the loop that is to free it.
    var loop: EventLoop?

    init(loop: EventLoop) {
        handle = .allocate(capacity: 1)
        self.loop = loop
    }

    deinit { handle.deallocate() }

    func receive() {}
}

private final class MailboxReceiver<Message: Sendable>: AnyMailboxReceiver {
    private let body: (Message) -> Void
    var mailbox: Mailbox<Message>?

    init(loop: EventLoop, body: @escaping (Message) -> Void) {
        self.body = body
        super.init(loop: loop)
    }

    override func receive() {
        loop?.touch()
        for message in mailbox?.takeAll() ?? [] { body(message) }
    }
}

extension EventLoop {
    /// A mailbox whose messages the body takes on the loop's thread; it lives until it is closed.
    public func makeMailbox<Message: Sendable>(
        _ receive: @escaping (Message) -> Void
    ) throws(TransportError) -> Mailbox<Message> {
        let receiver = MailboxReceiver<Message>(loop: self, body: receive)
        let status = uv_async_init(uv, receiver.handle) { handle in
            guard let data = handle?.pointee.data else { return }
            Unmanaged<AnyMailboxReceiver>.fromOpaque(data).takeUnretainedValue().receive()
        }
        guard status == 0 else { throw TransportError(uv: status, "make a mailbox") }
        let mailbox = Mailbox<Message>(handle: receiver.handle)
        receiver.mailbox = mailbox
        receiver.handle.pointee.data = Unmanaged<AnyMailboxReceiver>.passRetained(receiver).toOpaque()
        return mailbox
    }
}
