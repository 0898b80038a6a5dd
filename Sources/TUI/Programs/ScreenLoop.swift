import Client
import Glibc
import Protocol

/// The screen's thread: waits for keys, signals and the client, updates the model, draws at most 60 times a second.
///
/// Nothing happens, and nothing is written, while nothing changes.
final class ScreenLoop {
    private var model: Model
    private let screen: Screen
    private let client: ClientThread
    private let games: GamePort
    private let inbox: Inbox
    private var decoder = InputDecoder()
    private var reader = ReportReader()
    private var isDirty = true
    private var lastDrawMs: Int64 = 0
    private var lastInputMs: Int64 = 0
    private var isOver = false

    private static let frameMs: Int64 = 16

    init(model: Model, screen: Screen, client: ClientThread, games: GamePort, inbox: Inbox) {
        self.model = model
        self.screen = screen
        self.client = client
        self.games = games
        self.inbox = inbox
    }

    /// Runs until the person leaves or the terminal is gone.
    func run() {
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
            if let deadline = model.deadlineMs, deadline <= Self.nowMs() { update(.clock) }
        }
    }

    private static func nowMs() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Until the next frame, the end of a toast or of a lone ESC; -1 where nothing is planned.
    private func timeoutMs() -> Int32 {
        let now = Self.nowMs()
        var ends: [Int64] = []
        if isDirty { ends.append(lastDrawMs + Self.frameMs) }
        if decoder.isWaiting { ends.append(lastInputMs + InputDecoder.escapeDelayMs) }
        if let deadline = model.deadlineMs { ends.append(deadline) }
        guard let end = ends.min() else { return -1 }
        return Int32(clamping: max(end - now, 0))
    }

    private func drawIfDue() {
        let now = Self.nowMs()
        guard isDirty, now - lastDrawMs >= Self.frameMs else { return }
        screen.show(View.frame(of: model))
        isDirty = false
        lastDrawMs = Self.nowMs()
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
        lastInputMs = Self.nowMs()
        for event in decoder.feed(bytes[..<count]) { update(.input(event)) }
    }

    private func flushEscape() {
        guard decoder.isWaiting, Self.nowMs() - lastInputMs >= InputDecoder.escapeDelayMs else { return }
        for event in decoder.flush() { update(.input(event)) }
    }

    private func readInbox() {
        let (items, wakes) = inbox.take()
        for wake in wakes {
            switch wake {
            case .resized: resized()
            case .stopAsked: perform(.suspend)
            case .continued:
                screen.resume()
                isDirty = true
            }
        }
        for item in items {
            switch item {
            case .event(let event):
                for report in reader.reports(of: event) { update(.server(report)) }
            case .report(let report): update(.server(report))
            }
        }
    }

    private func update(_ event: Event) {
        let commands = model.update(event, nowMs: Self.nowMs())
        isDirty = true
        for command in commands { perform(command) }
    }

    // MARK: What is to be done

    private func perform(_ command: Command) {
        switch command {
        case .place(let request, let pixel):
            client.send(ClientEnvelope(id: ReportReader.messageID(request), .place(pixel)))
        case .undo(let request): client.send(ClientEnvelope(id: ReportReader.messageID(request), .undo))
        case .play: client.play()
        case .leave: client.leave()
        case .rename(let name): client.rename(name)
        case .clicks(let wish): games.clicks(wish)
        case .relays(let wish): games.relays(wish)
        case .quit: isOver = true
        case .suspend:
            screen.suspend()
            resized()
        case .repaint:
            screen.repaint()
            isDirty = true
        }
    }

    /// The window may have changed while the program was stopped.
    private func resized() {
        let size = Screen.size()
        screen.resize(columns: size.columns, rows: size.rows)
        update(.resized(columns: size.columns, rows: size.rows))
    }
}
