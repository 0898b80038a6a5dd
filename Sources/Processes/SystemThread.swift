import Glibc

/// A thread of its own for what blocks; signals are another's.
public struct SystemThread: Sendable {
    /// What the thread takes over.
    private final class Body {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    private let thread: pthread_t

    /// Starts it.
    public init(_ run: sending @escaping () -> Void) throws(ProcessFailure) {
        let body = Unmanaged.passRetained(Body(run))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { body in
                guard let body else { return nil }
                // Those that block turn some signals, such as SIGXFSZ, into an error that a write returns.
                var all = sigset_t()
                sigfillset(&all)
                pthread_sigmask(SIG_SETMASK, &all, nil)
                Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run()
                return nil
            }, body.toOpaque())
        guard code == 0 else {
            body.release()
            throw .nothingLeft(what: "thread", reason: String(cString: strerror(code)))
        }
        self.thread = thread
    }

    /// Waits for its end; called once.
    public func join() {
        pthread_join(thread, nil)
    }
}
