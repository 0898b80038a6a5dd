import Protocol

extension Model {
    /// Takes in one event at a time (milliseconds on any monotonic clock) and says what is to be done.
    mutating func update(_ event: Event, nowMs: Int64) -> [Command] {
        clockMs = nowMs
        endWords()
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

    private mutating func take(_ input: InputEvent, nowMs: Int64) -> [Command] {
        switch input {
        case .key(let press): return take(press, nowMs: nowMs)
        case .mouse(let mouse): return take(mouse, nowMs: nowMs)
        case .paste(let text):
            switch overlay {
            case .none, .help: break
            case .goTo(let typed): overlay = .goTo(GoTo.joined(typed, text))
            case .name(var prompt):
                prompt.paste(text)
                overlay = .name(prompt)
            }
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
        case .name(let prompt): return takeInPrompt(press, prompt, nowMs: nowMs)
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

    mutating func perform(_ action: Action, nowMs: Int64) -> [Command] {
        switch action {
        case .quit: return [.quit]
        case .suspend: return [.suspend]
        case .repaint: return [.repaint]
        case .help: overlay = .help(scroll: 0)
        case .goTo: overlay = .goTo("")
        case .name: return openNamePrompt(nowMs: nowMs)
        case .shrink: isNoticeSmall.toggle()
        case .play: return askToPlay(nowMs: nowMs)
        case .leave: return leave(nowMs: nowMs)
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
}
