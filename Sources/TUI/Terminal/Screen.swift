import CNcurses
import Glibc
import Raster

/// The terminal, through ncurses; nothing else knows that there is one.
///
/// Used from one thread. A frame that equals the last one writes nothing.
final class Screen {
    let depth: ColorDepth
    private var inks: InkTable
    private var pairs: ColorPairs
    private var shown: CellGrid?
    private let restore: String
    /// The bell and titles are never used; the mouse and paste are asked for by hand because ncurses' own mouse
    /// code would also decode, and block on clicks.
    private static let enter = "\u{1b}[?1000h\u{1b}[?1003h\u{1b}[?1006h\u{1b}[?2004h"
    private static let beginSync = "\u{1b}[?2026h"
    private static let endSync = "\u{1b}[?2026l"

    /// Pairs in use stay well below what one frame of the largest usual window needs at once.
    private static let maxPairs = 60_000

    /// Which keys reach the program.
    enum Keys: Hashable, Sendable {
        /// All but Ctrl-C, which ends it at once.
        case interruptible
        case all
    }

    /// Takes over the terminal on standard input and output; nil where that fails.
    init?(_ choice: TerminalChoice, _ keys: Keys = .interruptible) {
        TextWidth.prepare()
        guard TerminalGuard.save(terminal: STDIN_FILENO) else { return nil }
        if choice.entry == DirectColorEntry.name { setenv("TERMINFO", DirectColorEntry.terminfo, 1) }
        guard Self.open(choice.entry) else { return nil }
        var depth = choice.depth
        if depth != .monochrome, !has_colors() || start_color() == ERR { depth = .monochrome }
        let tableSize = Int(pw_colors())
        if depth == .truecolor, tableSize <= 256 { depth = .ansi256 }
        if depth == .ansi256, tableSize < 256 { depth = .ansi16 }
        self.depth = depth
        inks = InkTable(depth: depth, tableSize: tableSize)
        pairs = ColorPairs(capacity: max(min(Int(pw_color_pairs()) - 1, Self.maxPairs), 1))
        restore = TerminalGuard.restoreSequence { pw_terminfo_string($0).map { String(cString: $0) } }
        cbreak()
        noecho()
        nonl()
        Self.free(keys)
        // Output must not wait for pending input, and input isn't read through ncurses.
        typeahead(-1)
        TerminalGuard.arm(restore: restore)
        curs_set(0)
        // Until the first endwin ncurses flushes at every cursor move; this makes a frame one write.
        wrefresh(pw_stdscr())
        endwin()
        wrefresh(pw_stdscr())
        Self.write(Self.enter)
    }

    /// Ctrl-S and Ctrl-Q are keys, too: by default they make the terminal stop and go.
    private static func free(_ keys: Keys) {
        var modes = termios()
        guard tcgetattr(STDIN_FILENO, &modes) == 0 else { return }
        modes.c_iflag &= ~tcflag_t(IXON)
        // The first of the control characters is the interrupt's; 0 is none.
        if keys == .all { modes.c_cc.0 = 0 }
        tcsetattr(STDIN_FILENO, TCSANOW, &modes)
        // What ncurses comes back to after the program was stopped.
        def_prog_mode()
    }

    /// Tries the entry; where this machine doesn't have it, a common one.
    private static func open(_ entry: String) -> Bool {
        for name in [entry, "xterm-256color", "xterm", "vt100"] {
            if pw_open_screen(name) != 0 { return true }
        }
        return false
    }

    /// What terminfo says of a terminal, by default of that in TERM; before any screen is open.
    static func entry(named name: String? = nil) -> TerminalEntry {
        var error: Int32 = 0
        guard setupterm(name, STDOUT_FILENO, &error) == OK else { return TerminalEntry() }
        defer { if let terminal = pw_current_terminal() { del_curterm(terminal) } }
        return TerminalEntry(
            colors: Int(max(pw_terminfo_number("colors"), 0)), placesText: pw_terminfo_string("cup") != nil)
    }

    /// The window's size in cells.
    static func size() -> (columns: Int, rows: Int) {
        var size = winsize()
        guard pw_window_size(STDOUT_FILENO, &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    // MARK: Drawing

    /// Shows a frame: only what differs from the last one is sent.
    func show(_ grid: CellGrid) {
        guard grid != shown else { return }
        if !draw(grid) {
            // All pairs are taken: they start anew, and with them every cell.
            reset_color_pairs()
            pairs.removeAll()
            shown = nil
            clearok(pw_curscr(), true)
            _ = draw(grid)
        }
        if let caret = grid.caret {
            wmove(pw_stdscr(), Int32(caret.row), Int32(caret.column))
            curs_set(1)
        } else {
            curs_set(0)
        }
        wnoutrefresh(pw_stdscr())
        Self.write(Self.beginSync)
        doupdate()
        Self.write(Self.endSync)
        shown = grid
    }

    /// Puts changed cells into ncurses' window; false where the color pairs ran out.
    private func draw(_ grid: CellGrid) -> Bool {
        let old = shown.flatMap { $0.columns == grid.columns && $0.rows == grid.rows ? $0.cells : nil }
        for row in 0..<grid.rows {
            for column in 0..<grid.columns {
                let at = row * grid.columns + column
                let cell = grid.cells[at]
                if let old, old[at] == cell { continue }
                guard cell.scalar != 0 else { continue }
                guard let pair = pair(of: cell) else { return false }
                add(cell, column: column, row: row, pair: pair)
            }
        }
        return true
    }

    private func pair(of cell: Cell) -> Int32? {
        if depth == .monochrome { return 0 }
        let foreground = inks.number(for: cell.foreground)
        let background = inks.number(for: cell.background)
        guard let pair = pairs.pair(foreground: foreground, background: background) else { return nil }
        if pair.isNew { init_extended_pair(pair.number, max(foreground, 0), max(background, 0)) }
        return pair.number
    }

    private func add(_ cell: Cell, column: Int, row: Int, pair: Int32) {
        var attributes: attr_t = 0
        if cell.style.contains(.bold) { attributes |= pw_attr_bold() }
        if cell.style.contains(.reverse) { attributes |= pw_attr_reverse() }
        if cell.style.contains(.underline) { attributes |= pw_attr_underline() }
        if cell.style.contains(.dim) { attributes |= pw_attr_dim() }
        withUnsafeTemporaryAllocation(of: wchar_t.self, capacity: 3) { text in
            text[0] = wchar_t(cell.scalar)
            text[1] = wchar_t(cell.mark)
            text[2] = 0
            _ = pw_add_cell(Int32(row), Int32(column), text.baseAddress, attributes, pair)
        }
    }

    // MARK: Changes of the terminal

    /// Takes in the window's new size.
    func resize(columns: Int, rows: Int) {
        resizeterm(Int32(rows), Int32(columns))
        repaint()
    }

    /// Sends everything with the next frame.
    func repaint() {
        shown = nil
        clearok(pw_curscr(), true)
    }

    /// Gives the terminal back, stops, and takes it over again when the shell lets the program go on.
    func suspend() {
        endwin()
        TerminalGuard.restore()
        TerminalGuard.stop()
        resume()
    }

    /// Takes the terminal over again after it was stopped.
    func resume() {
        TerminalGuard.arm(restore: restore)
        reset_prog_mode()
        repaint()
        wrefresh(pw_stdscr())
        Self.write(Self.enter)
    }

    /// Gives the terminal back for good.
    func close() {
        endwin()
        TerminalGuard.restore()
    }

    /// Writes past ncurses, whose own output is always flushed by then.
    private static func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                return
            }
            rest = rest.dropFirst(written)
        }
    }
}
