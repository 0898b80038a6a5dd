import CNcurses
import Glibc

/// The terminal's two ends: read from the one, written to the other without ever waiting.
///
/// O_NONBLOCK belongs to the open file, which the shell and others share: it is set on one opened anew for the program alone.
/// Where that can't be had, small pieces are written whenever poll(2) says that there is room.
final class TerminalPort {
    let input: Int32
    /// Where bytes go; also to be asked whether there is room.
    let output: Int32
    private let shared: Int32
    private let isOwn: Bool
    /// The terminal's modes while it is the program's; none where it is no terminal.
    private var modes: termios?

    /// What a terminal is guaranteed to take once it says that there is room.
    private static let pieceBytes = 256

    /// What became of bytes that were to be written.
    enum Outcome: Hashable, Sendable {
        case wrote(Int)
        case full
        /// The terminal is gone.
        case lost
    }

    init(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) {
        self.input = input
        shared = output
        let own = Self.reopened(output)
        isOwn = own != nil
        self.output = own ?? output
    }

    deinit { if isOwn { Glibc.close(output) } }

    /// The same terminal, opened anew; nil where it can't be, or where that is another one.
    private static func reopened(_ descriptor: Int32) -> Int32? {
        let flags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let own = open("/proc/self/fd/\(descriptor)", flags)
        guard own >= 0 else { return nil }
        var (here, there) = (stat(), stat())
        guard isatty(own) == 1, fstat(descriptor, &here) == 0, fstat(own, &there) == 0,
            here.st_rdev == there.st_rdev, here.st_ino == there.st_ino
        else {
            Glibc.close(own)
            return nil
        }
        return own
    }

    /// The window's size in cells.
    var size: (columns: Int, rows: Int) { Self.size(of: shared) }

    /// The size of the window behind a descriptor; the usual one where there is none.
    static func size(of descriptor: Int32) -> (columns: Int, rows: Int) {
        var size = winsize()
        guard pw_window_size(descriptor, &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    // MARK: Modes

    /// Keys come one by one, unseen, all of them, and bytes go out as they are.
    func takeOver() {
        var modes = termios()
        guard tcgetattr(input, &modes) == 0 else { return }
        // Nor are Ctrl-C, Ctrl-Z and Ctrl-\ signals: what they do is the bindings' to say.
        modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL | IEXTEN | ISIG)
        // Ctrl-S and Ctrl-Q are keys, too: by default they make the terminal stop and go.
        modes.c_iflag &= ~tcflag_t(ICRNL | INLCR | IGNCR | IXON | ISTRIP)
        modes.c_oflag &= ~tcflag_t(OPOST)
        withUnsafeMutableBytes(of: &modes.c_cc) {
            $0[Int(VMIN)] = 1
            $0[Int(VTIME)] = 0
        }
        self.modes = modes
        takeOverAgain()
    }

    /// The same after the terminal was given back.
    func takeOverAgain() {
        guard var modes else { return }
        tcsetattr(input, TCSANOW, &modes)
    }

    /// Throws away what was typed or answered and not yet read.
    func dropInput() { tcflush(input, TCIFLUSH) }

    // MARK: Bytes

    /// Writes as much as there is room for, by one write(2) where all of it fits.
    func write(_ bytes: ArraySlice<UInt8>) -> Outcome {
        guard !bytes.isEmpty else { return .wrote(0) }
        if !isOwn, !waits(output, for: POLLOUT, ms: 0) { return .full }
        let most = isOwn ? bytes.count : min(bytes.count, Self.pieceBytes)
        while true {
            let count = bytes.withUnsafeBytes { Glibc.write(output, $0.baseAddress, most) }
            if count >= 0 { return .wrote(count) }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .full
            default: return .lost
            }
        }
    }

    /// Reads what is there; empty where nothing is, nil where the terminal is gone.
    func read() -> ArraySlice<UInt8>? {
        // What was there may have been thrown away since: a read would wait for the next key.
        guard waits(input, for: POLLIN | POLLHUP | POLLERR, ms: 0) else { return [] }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(input, &bytes, bytes.count)
        if count == 0 || count < 0 && errno != EINTR && errno != EAGAIN { return nil }
        return bytes[..<max(count, 0)]
    }

    /// Waits for bytes to read.
    func waitForInput(ms: Int32) -> Bool { waits(input, for: POLLIN, ms: ms) }

    /// Waits for room to write.
    func waitForRoom(ms: Int32) -> Bool { waits(output, for: POLLOUT, ms: ms) }

    private func waits(_ descriptor: Int32, for event: Int32, ms: Int32) -> Bool {
        var wait = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        return poll(&wait, 1, ms) > 0 && Int32(wait.revents) & event != 0
    }
}
