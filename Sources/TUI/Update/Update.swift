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
        commands += tendCanvas(nowMs: nowMs)
        commands += tendReplay(nowMs: nowMs)
        commands += tendAdmin(nowMs: nowMs)
        if pressScene != scene { freshPress.changeScene() }
        let zoom = seenZoom
        canvas?.prepare(for: zoom)
        let mapBlock = mapBlock
        canvas?.prepareMap(block: mapBlock)
        return commands
    }

    /// The zoom at which the canvas is on the screen.
    private var seenZoom: Zoom {
        switch page {
        case .home: return HomeLayout(self).zoom
        case .admin:
            guard case .question(let question)? = admin.prompt else { return viewport.zoom }
            return AdminQuestionLayout(question, self).zoom(of: canvas) ?? viewport.zoom
        case .canvas, .clicks, .relays, .arcade, .shop, .feedback, .boards, .settings, .about, .replay,
            .signIn, .ad:
            return viewport.zoom
        }
    }

    private mutating func take(_ input: InputEvent, nowMs: Int64) -> [Command] {
        switch input {
        case .key(let press): return take(press, nowMs: nowMs)
        case .mouse(let mouse):
            if case .press = mouse.kind { freshPress.takeButton() }
            noticeMouse(mouse.kind)
            return layout.fits ? take(mouse, nowMs: nowMs) : []
        case .paste(let text):
            guard layout.fits else { return [] }
            switch overlay {
            case .help: break
            case .palette(var palette):
                palette.line.add(text)
                palette.chosen = 0
                overlay = .palette(palette)
            case .none:
                if keyScene == .answering { relays.answer.add(text) }
                if keyScene == .feedback { feedback.paste(text) }
                if keyScene == .replayPrompt { replay.prompt?.add(text) }
                if keyScene == .adminForm { pasteIntoForm(text) }
                if keyScene == .canvas { pasteOverCanvas(text, nowMs: nowMs) }
            case .code(var prompt):
                prompt.add(text)
                overlay = .code(prompt)
            case .goTo(let typed): overlay = .goTo(GoTo.joined(typed, text))
            case .turn(let typed): overlay = .turn(ViewWords.joined(typed, text))
            case .name(var prompt):
                prompt.paste(text)
                overlay = .name(prompt)
            case .tool(let prompt): paste(text, into: prompt)
            }
        case .background(let color): background = color
        case .focus(let isFocused): self.isFocused = isFocused
        }
        return []
    }

    // MARK: Keys

    mutating func take(_ press: KeyPress, nowMs: Int64) -> [Command] {
        let isFresh = freshPress.take(press.key, nowMs: nowMs)
        let action = bindings.action(for: press, in: keyScene)
        if let capture = settingsDesk.capture, press != KeyBindings.alwaysQuits {
            return takeCaptured(press, capture, isFresh: isFresh, nowMs: nowMs)
        }
        // What ends or hides the program works everywhere.
        if action == .quit, press.modifiers.contains(.control) { return [.quit] }
        if action == .suspend { return [.suspend] }
        if action == .repaint { return [.repaint] }
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
        case .turn(let typed):
            takeInTurnPrompt(press, typed: typed, nowMs: nowMs)
            return []
        case .name(let prompt): return takeInPrompt(press, prompt, nowMs: nowMs)
        case .code(let prompt): return takeInPrompt(press, prompt, nowMs: nowMs)
        case .tool(let prompt): return takeInPrompt(press, prompt, nowMs: nowMs)
        case .palette(let palette): return takeInPalette(press, palette, isFresh: isFresh, nowMs: nowMs)
        }
        guard isFresh || keyScene.bearsRepeats else { return [] }
        guard let action else {
            if keyScene == .answering { type(press) }
            if keyScene == .replayPrompt { _ = replay.prompt?.take(press) }
            if keyScene == .adminForm { typeIntoForm(press) }
            if keyScene == .feedback { feedback.take(press, columns: FeedbackLayout(self).wrapColumns) }
            return []
        }
        return act(action, key: press.key, nowMs: nowMs)
    }

    /// Does what a key asks for, or a click on the key's name, or the palette, as the page has it.
    mutating func act(_ action: Action, key: KeyPress.Key, nowMs: Int64) -> [Command] {
        switch page {
        case .arcade: return performInArcade(action, key: key, nowMs: nowMs)
        case .home: return performAtHome(action, nowMs: nowMs)
        case .boards: return performAtBoards(action, nowMs: nowMs)
        case .settings: return performInSettings(action, nowMs: nowMs)
        case .signIn: return performAtSignIn(action, nowMs: nowMs)
        case .replay: return performAtReplay(action, nowMs: nowMs)
        case .admin: return performAtAdmin(action, nowMs: nowMs)
        case .canvas, .clicks, .relays, .shop, .feedback, .about, .ad: break
        }
        if action == .click { return pressClick(key, nowMs: nowMs) }
        return perform(action, nowMs: nowMs)
    }

    private mutating func takeInHelp(_ press: KeyPress, scroll: Int) {
        let action = bindings.action(for: press, in: .canvas)
        if case .move(_, let dy)? = action, dy != 0 {
            overlay = .help(scroll: max(scroll + dy, 0))
        } else if case .jump(_, let dy)? = action, dy != 0 {
            overlay = .help(scroll: max(scroll + dy * 8, 0))
        } else {
            overlay = .none
        }
    }

    mutating func perform(_ action: Action, nowMs: Int64) -> [Command] {
        noticeAction(action)
        switch action {
        case .tool(let tool): return perform(tool, nowMs: nowMs)
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
        case .move(let dx, let dy): walk(dx: dx, dy: dy)
        case .jump(let dx, let dy): jump(dx: dx, dy: dy)
        case .center: centerCursor()
        case .zoomIn: zoom(to: viewport.zoom.nearer, at: cursor)
        case .zoomOut: zoom(to: viewport.zoom.farther(whole: wholeZoom), at: cursor)
        case .wholeCanvas: toggleWhole()
        case .turnView(let change): turnView(change)
        case .turnBy: overlay = .turn("")
        case .minimap: return toggleMinimap(nowMs: nowMs)
        case .open(let page): return open(page)
        case .click: return []
        case .take where page == .ad: return goOn()
        case .take, .shoot, .endRun, .turnPeriod, .adjust, .addKey, .dropKeys, .restore: return []
        case .palette: overlay = .palette(CommandPalette())
        case .choose, .enterRelay, .watchRelay, .createRelay, .typeCode, .refresh, .startRelay, .sendAnswer,
            .leaveRelay:
            return performInGame(action, nowMs: nowMs)
        case .takeSkin, .tryOn, .backToShop, .standardLook: return performInShop(action, nowMs: nowMs)
        case .sendFeedback: return sendFeedback(nowMs: nowMs)
        case .clearFeedback: feedback.clear()
        case .signIn(let action): return perform(action, nowMs: nowMs)
        case .replay, .admin: return []
        }
        return []
    }
}
