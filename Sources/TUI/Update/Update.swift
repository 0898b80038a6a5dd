import Protocol

extension Model {
    /// Takes in one event at a time (milliseconds on any monotonic clock) and says what is to be done.
    mutating func update(_ event: Event, nowMs: Int64) -> [Command] {
        clockMs = nowMs
        endWords()
        let scene = pressScene
        var commands = count(clicks.settle(nowMs: nowMs))
        switch event {
        case .started: commands += open(page)
        case .input(let input): commands += take(input, nowMs: nowMs)
        case .resized(let columns, let rows):
            resize(columns: columns, rows: rows)
            commands.append(.repaint)
        case .server(let report): commands += take(report, nowMs: nowMs)
        case .clock: noticeSilence(nowMs: nowMs)
        }
        // Behind the event: a key that comes with an ad's last moment was pressed before its end could be seen.
        commands += endAd(nowMs: nowMs)
        if pressScene != scene { freshPress.changeScene() }
        let zoom = page == .home ? HomeLayout(self).zoom : viewport.zoom
        canvas?.prepare(for: zoom)
        return commands
    }

    private mutating func take(_ input: InputEvent, nowMs: Int64) -> [Command] {
        switch input {
        case .key(let press): return take(press, nowMs: nowMs)
        case .mouse(let mouse):
            if case .press = mouse.kind { freshPress.takeButton() }
            return layout.fits ? take(mouse, nowMs: nowMs) : []
        case .paste(let text):
            guard layout.fits else { return [] }
            switch overlay {
            case .help: break
            case .none:
                if keyScene == .answering { relays.answer.add(text) }
                if keyScene == .feedback { feedback.paste(text) }
            case .code(var prompt):
                prompt.add(text)
                overlay = .code(prompt)
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
        let isFresh = freshPress.take(press.key, nowMs: nowMs)
        let action = KeyTable.action(for: press, in: keyScene)
        // What ends or hides the program works everywhere.
        switch action {
        case .quit? where press.modifiers.contains(.control): return [.quit]
        case .suspend?: return [.suspend]
        case .repaint?: return [.repaint]
        default: break
        }
        // Nothing acts that can't be seen.
        guard layout.fits else { return action == .quit ? [.quit] : [] }
        if case .open(let page)? = action, overlay == .none || !press.meansText { return open(page) }
        switch overlay {
        case .none: break
        case .help(let scroll):
            takeInHelp(press, scroll: scroll)
            return action == .quit ? [.quit] : []
        case .goTo(let typed):
            takeInPrompt(press, typed: typed, nowMs: nowMs)
            return []
        case .name(let prompt): return takeInPrompt(press, prompt, nowMs: nowMs)
        case .code(let prompt): return takeInPrompt(press, prompt, nowMs: nowMs)
        }
        guard isFresh || keyScene.bearsRepeats else { return [] }
        guard let action else {
            if keyScene == .answering { type(press) }
            if keyScene == .feedback { feedback.take(press, columns: FeedbackLayout(self).wrapColumns) }
            return []
        }
        switch page {
        case .arcade: return performInArcade(action, key: press.key, nowMs: nowMs)
        case .home: return performAtHome(action, nowMs: nowMs)
        case .canvas, .clicks, .relays, .shop, .feedback, .ad: break
        }
        if action == .click { return pressClick(press.key, nowMs: nowMs) }
        return perform(action, nowMs: nowMs)
    }

    private mutating func takeInHelp(_ press: KeyPress, scroll: Int) {
        switch KeyTable.action(for: press, in: .canvas) {
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
        case .open(let page): return open(page)
        case .click: return []
        case .take where page == .ad: return goOn()
        case .take, .shoot, .endRun, .turnPeriod: return []
        case .choose, .enterRelay, .watchRelay, .createRelay, .typeCode, .refresh, .startRelay, .sendAnswer,
            .leaveRelay:
            return performInGame(action, nowMs: nowMs)
        case .takeSkin, .tryOn, .backToShop, .standardLook: return performInShop(action, nowMs: nowMs)
        case .sendFeedback: return sendFeedback(nowMs: nowMs)
        case .clearFeedback: feedback.clear()
        }
        return []
    }
}
