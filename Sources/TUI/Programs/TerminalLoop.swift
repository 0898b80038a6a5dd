import Glibc

/// What a program shows at the terminal, and what it makes of what happens there.
protocol TerminalStage: AnyObject {
    /// What is handed over by other threads.
    associatedtype News: Sendable

    /// The screen as it is to be now.
    var frame: CellGrid { get }
    /// When time alone changes something; nil for never.
    var deadlineMs: Int64? { get }

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
}

/// The terminal's thread: waits for keys, signals and news, tells the stage, draws at most 60 times a second.
///
/// Nothing happens, and nothing is written, while nothing changes.
final class TerminalLoop<Stage: TerminalStage> {
    private let stage: Stage
    private let screen: Screen
    private let inbox: Inbox<Stage.News>
    private var decoder = InputDecoder()
    private var isDirty = true
    private var lastDrawMs: Int64 = 0
    private var lastInputMs: Int64 = 0
    private var isOver = false

    private static var frameMs: Int64 { 16 }

    init(stage: Stage, screen: Screen, inbox: Inbox<Stage.News>) {
        self.stage = stage
        self.screen = screen
        self.inbox = inbox
    }

    /// Runs until the person leaves or the terminal is gone.
    func run() {
        perform(stage.start())
        while !isOver {
            drawIfDue()
            var waits = [
                pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
                pollfd(fd: inbox.wakeReader, events: Int16(POLLIN), revents: 0),
            ]
            let ready = poll(&waits, 2, timeoutMs())
            if ready < 0, errno != EINTR { return }
            if Int32(waits[0].revents) & POLLIN != 0 {
                readInput()
            } else if Int32(waits[0].revents) & (POLLHUP | POLLERR | POLLNVAL) != 0 {
                return
            }
            if Int32(waits[1].revents) & POLLIN != 0 { readInbox() }
            flushEscape()
            if let deadline = stage.deadlineMs, deadline <= Monotonic.nowMs { perform(stage.tick()) }
        }
    }

    /// Until the next frame, the end of a toast or of a lone ESC; -1 where nothing is planned.
    private func timeoutMs() -> Int32 {
        let now = Monotonic.nowMs
        var ends: [Int64] = []
        if isDirty { ends.append(lastDrawMs + Self.frameMs) }
        if decoder.isWaiting { ends.append(lastInputMs + InputDecoder.escapeDelayMs) }
        if let deadline = stage.deadlineMs { ends.append(deadline) }
        guard let end = ends.min() else { return -1 }
        return Int32(clamping: max(end - now, 0))
    }

    private func drawIfDue() {
        let now = Monotonic.nowMs
        guard isDirty, now - lastDrawMs >= Self.frameMs else { return }
        screen.show(stage.frame)
        isDirty = false
        lastDrawMs = Monotonic.nowMs
    }

    // MARK: What comes in

    private func readInput() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        if count == 0 || count < 0 && errno != EINTR && errno != EAGAIN {
            isOver = true
            return
        }
        guard count > 0 else { return }
        lastInputMs = Monotonic.nowMs
        for event in decoder.feed(bytes[..<count]) { perform(stage.take(event)) }
    }

    private func flushEscape() {
        guard decoder.isWaiting, Monotonic.nowMs - lastInputMs >= InputDecoder.escapeDelayMs else { return }
        for event in decoder.flush() { perform(stage.take(event)) }
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
            }
        }
        for item in items { perform(stage.take(item)) }
    }

    // MARK: What is to be done

    private func perform(_ wishes: [TerminalWish]) {
        isDirty = true
        for wish in wishes {
            switch wish {
            case .quit: isOver = true
            case .suspend:
                screen.suspend()
                resized()
            case .repaint: screen.repaint()
            }
        }
    }

    /// The window may have changed while the program was stopped.
    private func resized() {
        let size = Screen.size()
        screen.resize(columns: size.columns, rows: size.rows)
        perform(stage.resize(columns: size.columns, rows: size.rows))
    }
}

/// The clock that only goes forward.
enum Monotonic {
    static var nowMs: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
