import CNcurses
import Glibc

/// Puts the terminal back on every way out: exits, signals, crashes.
///
/// The state and the handlers are C (see the shim); this file alone calls them.
enum TerminalGuard {
    /// A signal that the event loop handles.
    enum Wake: Hashable, Sendable {
        case resized
        case stopAsked
        case continued
        /// The program is to end by this signal.
        case endAsked(Int32)
    }

    /// What ends every mode that the program may have set: synchronized output, the mouse, paste, focus, links, styles,
    /// a hidden cursor, the other screen.
    static func restoreSequence(takesCommands: Bool = true, terminfo: (String) -> String?) -> String {
        let modes =
            "\u{1b}[?2026l\u{1b}[?1003l\u{1b}[?1002l\u{1b}[?1000l\u{1b}[?1006l\u{1b}[?2004l\u{1b}[?1004l"
        let names = ["sgr0", "op", "cnorm", "rmcup", "rmkx"]
        // What was cut off in the middle ends first, so that the rest is read as what it is.
        return TerminalWords.terminator + modes + (takesCommands ? TerminalWords.linkEnd : "")
            + names.compactMap(terminfo).joined()
    }

    /// Remembers the terminal's modes, and where bytes to it go; false where it has none.
    static func save(terminal: Int32, output: Int32) -> Bool { pw_guard_save(terminal, output) == 0 }

    /// Says whether the terminal has been asked something that it hasn't answered.
    static func await(_ isAwaiting: Bool) { pw_guard_await(isAwaiting ? 1 : 0) }

    /// Installs the handlers; resizes, job control and the first wish for an end write their signal's number to `wake`.
    static func install(wake: Int32) { pw_guard_install(wake) }

    /// From now on every way out writes `restore` and sets the saved modes.
    static func arm(restore: String) {
        let bytes = Array(restore.utf8)
        bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { pw_guard_arm($0.baseAddress, $0.count) }
        }
    }

    /// Puts the terminal back now; later calls do nothing until `arm`.
    static func restore() { pw_guard_restore() }

    /// Stops the process and its job as a terminal's own Ctrl-Z does, and returns when it goes on; no `.continued` follows.
    static func stop() { pw_guard_stop() }

    /// Ends the process by a signal, as if nothing had handled it.
    static func end(by signal: Int32) { pw_guard_fatal(signal) }

    /// What a byte from the wake pipe means.
    static func wake(_ byte: UInt8) -> Wake? {
        switch Int32(byte) {
        case SIGWINCH: .resized
        case SIGTSTP: .stopAsked
        case SIGCONT: .continued
        case SIGINT, SIGTERM: .endAsked(Int32(byte))
        default: nil
        }
    }
}
