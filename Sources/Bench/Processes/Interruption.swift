import Glibc
import Synchronization

/// Ends the children with the bench, also when it is interrupted.
enum Interruption {
    private static let living = Mutex<[Int32: String]>([:])

    /// A child to be killed, and its directory to be removed, on SIGINT, SIGTERM or SIGHUP.
    static func watch(pid: Int32, directory: String) {
        living.withLock { $0[pid] = directory }
    }

    /// A child that has ended.
    static func forget(pid: Int32) {
        living.withLock { _ = $0.removeValue(forKey: pid) }
    }

    /// Starts a thread that waits for the signals; every other thread has them blocked.
    ///
    /// Called once, first.
    static func install() {
        signal(SIGPIPE, SIG_IGN)
        var awaited = signals
        pthread_sigmask(SIG_BLOCK, &awaited, nil)
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { _ in
                var awaited = Interruption.signals
                var caught: Int32 = 0
                sigwait(&awaited, &caught)
                Interruption.endAll()
                _exit(128 + caught)
            }, nil)
    }

    private static var signals: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&set, number) }
        return set
    }

    private static func endAll() {
        let children = living.withLock { $0 }
        for (pid, directory) in children {
            kill(pid, SIGKILL)
            ChildProcess.remove(directory)
        }
    }
}
