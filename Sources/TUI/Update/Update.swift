import Protocol

extension Model {
    /// Takes in one event at a time (milliseconds on any monotonic clock) and says what is to be done.
    mutating func update(_ event: Event, nowMs: Int64) -> [Command] {
        if let toast, toast.untilMs <= nowMs { self.toast = nil }
        let commands: [Command]
        switch event {
        case .input(let input): commands = take(input, nowMs: nowMs)
        case .resized(let columns, let rows):
            resize(columns: columns, rows: rows)
            commands = [.repaint]
        case .server(let report):
            take(report, nowMs: nowMs)
            commands = []
        case .clock:
            noticeSilence(nowMs: nowMs)
            commands = []
        }
        canvas?.prepare(for: viewport.zoom)
        return commands
    }

    /// When the model wants the clock's next event; nil for never.
    var deadlineMs: Int64? {
        let answer = unanswered.map { pending[$0].sentMs + PendingPixel.patienceMs }
        return [toast?.untilMs, answer].compactMap { $0 }.min()
    }

    private mutating func take(_ input: InputEvent, nowMs: Int64) -> [Command] {
        switch input {
        case .key(let press): return take(press, nowMs: nowMs)
        case .mouse(let mouse): return take(mouse, nowMs: nowMs)
        case .paste(let text):
            if case .goTo(let typed) = overlay { overlay = .goTo(GoTo.joined(typed, text)) }
            return []
        case .focus: return []
        }
    }

    // MARK: Keys

    private mutating func take(_ press: KeyPress, nowMs: Int64) -> [Command] {
        let action = KeyTable.action(for: press)
        // What ends or hides the program works everywhere.
        switch action {
        case .quit? where press.modifiers.contains(.control): return [.quit]
        case .suspend?: return [.suspend]
        case .repaint?: return [.repaint]
        default: break
        }
        switch overlay {
        case .none: break
        case .help(let scroll):
            takeInHelp(press, action, scroll: scroll)
            return action == .quit ? [.quit] : []
        case .goTo(let typed):
            takeInPrompt(press, typed: typed, nowMs: nowMs)
            return []
        }
        guard let action else { return [] }
        return perform(action, nowMs: nowMs)
    }

    private mutating func takeInHelp(_ press: KeyPress, _ action: Action?, scroll: Int) {
        switch action {
        case .move(_, let dy) where dy != 0: overlay = .help(scroll: max(scroll + dy, 0))
        case .jump(_, let dy) where dy != 0: overlay = .help(scroll: max(scroll + dy * 8, 0))
        default: overlay = .none
        }
    }

    private mutating func takeInPrompt(_ press: KeyPress, typed: String, nowMs: Int64) {
        switch press.key {
        case .escape: overlay = .none
        case .backspace: overlay = .goTo(String(typed.dropLast()))
        case .enter:
            overlay = .none
            guard !typed.isEmpty else { return }
            guard let canvas, let place = GoTo.place(typed) else {
                say("Type two numbers: x,y", .warning, nowMs: nowMs)
                return
            }
            cursor = canvas.extent.nearest(place)
            if viewport.zoom.isFarther(than: .actual) { viewport.zoom = .actual }
            viewport.center(on: cursor, canvas: canvas.extent)
        case .character(let scalar): overlay = .goTo(GoTo.joined(typed, String(scalar)))
        default: break
        }
    }

    mutating func perform(_ action: Action, nowMs: Int64) -> [Command] {
        switch action {
        case .quit: return [.quit]
        case .suspend: return [.suspend]
        case .repaint: return [.repaint]
        case .help: overlay = .help(scroll: 0)
        case .goTo: overlay = .goTo("")
        case .play: return play(nowMs: nowMs)
        case .place: return place(nowMs: nowMs)
        case .undo: return undo(nowMs: nowMs)
        case .nextColor(let by): chooseNext(by: by)
        case .color(let index): choose(index)
        case .pickColor:
            if let index = shownIndex(at: cursor) { choose(index) }
        case .move(let dx, let dy): moveCursor(dx: dx * viewport.zoom.block, dy: dy * viewport.zoom.block)
        case .jump(let dx, let dy): jump(dx: dx, dy: dy)
        case .center: centerCursor()
        case .zoomIn: zoom(to: viewport.zoom.nearer, at: cursor)
        case .zoomOut: zoom(to: viewport.zoom.farther(whole: wholeZoom), at: cursor)
        case .wholeCanvas: toggleWhole()
        }
        return []
    }

    // MARK: Words

    /// Shows a short word for a while.
    mutating func say(_ text: String, _ kind: Toast.Kind, nowMs: Int64) {
        toast = Toast(text: text, kind: kind, untilMs: nowMs + Toast.lifetimeMs)
    }
}

/// The prompt for a place.
enum GoTo {
    private static let maxCharacters = 16

    /// What was typed with more behind it, as far as it can be part of two numbers.
    static func joined(_ typed: String, _ more: String) -> String {
        let kept = more.unicodeScalars.filter {
            ("0"..."9").contains($0) || ", ;x".unicodeScalars.contains($0)
        }
        return String((typed + String(String.UnicodeScalarView(kept))).prefix(maxCharacters))
    }

    /// The two numbers in a text.
    static func place(_ text: String) -> Place? {
        let numbers = text.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count == 2 else { return nil }
        return Place(x: numbers[0], y: numbers[1])
    }
}
