import Protocol

/// The canvas's tools, as keys ask for them.
extension Model {
    mutating func perform(_ tool: CanvasTool, nowMs: Int64) -> [Command] {
        guard let canvas else {
            say("There is no canvas yet", .warning, nowMs: nowMs)
            return []
        }
        switch tool {
        case .inspect: desk.owners.isOpen.toggle()
        case .follow: followOwner(nowMs: nowMs)
        case .followSomeone: overlay = .tool(.follow(LineEditor(maxCharacters: Limits.maxNameCharacters)))
        case .nextLens: lens = lens.next
        case .addBookmark: openBookmarkPrompt(nowMs: nowMs)
        case .bookmarks: openBookmarks(nowMs: nowMs)
        case .copyPlace:
            say("Copied \(cursor.x),\(cursor.y)", .news, nowMs: nowMs)
            return [.copy("\(cursor.x),\(cursor.y)")]
        case .template: overlay = .tool(.template(LineEditor(maxCharacters: TemplatePrompt.maxCharacters)))
        case .templateMode: turnTemplate(nowMs: nowMs)
        case .moveTemplate: moveTemplate(nowMs: nowMs)
        case .nextWrong: goToNextWrong(canvas, nowMs: nowMs)
        case .progress:
            if mayUseTemplate(nowMs: nowMs) { desk.showsProgress.toggle() }
        case .signs: desk.showsSigns.toggle()
        case .tour: toggleTour(nowMs: nowMs)
        }
        return []
    }

    // MARK: What is typed and chosen

    mutating func takeInPrompt(_ press: KeyPress, _ prompt: ToolPrompt, nowMs: Int64) -> [Command] {
        if press.key == .escape {
            overlay = .none
            if case .movingTemplate(let from) = prompt { putTemplate(at: from) }
            return []
        }
        switch prompt {
        case .bookmarks(let choice): return takeInBookmarks(press, choice, nowMs: nowMs)
        case .movingTemplate: takeWhileMoving(press)
        case .bookmarkName(var line):
            if press.key == .enter { return addBookmark(named: line.text, nowMs: nowMs) }
            _ = line.take(press)
            overlay = .tool(.bookmarkName(line))
        case .template(var line):
            if press.key == .enter { return takeTemplate(line.text, nowMs: nowMs) }
            _ = line.take(press)
            overlay = .tool(.template(line))
        case .follow(var line):
            if press.key == .enter {
                overlay = .none
                follow(named: line.text, nowMs: nowMs)
                return []
            }
            _ = line.take(press)
            overlay = .tool(.follow(line))
        }
        return []
    }

    /// What is pasted into a prompt.
    mutating func paste(_ text: String, into prompt: ToolPrompt) {
        func added(_ line: LineEditor) -> LineEditor {
            var line = line
            let kept = text.drop { $0.isWhitespace }
            line.add(String(kept.dropLast(kept.reversed().prefix { $0.isWhitespace }.count)))
            return line
        }
        switch prompt {
        case .bookmarkName(let line): overlay = .tool(.bookmarkName(added(line)))
        case .template(let line): overlay = .tool(.template(added(line)))
        case .follow(let line): overlay = .tool(.follow(added(line)))
        case .bookmarks, .movingTemplate: break
        }
    }

    /// A place that is pasted over the canvas is gone to.
    mutating func pasteOverCanvas(_ text: String, nowMs: Int64) {
        guard let canvas else { return }
        guard let place = PlaceText.place(text) else {
            say("Paste a place such as 12,34 to go there", .warning, nowMs: nowMs)
            return
        }
        guard canvas.extent.contains(place) else {
            say("\(place.x),\(place.y) lies outside the canvas", .warning, nowMs: nowMs)
            return
        }
        go(to: place)
    }

    // MARK: What happens by itself

    /// What an action of the person's ends: whoever moves by hand follows nobody, and any action ends a tour.
    mutating func noticeAction(_ action: Action) {
        switch action {
        case .move, .jump, .center, .goTo: stopTravelling()
        case .tool(.tour): break
        case .tool(.nextWrong), .tool(.bookmarks): stopTravelling()
        default: desk.tour = nil
        }
    }

    /// What the mouse ends: using it a tour, as any action does, moving it alone nothing.
    ///
    /// Whom the person follows is left only where they move the view by hand, so that they can paint meanwhile.
    mutating func noticeMouse(_ kind: MouseEvent.Kind) {
        switch kind {
        case .press, .motion(.left), .motion(.middle), .motion(.right), .wheelUp, .wheelDown: desk.tour = nil
        case .release, .motion(.none): break
        }
    }

    /// Does what is due on the canvas by time alone.
    mutating func tendCanvas(nowMs: Int64) -> [Command] {
        guard let canvas else { return [] }
        if let order = desk.order {
            desk.order = nil
            return [.desk(.read(order, canvas.palette))]
        }
        guard page == .canvas, layout.fits else { return [] }
        tellTrouble(nowMs: nowMs)
        if desk.wantsTour {
            desk.wantsTour = false
            startTour(nowMs: nowMs)
        }
        var commands: [Command] = []
        if desk.owners.isOpen || desk.followsNext, link.isLive,
            let place = desk.owners.question(at: cursor, nowMs: nowMs)
        {
            commands.append(.ask(.cell(place)))
        }
        if link.isLive, let account = desk.following?.account, desk.following?.asks(nowMs: nowMs) ?? false {
            commands.append(.ask(.latest(of: account.id)))
        }
        commands += askForTouched(nowMs: nowMs)
        if let heat = desk.heat, let stop = desk.tour?.stop(in: heat, nowMs: nowMs) {
            look(at: stop)
        }
        return commands
    }

    /// When something on the canvas is due by time alone; nil for never.
    var deskMs: Int64? {
        guard canvas != nil, page == .canvas, layout.fits else { return nil }
        var next: [Int64?] = [desk.tour?.nextMs]
        if link.isLive {
            if desk.owners.isOpen || desk.followsNext { next.append(desk.owners.dueMs) }
            next.append(desk.following?.nextMs)
            if lens == .untouched { next.append(desk.touched?.dueMs) }
        }
        if desk.owners.isOpen { next.append(ageChangeMs) }
        if lens == .heat, desk.heat?.isWarm(nowMs: clockMs) ?? false {
            next.append(clockMs + HeatMap.frameMs)
        }
        if let untilMs = desk.undo.untilMs(nowMs: clockMs) {
            next.append(Seconds.nextChange(until: untilMs, nowMs: clockMs))
        }
        // What is due already was done just now, or waits for something else.
        return next.compactMap { $0 }.min().map { max($0, clockMs + 1) }
    }
}
