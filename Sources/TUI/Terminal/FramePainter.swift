import CNcurses
import Glibc
import Raster

/// Makes of frames the bytes that a terminal takes, through ncurses; nothing else knows that there is one.
///
/// ncurses writes into a file in memory, so that a frame is a value: it leaves by one write, can be counted, recorded and
/// tested without a terminal. Used from one thread; one at a time may be open in a process.
final class FramePainter {
    let depth: ColorDepth
    /// What gives the terminal back.
    let restore: String
    /// Whether commands (OSC) are sent: the linux console prints what it doesn't know.
    let takesCommands: Bool
    private let file: UnsafeMutablePointer<FILE>
    private let screen: OpaquePointer
    private var inks: InkTable
    private var pairs: ColorPairs
    /// What the terminal shows.
    private var shown: CellGrid
    /// Links that stand on the terminal.
    private var linked: [CellGrid.Link] = []
    private var turn = 0
    private let hasDefaultColors: Bool
    private let cost: CellCost
    /// What frames turned out to cost, in percent of what was thought.
    private var costPercent = 100

    /// Pairs in use stay well below what one frame of the largest usual window needs at once.
    private static let maxPairs = 60_000

    /// One frame's bytes.
    struct Frame {
        /// Empty where nothing has to be sent.
        var bytes: [UInt8]
        /// Whether changed cells were left for the next frame.
        var isPartial: Bool
    }

    /// Prepares for a terminal of one kind and size; nil where this machine has no entry for it.
    init?(_ choice: TerminalChoice, columns: Int, rows: Int) {
        TextWidth.prepare()
        guard let file = pw_memory_file() else { return nil }
        guard let screen = Self.open(choice.entry, file, columns: columns, rows: rows) else {
            fclose(file)
            return nil
        }
        self.file = file
        self.screen = screen
        var depth = choice.depth
        if depth != .monochrome, !has_colors() || start_color() == ERR { depth = .monochrome }
        // An erased cell then has no color to be painted with, cell by cell.
        hasDefaultColors = depth != .monochrome && use_default_colors() == OK
        let tableSize = Int(pw_colors())
        if depth == .truecolor, tableSize <= 256 { depth = .ansi256 }
        if depth == .ansi256, tableSize < 256 { depth = .ansi16 }
        self.depth = depth
        inks = InkTable(depth: depth, tableSize: tableSize)
        pairs = ColorPairs(capacity: max(min(Int(pw_color_pairs()) - 1, Self.maxPairs), 1))
        cost = CellCost(depth)
        let takesCommands = choice.takesCommands
        self.takesCommands = takesCommands
        restore = TerminalGuard.restoreSequence(takesCommands: takesCommands) {
            pw_terminfo_string($0).map { String(cString: $0) }
        }
        shown = CellGrid(columns: columns, rows: rows, fill: Self.bare)
        // Output must not wait for pending input, and input isn't read through ncurses.
        typeahead(-1)
        curs_set(0)
        // Until the first endwin ncurses flushes at every cursor move.
        wrefresh(pw_stdscr())
        endwin()
        resizeterm(Int32(rows), Int32(columns))
        drop()
    }

    deinit {
        endwin()
        delscreen(screen)
        fclose(file)
    }

    /// Tries the entry; where this machine doesn't have it, a common one.
    ///
    /// ncurses' buffer is made for the size that it finds in the environment, there being no terminal to ask.
    private static func open(
        _ entry: String, _ file: UnsafeMutablePointer<FILE>, columns: Int, rows: Int
    ) -> OpaquePointer? {
        let columnsVariable = EnvironmentVariable("COLUMNS", "\(columns)")
        let rowsVariable = EnvironmentVariable("LINES", "\(rows)")
        // Padding is for terminals of paper and glass.
        let padding = EnvironmentVariable("NCURSES_NO_PADDING", "1")
        let terminfo =
            entry == DirectColorEntry.name ? EnvironmentVariable("TERMINFO", DirectColorEntry.terminfo) : nil
        defer {
            terminfo?.restore()
            padding.restore()
            rowsVariable.restore()
            columnsVariable.restore()
        }
        for name in [entry, "xterm-256color", "xterm", "vt100"] {
            if let screen = pw_open_screen(name, file) { return screen }
        }
        return nil
    }

    // MARK: Bytes

    /// What ncurses has written since the last time.
    private func take() -> [UInt8] {
        let descriptor = fileno(file)
        let count = Int(lseek(descriptor, 0, SEEK_CUR))
        guard count > 0 else { return [] }
        lseek(descriptor, 0, SEEK_SET)
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(pread(descriptor, buffer.baseAddress, count, 0), 0)
        }
    }

    private func drop() { lseek(fileno(file), 0, SEEK_SET) }

    /// What takes the terminal over, also after it was given back: the other screen, cleared.
    func open() -> [UInt8] {
        if !isendwin() { endwin() }
        drop()
        clear()
        wrefresh(pw_stdscr())
        return take()
    }

    /// Ends ncurses' part; what gives the terminal back is in `restore`.
    func close() {
        if !isendwin() { endwin() }
        drop()
    }

    /// Takes in the window's new size.
    func resize(columns: Int, rows: Int) {
        resizeterm(Int32(rows), Int32(columns))
        drop()
        shown = CellGrid(columns: columns, rows: rows, fill: Self.bare)
        clear()
    }

    /// Begins with an empty screen: all that is to be seen is sent again.
    func clear() {
        werase(pw_stdscr())
        clearok(pw_curscr(), true)
        shown = CellGrid(columns: shown.columns, rows: shown.rows, fill: Self.bare)
        linked = []
        turn = 0
    }

    // MARK: Drawing

    /// The bytes that make of what is shown the frame: all of it, or what matters most where there is a limit.
    func paint(_ grid: CellGrid, limitBytes: Int? = nil, focus: [CellGrid.Spot] = []) -> Frame {
        if grid == shown { return Frame(bytes: [], isPartial: false) }
        if grid.columns != shown.columns || grid.rows != shown.rows {
            resize(columns: grid.columns, rows: grid.rows)
        }
        let places = focus + [grid.focus, grid.caret].compactMap { $0 }
        let limit = limitBytes.map { max($0, 1) * 100 / costPercent }
        var plan = FramePlan(from: shown, to: grid, cost: cost, limitBytes: limit, focus: places, turn: turn)
        if !draw(plan, grid) {
            // All pairs are taken: they start anew, and with them every cell.
            reset_color_pairs()
            pairs.removeAll()
            clear()
            plan = FramePlan(from: shown, to: grid, cost: cost, limitBytes: limit, focus: places, turn: turn)
            _ = draw(plan, grid)
        }
        turn = plan.turn
        if let caret = grid.caret {
            wmove(pw_stdscr(), Int32(caret.row), Int32(caret.column))
            curs_set(1)
        } else {
            curs_set(0)
        }
        wnoutrefresh(pw_stdscr())
        doupdate()
        var bytes = take()
        learnCost(plan, bytes.count)
        note(plan, grid)
        bytes += links(grid, drawn: plan)
        return Frame(bytes: bytes, isPartial: plan.isPartial)
    }

    /// Remembers what the terminal shows from now on.
    private func note(_ plan: FramePlan, _ grid: CellGrid) {
        guard plan.isPartial else {
            shown = grid
            return
        }
        for run in plan.runs { shown.copy(columns: run.columns, row: run.row, from: grid) }
        shown.caret = grid.caret
        shown.focus = grid.focus
        shown.links = []
    }

    private func learnCost(_ plan: FramePlan, _ bytes: Int) {
        let thought = plan.costBytes
        guard thought > 500 else { return }
        costPercent = min(max((costPercent * 3 + bytes * 100 / thought) / 4, 30), 300)
    }

    /// Puts changed cells into ncurses' window; false where the color pairs ran out.
    private func draw(_ plan: FramePlan, _ grid: CellGrid) -> Bool {
        for run in plan.runs {
            for column in run.columns {
                let cell = grid.cells[run.row * grid.columns + column]
                guard cell.scalar != 0 else { continue }
                guard let pair = pair(of: cell) else { return false }
                add(cell, column: column, row: run.row, pair: pair)
            }
        }
        return true
    }

    private func pair(of cell: Cell) -> Int32? {
        if depth == .monochrome { return 0 }
        let foreground = inks.number(for: cell.foreground)
        let background = inks.number(for: cell.background)
        guard let pair = pairs.pair(foreground: foreground, background: background) else { return nil }
        if pair.isNew {
            let lowest: Int32 = hasDefaultColors ? -1 : 0
            init_extended_pair(pair.number, max(foreground, lowest), max(background, lowest))
        }
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

    // MARK: Links

    /// Writes cells of links again, inside the links (OSC 8), which ncurses doesn't know.
    private func links(_ grid: CellGrid, drawn plan: FramePlan) -> [UInt8] {
        guard takesCommands, !grid.links.isEmpty || !linked.isEmpty else { return [] }
        func wasDrawn(_ link: CellGrid.Link) -> Bool {
            plan.runs.contains { $0.row == link.row && $0.columns.overlaps(link.columns) }
        }
        let wanted = grid.links.filter { link in
            link.row >= 0 && link.row < grid.rows && link.columns.lowerBound >= 0
                && link.columns.upperBound <= grid.columns
                && link.columns.allSatisfy { shown[$0, link.row] == grid[$0, link.row] }
        }
        let ended = linked.filter { !grid.links.contains($0) && !wasDrawn($0) }
        let begun = wanted.filter { !linked.contains($0) || wasDrawn($0) }
        linked = wanted
        guard !ended.isEmpty || !begun.isEmpty else { return [] }
        let texts =
            ended.map { rewritten($0, in: grid, url: nil) }
            + begun.map { rewritten($0, in: grid, url: $0.url) }
        // ncurses must find the pen and the cursor where it left them.
        return Array(("\u{1b}7" + texts.joined() + "\u{1b}8").utf8)
    }

    private func rewritten(_ link: CellGrid.Link, in grid: CellGrid, url: String?) -> String {
        var text = "\u{1b}[\(link.row + 1);\(link.columns.lowerBound + 1)H"
        let opening = url.flatMap(TerminalWords.link)
        text += opening ?? ""
        var last: Cell?
        for column in link.columns where column < grid.columns && link.row < grid.rows {
            let cell = grid[column, link.row]
            guard let scalar = Unicode.Scalar(cell.scalar), cell.scalar != 0 else { continue }
            if last.map({
                $0.foreground != cell.foreground || $0.background != cell.background || $0.style != cell.style
            }) ?? true {
                text += TerminalWords.pen(
                    foreground: inks.number(for: cell.foreground),
                    background: inks.number(for: cell.background),
                    style: cell.style, isDirect: depth == .truecolor)
            }
            text.unicodeScalars.append(scalar)
            if let mark = Unicode.Scalar(cell.mark), cell.mark != 0 { text.unicodeScalars.append(mark) }
            last = cell
        }
        return opening == nil ? text : text + TerminalWords.linkEnd
    }

    /// A cell of a cleared screen.
    private static let bare = Brush(foreground: .standard, background: .standard)
}
