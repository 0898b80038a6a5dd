public import Glibc

/// A process that was started here and doesn't outlive this value.
///
/// One thread owns it. Whoever made it hears of its end by `wait` or `end`; where neither was called it is killed with
/// all that it started, and no zombie stays.
public final class ChildProcess {
    /// The process's number, and that of its group.
    public let pid: pid_t
    private var input: Int32
    /// Whether a write to it waits until all of it is taken.
    private var isPatient = true
    private let output: Int32
    private var complaints: Complaints
    /// What it wrote to its standard output and nobody took.
    private var unread: [UInt8] = []
    private var ended: ProcessEnd?

    /// How long an end may go unseen, in milliseconds: nothing that poll(2) waits for tells of it.
    private static let glanceMs: Int32 = 20

    /// Starts a program; SIGPIPE is ignored from here on, and SIGCHLD isn't, whoever started us: where it is, the
    /// kernel takes children's ends itself.
    public init(_ order: ProcessOrder) throws(ProcessFailure) {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGCHLD, SIG_DFL)
        let process = try Interruption.begin { () throws(ProcessFailure) in try RunningProcess(order) }
        pid = process.pid
        input = process.input
        output = process.output
        complaints = process.complaints
    }

    deinit {
        _ = end(withinMs: 0)
        if output >= 0 { close(output) }
        complaints.close()
    }

    /// Writes all of it to the process's standard input, however long that takes.
    ///
    /// - Throws: `inputClosed`.
    public func write(_ bytes: [UInt8]) throws(ProcessFailure) {
        var rest = bytes[...]
        // Beside a pipe of complaints only poll(2) may wait: a process that waits for us to read reads nothing.
        while complaints.awaited >= 0, !rest.isEmpty {
            rest = rest.dropFirst(try write(rest, waitMs: -1))
        }
        bePatient(true)
        while !rest.isEmpty { rest = rest.dropFirst(try put(rest)) }
    }

    /// Writes what the process's standard input takes within a time.
    ///
    /// - Parameter waitMs: negative for as long as it takes.
    /// - Returns: how many bytes went; 0 where none did in that time, or it only complained.
    /// - Throws: `inputClosed`.
    public func write(_ bytes: ArraySlice<UInt8>, waitMs: Int32) throws(ProcessFailure) -> Int {
        var ready = [
            pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: complaints.awaited, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&ready, 2, waitMs)
        bePatient(false)
        defer { complaints.read() }
        return try put(bytes)
    }

    private func put(_ bytes: ArraySlice<UInt8>) throws(ProcessFailure) -> Int {
        let count = bytes.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
        if count >= 0 { return count }
        guard errno == EAGAIN || errno == EINTR else { throw .inputClosed }
        return 0
    }

    private func bePatient(_ isPatient: Bool) {
        guard isPatient != self.isPatient else { return }
        self.isPatient = isPatient
        _ = fcntl(input, F_SETFL, isPatient ? 0 : O_NONBLOCK)
    }

    /// Tells it that nothing more comes.
    public func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// Waits for the next line that it writes to its standard output.
    ///
    /// - Throws: `silent`, or `outputClosed`.
    public func line(withinMs: Int) throws(ProcessFailure) -> String {
        let deadline = ContinuousClock.now + .milliseconds(withinMs)
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread.removeSubrange(...end) }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            let leftMs = Int32(clamping: Int((deadline - .now) / .milliseconds(1)))
            var ready = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            let readyCount = leftMs > 0 ? poll(&ready, 1, leftMs) : 0
            if readyCount < 0, errno == EINTR { continue }
            guard readyCount > 0 else { throw .silent(ms: withinMs) }
            var part = [UInt8](repeating: 0, count: 4_096)
            let count = read(output, &part, part.count)
            guard count > 0 else { throw .outputClosed }
            unread += part[..<count]
        }
    }

    /// Waits for complaints, at most for a time.
    public func listen(ms: Int32) {
        var ready = pollfd(fd: complaints.awaited, events: Int16(POLLIN), revents: 0)
        _ = poll(&ready, 1, ms)
        complaints.read()
    }

    /// The last lines of its standard error, without the empty ones.
    public func lastLines(_ count: Int) -> [String] {
        complaints.read()
        return complaints.lines(count)
    }

    /// Waits for its end.
    ///
    /// Its standard input stays as it is: what waits for more is to be told first that nothing comes.
    public func wait() -> ProcessEnd {
        while true {
            if let end = lookForEnd() { return end }
            if complaints.awaited < 0 { waitUnheard() } else { listen(ms: Self.glanceMs) }
        }
    }

    /// Tells it that nothing more comes and waits a time for its end; then it is killed, with all that it started.
    public func end(withinMs: Int) -> ProcessEnd {
        closeInput()
        let deadline = ContinuousClock.now + .milliseconds(withinMs)
        while true {
            if let end = lookForEnd() { return end }
            guard ContinuousClock.now < deadline else { break }
            listen(ms: Self.glanceMs)
        }
        kill(-pid, SIGKILL)
        waitUnheard()
        return wait()
    }

    private func lookForEnd() -> ProcessEnd? {
        if ended == nil {
            ended = Interruption.reap(pid)
            complaints.read()
        }
        return ended
    }

    /// Waits until it has ended, and leaves that to be taken.
    private func waitUnheard() {
        var facts = siginfo_t()
        while waitid(P_PID, id_t(pid), &facts, WEXITED | WNOWAIT) == -1, errno == EINTR {}
    }
}
