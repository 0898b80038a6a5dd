import Client
import Glibc
import Protocol
import Transport

/// Waits for lines, news and time, tells the session, and prints what it says.
///
/// A reader that is slow holds up the input, and nothing else: what nobody asked for is summed meanwhile.
final class FlatLoop {
    private var session: FlatSession
    private let inbox: Inbox<ScreenNews>
    private let perform: (Command) -> [TerminalWish]
    private let isASCII: Bool
    private let isTerminal = isatty(STDOUT_FILENO) == 1
    private var reader = ReportReader()
    private var splitter: LineSplitter
    private var unwritten: [UInt8] = []
    private var isReading = true
    private var isReaderGone = false

    /// What may wait for a slow reader before no more input is taken.
    private static let maxUnwrittenBytes = 64 * 1024
    /// A pipe that poll(2) finds writable takes as much without blocking (PIPE_BUF).
    private static let pieceBytes = 4096

    init(
        session: FlatSession, inbox: Inbox<ScreenNews>, maxLineBytes: Int, isASCII: Bool,
        perform: @escaping (Command) -> [TerminalWish]
    ) {
        self.session = session
        self.inbox = inbox
        self.isASCII = isASCII
        self.perform = perform
        splitter = LineSplitter(maxBytes: maxLineBytes)
    }

    /// Runs until the session is over, or nobody reads any more.
    func run() throws(ProgramFailure) {
        tell(session.take(.started, nowMs: Monotonic.nowMs))
        while !isReaderGone, !(session.isOver && unwritten.isEmpty) {
            var waits = [
                pollfd(fd: wantsInput ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: session.isOver ? -1 : inbox.wakeReader, events: Int16(POLLIN), revents: 0),
                pollfd(fd: unwritten.isEmpty ? -1 : STDOUT_FILENO, events: Int16(POLLOUT), revents: 0),
            ]
            guard poll(&waits, 3, timeoutMs) >= 0 || errno == EINTR else {
                throw ProgramFailure("can't wait: \(String(cString: strerror(errno)))")
            }
            if waits[2].revents != 0 { writePiece() }
            if session.isOver { continue }
            if waits[1].revents != 0 { readInbox() }
            if waits[0].revents != 0 { readInput() }
            if let deadline = session.deadlineMs, deadline <= Monotonic.nowMs {
                tell(session.take(.clock, nowMs: Monotonic.nowMs))
            }
        }
        if let failure = session.failure { throw ProgramFailure(failure) }
    }

    private var wantsInput: Bool {
        isReading && !session.isOver && session.takesLines && unwritten.count < Self.maxUnwrittenBytes
    }

    private var timeoutMs: Int32 {
        guard !session.isOver, let deadline = session.deadlineMs else { return -1 }
        return Int32(clamping: max(deadline - Monotonic.nowMs, 0))
    }

    // MARK: What comes in

    private func readInput() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count > 0 else {
            isReading = false
            if let line = splitter.end() { take(line) }
            tell(session.endInput(nowMs: Monotonic.nowMs))
            return
        }
        for line in splitter.take(Array(bytes[..<count])) { take(line) }
    }

    private func take(_ line: LineSplitter.Line) {
        switch line {
        case .line(let bytes):
            tell(session.take(line: String(decoding: bytes, as: UTF8.self), nowMs: Monotonic.nowMs))
        case .tooLong: say([Announcement(.error, "that line is too long")])
        case .notUTF8: say([Announcement(.error, "that line is not UTF-8")])
        }
    }

    private func readInbox() {
        for item in inbox.take().items {
            switch item {
            case .event(let event):
                if case .welcome(let welcome) = event { session.begin(at: welcome.canvas.version) }
                for report in reader.reports(of: event) { take(report) }
            case .report(let report): take(report)
            // Nothing here opens one.
            case .studio: break
            }
        }
    }

    private func take(_ report: Report) {
        tell(session.take(.server(report), nowMs: Monotonic.nowMs))
    }

    // MARK: What goes out

    private func tell(_ outcome: FlatSession.Outcome) {
        let wishes = outcome.commands.flatMap(perform)
        unwritten += Self.bytes(of: wishes, isTerminal: isTerminal)
        say(outcome.announcements)
    }

    /// What is written for a wish besides lines: a bell, where somebody hears it.
    ///
    /// A file or a pipe gets lines alone, and all else that a terminal can do is for whoever looks at it.
    static func bytes(of wishes: [TerminalWish], isTerminal: Bool) -> [UInt8] {
        isTerminal && wishes.contains(.bell) ? [0x07] : []
    }

    private func say(_ announcements: [Announcement]) {
        for announcement in announcements {
            unwritten += Array((isASCII ? announcement.asciiLine : announcement.line).utf8)
            unwritten.append(UInt8(ascii: "\n"))
        }
    }

    private func writePiece() {
        let count = unwritten.withUnsafeBytes {
            write(STDOUT_FILENO, $0.baseAddress, min($0.count, Self.pieceBytes))
        }
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count > 0 else {
            isReaderGone = true
            return
        }
        unwritten.removeFirst(count)
    }
}
