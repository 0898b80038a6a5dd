import Arguments
// For sigset_t alone, which the importer finds there.
import CNcurses
import Glibc
import Synchronization

/// Ends ffmpeg and removes what it has of the film where the program is told to end.
enum FilmInterruption {
    private struct Film {
        var pid: pid_t?
        var part: String
    }

    private static let underWay = Mutex<Film?>(nil)
    private static let exitCode: Int32 = 1

    /// Begins to wait for SIGINT, SIGTERM and SIGHUP on a thread of its own; called before any other thread is.
    static func install() {
        var awaited = signals
        pthread_sigmask(SIG_BLOCK, &awaited, nil)
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { _ in
                var awaited = FilmInterruption.signals
                var caught: Int32 = 0
                sigwait(&awaited, &caught)
                FilmInterruption.endAll()
                if isatty(STDERR_FILENO) != 0 { Console.complain("") }
                Console.complain(programName, "interrupted; no film was made")
                _exit(FilmInterruption.exitCode)
            }, nil)
    }

    /// A film is being made.
    static func watch(pid: pid_t, part: String) {
        underWay.withLock { $0 = Film(pid: pid, part: part) }
    }

    /// Its process has ended: the number may become another's.
    static func hasEnded() {
        underWay.withLock { $0?.pid = nil }
    }

    /// It is in its place, or gone.
    static func forget() {
        underWay.withLock { $0 = nil }
    }

    private static var signals: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&set, number) }
        return set
    }

    private static func endAll() {
        guard let film = underWay.withLock({ $0 }) else { return }
        if let pid = film.pid { kill(pid, SIGKILL) }
        unlink(film.part)
    }
}
