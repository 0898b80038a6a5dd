import FoundationEssentials
import Glibc
import Synchronization

/// A server process that lives no longer than the measurement.
///
/// Its standard error goes to a file in a temporary directory of its own, which is removed with it.
final class ChildProcess {
    /// The process's number.
    let pid: Int32
    /// A fresh directory for whatever the process keeps.
    let directory: String
    private let output: Int32
    private var hasEnded = false

    /// Starts a program with a fresh directory.
    ///
    /// - Parameters:
    ///   - program: its path, or a name to look up in `PATH`.
    ///   - arguments: made from the path of the fresh directory.
    init(program: String, arguments: (String) -> [String]) throws(BenchFailure) {
        directory = try Self.makeDirectory()
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw BenchFailure("pipe: \(Self.reason(errno))") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        output = ends[0]
        defer { close(ends[1]) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(
            &actions, 2, directory + "/stderr", O_WRONLY | O_CREAT | O_TRUNC, 0o600)

        // The bench blocks some signals for its own waiting thread; the child starts with none blocked.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let words = [program] + arguments(directory + "/data")
        var cWords: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { cWords.forEach { free($0) } }
        var spawned: pid_t = 0
        let code = posix_spawnp(&spawned, program, &actions, &attributes, &cWords, environ)
        guard code == 0 else {
            close(ends[0])
            Self.remove(directory)
            throw BenchFailure("cannot start \(program): \(Self.reason(code))")
        }
        pid = spawned
        Interruption.watch(pid: pid, directory: directory)
    }

    deinit { end() }

    /// Waits for the first line the process prints.
    func firstLine(timeoutMs: Int) throws(BenchFailure) -> String {
        let deadline = MonotonicClock.nowUs + Int64(timeoutMs) * 1_000
        var line: [UInt8] = []
        while true {
            let leftMs = (deadline - MonotonicClock.nowUs) / 1_000
            var waited = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            guard leftMs > 0, poll(&waited, 1, Int32(leftMs)) > 0 else {
                throw BenchFailure("the server said nothing within \(timeoutMs) ms\(complaint)")
            }
            var byte: UInt8 = 0
            guard read(output, &byte, 1) == 1 else {
                throw BenchFailure("the server ended before it listened\(complaint)")
            }
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
    }

    /// The last lines of its standard error, to append to a message.
    var complaint: String {
        let text = ProcFile.text(directory + "/stderr") ?? ""
        let last = text.split(separator: "\n").suffix(3).joined(separator: " / ")
        return last.isEmpty ? "" : ": \(last)"
    }

    /// Kills the process, waits for its end and removes its directory.
    func end() {
        guard !hasEnded else { return }
        hasEnded = true
        kill(pid, SIGKILL)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) == -1 && errno == EINTR {}
        close(output)
        Interruption.forget(pid: pid)
        Self.remove(directory)
    }

    private static func makeDirectory() throws(BenchFailure) -> String {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/pixelwars-bench.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw BenchFailure("cannot make a directory in \(parent): \(reason(errno))")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes a directory made here.
    static func remove(_ directory: String) {
        do {
            try FileManager.default.removeItem(atPath: directory)
        } catch {
            Report.line("\(directory) stays behind: \(error)")
        }
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
