import Glibc

/// A POSIX thread, so that a blocking body takes no thread of Swift's own.
final class Thread {
    private var handle = pthread_t()

    init(_ body: @escaping @Sendable () -> Void) {
        let boxed = Unmanaged.passRetained(Box(body)).toOpaque()
        pthread_create(
            &handle, nil,
            { argument in
                if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, boxed)
    }

    func join() { pthread_join(handle, nil) }

    /// Sends the thread a signal; it must not be joined yet.
    func interrupt(_ signal: Int32) { pthread_kill(handle, signal) }

    private final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
