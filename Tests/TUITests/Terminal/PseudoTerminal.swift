import Glibc
import Testing

/// The two ends of a terminal that nobody looks at: what the program writes is read here, what is typed here it reads.
final class PseudoTerminal {
    let outer: Int32
    /// The program's end.
    let inner: Int32

    /// TIOCSPTLCK and TIOCGPTPEER (ioctl_tty(2)), which Swift doesn't import.
    private static let setLock: UInt = 0x4004_5431
    private static let openPeer: UInt = 0x5441

    init(columns: Int, rows: Int) throws {
        outer = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var lock: Int32 = 0
        try #require(outer >= 0 && ioctl(outer, Self.setLock, &lock) == 0)
        inner = ioctl(outer, Self.openPeer, O_RDWR | O_NOCTTY)
        try #require(inner >= 0)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        try #require(ioctl(outer, UInt(TIOCSWINSZ), &size) == 0)
    }

    deinit {
        close(outer)
        close(inner)
    }

    /// What the program has written and nobody has read, once there is something; empty when nothing comes.
    func read(waitMs: Int32 = 2000) -> [UInt8] {
        var all: [UInt8] = []
        var wait = pollfd(fd: outer, events: Int16(POLLIN), revents: 0)
        while poll(&wait, 1, all.isEmpty ? waitMs : 20) > 0 {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let count = Glibc.read(outer, &bytes, bytes.count)
            guard count > 0 else { break }
            all += bytes[..<count]
        }
        return all
    }

    /// Types, or answers as a terminal does.
    func type(_ text: String) {
        let bytes = Array(text.utf8)
        let count = bytes.withUnsafeBytes { write(outer, $0.baseAddress, $0.count) }
        #expect(count == bytes.count)
    }

    /// The terminal's modes, as far as programs change them.
    var modes: [UInt32] {
        var modes = termios()
        tcgetattr(inner, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_lflag]
    }

    /// Whether something waits that the program, or the shell after it, would read.
    var hasInput: Bool {
        var wait = pollfd(fd: inner, events: Int16(POLLIN), revents: 0)
        return poll(&wait, 1, 0) > 0
    }
}
