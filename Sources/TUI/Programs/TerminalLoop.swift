import Client
import Glibc
import Transport

/// What a program shows at the terminal, and what it makes of what happens there.
protocol TerminalStage: AnyObject {
    /// What is handed over by other threads.
    associatedtype News: Sendable

    /// The screen as it is to be now.
    var frame: CellGrid { get }
    /// When time alone changes something; nil for never.
    var deadlineMs: Int64? { get }
    /// Whether the mouse is the program's; otherwise it is left to the terminal, for selecting.
    var takesMouse: Bool { get }

    func start() -> [TerminalWish]
    func take(_ input: InputEvent) -> [TerminalWish]
    func take(_ news: News) -> [TerminalWish]
    func resize(columns: Int, rows: Int) -> [TerminalWish]
    /// The deadline has come.
    func tick() -> [TerminalWish]
}

/// What a stage wants of the terminal.
enum TerminalWish: Hashable, Sendable {
    case quit
    case suspend
    case repaint
    /// A text for the terminal's clipboard.
    case copy(String)
    case bell
    /// A notification of the terminal's.
    case notify(String)
}

/// The terminal's thread: waits for keys, signals and news, tells the stage, draws at most 60 times a second.
///
/// Nothing happens, and nothing is written, while nothing changes; and nothing waits for a slow terminal but its frames.
final class TerminalLoop<Stage: TerminalStage> {
    private let stage: Stage
    private let screen: Screen
    private let inbox: Inbox<Stage.News>
    private var decoder = InputDecoder()
    private var sleep = SleepDetector()
    private var isDirty = true
    /// A change came that would have been drawn by itself, had the terminal taken the frame before it.
    private var hasNewChange = false
    private var lastDrawMs: Int64 = 0
    private var lastInputMs: Int64 = 0
    /// When the input came that the next frame answers.
    private var unseenInputNs: Int64?
    /// Where the mouse was last.
    private var pointer: CellGrid.Spot?
    private var isOver = false
    /// The signal that ends the program, where one does.
    private var endSignal: Int32?

    private static var frameMs: Int64 { 16 }
    /// What a person did is to be seen at once, as long as that doesn't make every input a frame of its own.
    private static var inputFrameMs: Int64 { 4 }

    init(stage: Stage, screen: Screen, inbox: Inbox<Stage.News>) {
        self.stage = stage
        self.screen = screen
        self.inbox = inbox
    }

    /// Runs until the person leaves, a signal asks for the end, or the terminal is gone.
    ///
    /// - Returns: the signal, which the program is to end by once the terminal is given back.
    func run() -> Int32? {
        wait()
        return endSignal
    }

    private func wait() {
        perform(stage.start())
        while !isOver, !screen.isLost {
            screen.setMouse(stage.takesMouse)
            drawIfDue()
            let output = screen.waitingOutput
            var waits = [
                pollfd(fd: screen.input, events: Int16(POLLIN), revents: 0),
                pollfd(fd: inbox.wakeReader, events: Int16(POLLIN), revents: 0),
                pollfd(fd: output ?? -1, events: Int16(POLLOUT), revents: 0),
            ]
            let ready = poll(&waits, 3, timeoutMs())
            if ready < 0, errno != EINTR { return }
            noticeSleep()
            if Int32(waits[0].revents) & POLLIN != 0 {
                readInput()
            } else if Int32(waits[0].revents) & (POLLHUP | POLLERR | POLLNVAL) != 0 {
                return
            }
            if waits[2].revents != 0 { screen.flush() }
            if Int32(waits[1].revents) & POLLIN != 0 { readInbox() }
            flushEscape()
            screen.keepUpRecording()
            if let deadline = stage.deadlineMs, deadline <= Monotonic.nowMs { perform(stage.tick()) }
        }
    }

    /// Until the next frame, the end of a toast or of a lone ESC; -1 where nothing is planned.
    private func timeoutMs() -> Int32 {
        let now = Monotonic.nowMs
        var ends: [Int64] = []
        if isDirty || screen.isBehind {
            if screen.isReady(nowNs: Monotonic.nowNs) {
                ends.append(lastDrawMs + paceMs)
            } else if let silenceNs = screen.silenceNs {
                ends.append(silenceNs / 1_000_000 + 1)
            }
        }
        if decoder.isWaiting { ends.append(lastInputMs + InputDecoder.escapeDelayMs) }
        if let deadline = stage.deadlineMs { ends.append(deadline) }
        if let dueNs = screen.recordingDueNs { ends.append(dueNs / 1_000_000 + 1) }
        guard let end = ends.min() else { return -1 }
        return Int32(clamping: max(end - now, 0))
    }

    private var paceMs: Int64 { unseenInputNs == nil ? Self.frameMs : Self.inputFrameMs }

    private func drawIfDue() {
        guard isDirty || screen.isBehind, Monotonic.nowMs - lastDrawMs >= paceMs else { return }
        guard screen.isReady(nowNs: Monotonic.nowNs) else {
            if hasNewChange { screen.figures.dropped += 1 }
            hasNewChange = false
            return
        }
        let beganNs = Monotonic.threadCPUNs
        let frame = stage.frame
        screen.figures.view.add(Monotonic.threadCPUNs - beganNs)
        screen.show(frame, focus: pointer, inputNs: unseenInputNs)
        isDirty = false
        hasNewChange = false
        unseenInputNs = nil
        lastDrawMs = Monotonic.nowMs
    }

    private static var leastSleepUs: Int64 { 2_000_000 }

    /// After a sleep the terminal may show anything.
    private func noticeSleep() {
        let sleptUs = sleep.look(monotonicUs: Monotonic.nowNs / 1000, bootUs: SleepDetector.bootUs())
        guard sleptUs > Self.leastSleepUs else { return }
        screen.repaint()
        isDirty = true
    }

    // MARK: What comes in

    private func readInput() {
        guard let bytes = screen.read() else {
            isOver = true
            return
        }
        guard !bytes.isEmpty else { return }
        lastInputMs = Monotonic.nowMs
        let events = decoder.feed(bytes)
        screen.take(decoder.takeAnswers())
        take(events)
    }

    private func flushEscape() {
        guard decoder.isWaiting, Monotonic.nowMs - lastInputMs >= InputDecoder.escapeDelayMs else { return }
        take(decoder.flush())
    }

    private func take(_ events: [InputEvent]) {
        for event in events {
            unseenInputNs = unseenInputNs ?? Monotonic.nowNs
            if case .mouse(let mouse) = event {
                pointer = CellGrid.Spot(column: mouse.column, row: mouse.row)
            }
            // Day and night may have changed the terminal's colors meanwhile.
            if event == .focus(true) { screen.askBackground(nowNs: Monotonic.nowNs) }
            perform(stage.take(event))
        }
    }

    private func readInbox() {
        let (items, wakes) = inbox.take()
        for wake in wakes {
            switch wake {
            case .resized: resized()
            case .stopAsked: perform([.suspend])
            case .continued:
                screen.resume()
                isDirty = true
            case .endAsked(let signal):
                endSignal = signal
                isOver = true
            }
        }
        for item in items { perform(stage.take(item)) }
    }

    // MARK: What is to be done

    private func perform(_ wishes: [TerminalWish]) {
        isDirty = true
        hasNewChange = true
        for wish in wishes {
            switch wish {
            case .quit: isOver = true
            case .suspend:
                screen.suspend()
                resized()
            case .repaint: screen.repaint()
            case .copy(let text):
                if screen.takesCommands, let words = TerminalWords.copy(text) { screen.tell(words) }
            case .bell: screen.tell(TerminalWords.bell)
            case .notify(let text):
                if screen.takesCommands { screen.tell(TerminalWords.notice(text)) }
            }
        }
    }

    /// The window may have changed while the program was stopped.
    private func resized() {
        let size = screen.size
        screen.resize(columns: size.columns, rows: size.rows)
        perform(stage.resize(columns: size.columns, rows: size.rows))
    }
}
