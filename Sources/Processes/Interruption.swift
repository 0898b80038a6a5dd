import Glibc
import Synchronization

/// Lets nothing outlive a program that is told to end: neither its processes nor what they were making.
public enum Interruption {
    /// What there is to end.
    private struct Living {
        var processes: Set<pid_t> = []
        var remains: [String: @Sendable (String) -> Void] = [:]
    }

    private static let living = Mutex(Living())

    /// Begins to wait for SIGINT, SIGTERM and SIGHUP on a thread of its own.
    ///
    /// Called once, before there is any other thread: all of them have these signals blocked. From here on a reader
    /// that is gone is an error of write(2), not the program's end. Where no thread can be had, a signal ends the
    /// program at once, as it would any other.
    ///
    /// - Parameter leave: gets the signal when everything is gone, and ends the program.
    public static func install(_ leave: @escaping @Sendable (Int32) -> Never) {
        signal(SIGPIPE, SIG_IGN)
        var awaited = signals
        pthread_sigmask(SIG_BLOCK, &awaited, nil)
        do throws(ProcessFailure) {
            _ = try SystemThread {
                var awaited = signals
                var caught: Int32 = 0
                sigwait(&awaited, &caught)
                endAll()
                leave(caught)
            }
        } catch {
            pthread_sigmask(SIG_UNBLOCK, &awaited, nil)
        }
    }

    /// Notes a path that must not be left behind.
    ///
    /// - Parameter remove: removes it, and neither starts a process nor asks anything of this type.
    public static func watch(_ path: String, _ remove: @escaping @Sendable (String) -> Void) {
        living.withLock { $0.remains[path] = remove }
    }

    /// Forgets a path: what it names is in its place, or gone.
    public static func forget(_ path: String) {
        living.withLock { _ = $0.remains.removeValue(forKey: path) }
    }

    /// Starts a process, which is known from its first moment on.
    ///
    /// - Parameter start: runs for one process at a time, so that none inherits another's ends of pipes.
    static func begin(_ start: () throws(ProcessFailure) -> RunningProcess) throws(ProcessFailure)
        -> RunningProcess
    {
        let begun: Result<RunningProcess, ProcessFailure> = living.withLock { living in
            do throws(ProcessFailure) {
                let process = try start()
                living.processes.insert(process.pid)
                return .success(process)
            } catch {
                return .failure(error)
            }
        }
        return try begun.get()
    }

    /// Takes the end of a process that has ended: its number may be another's from then on.
    static func reap(_ pid: pid_t) -> ProcessEnd? {
        living.withLock { living in
            var status: Int32 = 0
            let found = waitpid(pid, &status, WNOHANG)
            // Where children are taken by somebody else nobody knows how this one ended.
            guard found == pid || found == -1 && errno == ECHILD else { return nil }
            living.processes.remove(pid)
            return ProcessEnd(waitStatus: status)
        }
    }

    private static var signals: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&set, number) }
        return set
    }

    /// Kills every process that lives and removes what is watched.
    static func endAll() {
        living.withLock { living in
            for pid in living.processes { kill(-pid, SIGKILL) }
            for (path, remove) in living.remains { remove(path) }
        }
    }
}
