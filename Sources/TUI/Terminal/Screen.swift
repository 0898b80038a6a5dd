import CNcurses
import Glibc
import Raster
import Transport

/// The terminal: shows frames as fast as it takes them, and gives it back on every way out.
///
/// Used from one thread. A frame that equals the last one writes nothing; one leaves by a single write where the kernel has
/// room for it; and while one is on its way the next isn't begun.
final class Screen {
    let depth: ColorDepth
    /// The open screen's figures.
    var figures = OutputFigures()
    private let painter: FramePainter
    private let port: TerminalPort
    private let options: OutputOptions
    private let recording: Recording?
    private var flow = OutputFlow()
    /// What is to be written, from `writtenBytes` on.
    private var pending: [UInt8] = []
    private var writtenBytes = 0
    /// So many of the pending bytes the flow knows of.
    private var countedBytes = 0
    /// When the input came that the pending bytes answer.
    private var inputNs: Int64?
    private var takesMouse: Bool
    /// When the background's color was asked for, until it is told.
    private var backgroundAskedNs: Int64?
    /// When it was asked for last.
    private var lastBackgroundNs: Int64 = 0
    private let openedNs = Monotonic.nowNs
    /// The terminal is gone: nothing is written any more.
    private(set) var isLost = false
    /// Changed cells wait for the terminal to take more.
    private(set) var isBehind = false

    /// Takes over the terminal.
    init(
        painter: FramePainter, port: TerminalPort, takesMouse: Bool,
        output options: OutputOptions = OutputOptions(), recording: Recording? = nil
    ) {
        self.painter = painter
        self.port = port
        self.takesMouse = takesMouse
        self.options = options
        self.recording = recording
        depth = painter.depth
        port.takeOver()
        TerminalGuard.arm(restore: painter.restore)
        enter()
        send()
    }

    /// The other screen and the modes, which ncurses' own mouse code would set as well, but then also decode.
    private func enter() {
        let opening = painter.open()
        recording?.frame(opening, nowNs: Monotonic.nowNs)
        pending += opening
        queue(TerminalWords.pasteAndFocus + (takesMouse ? TerminalWords.mouse(true) : ""))
        queueBackgroundQuestion(nowNs: Monotonic.nowNs)
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
    static func size() -> (columns: Int, rows: Int) { TerminalPort.size(of: STDOUT_FILENO) }

    /// The same of this screen's terminal.
    var size: (columns: Int, rows: Int) { port.size }

    // MARK: Drawing

    /// Whether the next frame may be computed: the last one has left, and the terminal isn't behind.
    func isReady(nowNs: Int64) -> Bool {
        guard !isLost, pending.isEmpty else { return false }
        noteAwaiting(nowNs: nowNs)
        return flow.roomBytes() > 0
    }

    /// When a terminal that doesn't answer is believed to be ready all the same; nil where no answer is awaited.
    var silenceNs: Int64? { pending.isEmpty ? flow.silenceNs : nil }

    /// The descriptor on which room is awaited; nil where nothing waits to be written.
    var waitingOutput: Int32? { pending.isEmpty || isLost ? nil : port.output }

    /// The descriptor on which input comes.
    var input: Int32 { port.input }

    /// Shows a frame: only what differs from the last one is sent, and as much as the terminal takes soon.
    ///
    /// - Parameters:
    ///   - focus: what the person pointed at last, if anything.
    ///   - inputNs: when the input came that the frame answers.
    func show(_ grid: CellGrid, focus: CellGrid.Spot? = nil, inputNs: Int64? = nil) {
        let beganNs = Monotonic.threadCPUNs
        let frame = painter.paint(grid, limitBytes: flow.roomBytes(), focus: focus.map { [$0] } ?? [])
        isBehind = frame.isPartial
        guard !frame.bytes.isEmpty else { return }
        recording?.frame(frame.bytes, nowNs: Monotonic.nowNs)
        queue(TerminalWords.beginSync)
        pending += frame.bytes
        queue(TerminalWords.endSync)
        self.inputNs = inputNs
        figures.frames += 1
        if frame.isPartial { figures.partial += 1 }
        send()
        figures.screen.add(Monotonic.threadCPUNs - beganNs)
    }

    /// Tells the terminal something besides frames, such as a text for its clipboard.
    func tell(_ words: String) {
        queue(words)
        send()
    }

    /// Whether commands (OSC) may be told.
    var takesCommands: Bool { painter.takesCommands }

    /// Sets or ends the reports of the mouse, where that is a change.
    func setMouse(_ isOn: Bool) {
        guard isOn != takesMouse else { return }
        takesMouse = isOn
        tell(TerminalWords.mouse(isOn))
    }

    /// When the recording is to be written on; nil where nothing of it waits.
    var recordingDueNs: Int64? { recording?.dueNs }

    /// Writes what the recording kept back for long enough.
    func keepUpRecording() { recording?.keepUp(nowNs: Monotonic.nowNs) }

    /// Asks for the background's color, which may be another by now; seldom, however often this is called.
    func askBackground(nowNs: Int64) {
        guard nowNs - lastBackgroundNs >= Self.backgroundPauseMs * 1_000_000 else { return }
        queueBackgroundQuestion(nowNs: nowNs)
        send()
    }

    private static let backgroundPauseMs: Int64 = 10_000

    private func queueBackgroundQuestion(nowNs: Int64) {
        guard painter.takesCommands else { return }
        backgroundAskedNs = nowNs
        lastBackgroundNs = nowNs
        queue(TerminalWords.backgroundQuestion)
        TerminalGuard.await(true)
    }

    // MARK: Bytes

    private func queue(_ words: String) { pending += Array(words.utf8) }

    /// Begins to write what is pending, the question behind it where one is due.
    private func send() {
        if flow.send(pending.count - countedBytes, nowNs: Monotonic.nowNs) {
            queue(flow.dueQuestion)
            TerminalGuard.await(true)
        }
        countedBytes = pending.count
        flush()
    }

    /// Writes what the terminal has room for.
    func flush() {
        while !isLost, writtenBytes < pending.count {
            switch port.write(pending[writtenBytes...]) {
            case .wrote(let count):
                figures.writes += 1
                figures.bytes += count
                writtenBytes += count
            case .full: return
            case .lost: isLost = true
            }
        }
        dropPending()
        let nowNs = Monotonic.nowNs
        flow.leave(nowNs: nowNs)
        if let inputNs { figures.keyToWritten.add(nowNs - inputNs) }
        inputNs = nil
    }

    private func dropPending() {
        pending.removeAll(keepingCapacity: pending.count < 1 << 20)
        writtenBytes = 0
        countedBytes = 0
    }

    /// Takes in what the terminal answered.
    func take(_ answers: InputDecoder.Answers) {
        let nowNs = Monotonic.nowNs
        for _ in 0..<answers.ready { flow.answer(nowNs: nowNs) }
        for _ in 0..<answers.attributes { flow.answer(nowNs: nowNs, isResync: true) }
        if answers.background { backgroundAskedNs = nil }
        noteAwaiting(nowNs: nowNs)
    }

    private var isAwaiting: Bool { flow.isAwaiting || backgroundAskedNs != nil }

    /// A question that wasn't answered for long isn't waited for at the end.
    private func noteAwaiting(nowNs: Int64) {
        // Bytes that haven't left can't be answered.
        if pending.isEmpty { flow.noticeSilence(nowNs: nowNs) }
        if let asked = backgroundAskedNs, nowNs - asked > OutputFlow.patienceMs * 1_000_000 {
            backgroundAskedNs = nil
        }
        if !isAwaiting { TerminalGuard.await(false) }
    }

    /// Reads what is there; nil where the terminal is gone.
    func read() -> ArraySlice<UInt8>? { port.read() }

    // MARK: Changes of the terminal

    /// Takes in the window's new size.
    func resize(columns: Int, rows: Int) {
        painter.resize(columns: columns, rows: rows)
        recording?.resize(columns: columns, rows: rows, nowNs: Monotonic.nowNs)
    }

    /// Sends everything with the next frame.
    func repaint() { painter.clear() }

    /// Gives the terminal back, stops, and takes it over again when the shell lets the program go on.
    func suspend() {
        giveBack()
        TerminalGuard.stop()
        resume()
    }

    /// Takes the terminal over again after it was stopped.
    func resume() {
        TerminalGuard.arm(restore: painter.restore)
        port.takeOverAgain()
        flow.forgetQuestions()
        painter.close()
        enter()
        send()
    }

    /// Gives the terminal back for good, and says on stderr what is to be said of the output.
    func close() {
        giveBack()
        recording?.close()
        figures.wallNs = Monotonic.nowNs - openedNs
        figures.cpuNs = Monotonic.processCPUNs
        if options.printsStats { Self.complain(options.statsAreJSON ? figures.json : figures.table) }
        if let failure = recording?.failure { Self.complain("pixelwars: \(failure)") }
    }

    /// What was asked is answered to nobody else; what is still to be written isn't worth waiting for.
    private func giveBack() {
        drain()
        dropPending()
        painter.close()
        TerminalGuard.restore()
    }

    /// Reads the answers that are still to come, for a moment.
    private func drain() {
        var decoder = InputDecoder()
        let endNs = Monotonic.nowNs + Self.drainMs * 1_000_000
        if !isLost, isAwaiting, !pending.isEmpty, port.waitForRoom(ms: Int32(Self.drainMs / 2)) { flush() }
        while !isLost, isAwaiting {
            let leftMs = (endNs - Monotonic.nowNs) / 1_000_000
            guard leftMs > 0, port.waitForInput(ms: Int32(leftMs)), let bytes = port.read() else { break }
            _ = decoder.feed(bytes)
            take(decoder.takeAnswers())
        }
        // What comes later still is thrown away where it can be: nothing of it was typed for the shell.
        if isAwaiting { port.dropInput() }
        flow.forgetQuestions()
        backgroundAskedNs = nil
        TerminalGuard.await(false)
    }

    private static let drainMs: Int64 = 100

    private static func complain(_ words: String) {
        let line = Array((words + "\n").utf8)
        _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
