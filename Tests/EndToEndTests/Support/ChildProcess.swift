import Glibc
import Testing

/// How a process ended.
enum ProcessEnd: Equatable {
    case exited(Int32)
    case killed(by: Int32)
}

/// One of the built programs (or a tool of the system) as a real process; it goes when this value does.
final class ChildProcess {
    let pid: pid_t
    /// Negative once it was closed.
    private var input: Int32
    private let output: Int32
    private let errorPath: String
    private var unread: [UInt8] = []
    private var end: ProcessEnd?

    /// The folder of the built programs: the test runner lies beside them.
    static let buildDirectory: String = {
        var path = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &path, path.count)
        let text = String(decoding: path[..<max(0, count)].map(UInt8.init(bitPattern:)), as: UTF8.self)
        return text.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    }()

    static func path(of program: String) -> String { buildDirectory + "/" + program }

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: Its path.
    ///   - arguments: Without the name.
    ///   - environment: Added to, or put in place of, the test's own.
    ///   - directory: Where its stderr is kept.
    init(_ program: String, _ arguments: [String], environment: [String: String] = [:], in directory: String)
        throws
    {
        var toChild: [Int32] = [0, 0]
        var fromChild: [Int32] = [0, 0]
        let piped = pipe(&toChild) == 0 && pipe(&fromChild) == 0
        try #require(piped)
        for file in toChild + fromChild { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
        errorPath = "\(directory)/stderr-\(toChild[1])-\(Deadline.nowMs)"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
        posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, errorPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let argv = ([program] + arguments).map { strdup($0) } + [nil]
        // A person's own settings are none of a test's.
        let own = ["XDG_CONFIG_HOME": directory + "/settings"]
        let envp =
            Self.environment(with: own.merging(environment) { _, given in given }).map { strdup($0) } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        // Tests run on threads that block signals, and a child would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var pid = pid_t()
        let status = posix_spawn(&pid, program, &actions, &attributes, argv, envp)
        close(toChild[0])
        close(fromChild[1])
        input = toChild[1]
        output = fromChild[0]
        self.pid = pid
        if status != 0 {
            end = .exited(127)
            throw TooLate(description: "\(program) can't be started: \(String(cString: strerror(status)))")
        }
    }

    deinit {
        endInput()
        close(output)
        if end == nil {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
    }

    /// What it said on stderr so far.
    var errors: String { (try? readFile(errorPath)) ?? "" }

    /// Its next line on stdout; nil when it closed stdout.
    func line(within seconds: Double = 60) throws -> String? {
        let deadline = Deadline(seconds: seconds)
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: unread[..<end], as: UTF8.self)
                unread.removeSubrange(...end)
                return line
            }
            guard try fill(deadline) else { return nil }
        }
    }

    /// All that it says on stdout until it closes it.
    func output(within seconds: Double = 60) throws -> String {
        let deadline = Deadline(seconds: seconds)
        while try fill(deadline) {}
        defer { unread = [] }
        return String(decoding: unread, as: UTF8.self)
    }

    /// Gives it a line on stdin.
    func say(_ line: String) throws {
        let bytes = Array((line + "\n").utf8)
        try #require(Glibc.write(input, bytes, bytes.count) == bytes.count)
    }

    /// Tells it that no further line comes.
    func endInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    func signal(_ number: Int32) {
        if end == nil { kill(pid, number) }
    }

    /// Waits for its end.
    @discardableResult
    func wait(within seconds: Double = 60) throws -> ProcessEnd {
        try eventually(within: seconds, "the end of process \(pid)") {
            if let end { return end }
            var status: Int32 = 0
            guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
            let signal = status & 0x7f
            let end: ProcessEnd = signal == 0 ? .exited(status >> 8 & 0xff) : .killed(by: signal)
            self.end = end
            return end
        }
    }

    /// Reads more of stdout; false at its end.
    private func fill(_ deadline: Deadline) throws -> Bool {
        var watch = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        guard poll(&watch, 1, deadline.leftMs) > 0 else {
            throw TooLate(description: "process \(pid) said nothing; its stderr: \(errors)")
        }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(output, &buffer, buffer.count)
        guard count > 0 else { return false }
        unread += buffer[..<count]
        return true
    }

    /// Variables that would change what a program shows or does.
    private static let steering: Set<String> = ["CLICK_PUSH_RATE", "NO_COLOR", "COLORTERM", "TERM_PROGRAM"]

    /// The test's environment without what would steer a program, with the given changes.
    private static func environment(with changes: [String: String]) -> [String] {
        var values: [String] = []
        var entry = environ
        while let text = entry.pointee {
            let line = String(cString: text)
            let name = String(line.prefix { $0 != "=" })
            if changes[name] == nil, !name.hasPrefix("PIXELWARS_"), !steering.contains(name) {
                values.append(line)
            }
            entry += 1
        }
        return values + changes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }
}

/// A file's text.
func readFile(_ path: String) throws -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw TooLate(description: "\(path): \(String(cString: strerror(errno)))") }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = read(file, &buffer, buffer.count)
        guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
        bytes += buffer[..<count]
    }
}
