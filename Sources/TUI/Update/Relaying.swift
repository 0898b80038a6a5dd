import Protocol

/// Relays: coming into one, answering, and what the server tells.
extension Model {
    // MARK: Coming and going

    mutating func enterChosen(isToWatch: Bool, nowMs: Int64) -> [Command] {
        guard mayAsk(nowMs: nowMs, asPlayer: !isToWatch), let relay = relays.chosenRelay else { return [] }
        // Who is in it already comes back as its player, whatever its state.
        let isIn = relay.players.contains { $0.account.id == accountID }
        if !isToWatch, !isIn, relay.status != .waiting {
            say(bindings.relayStarted("It has begun"), .warning, nowMs: nowMs)
            return []
        }
        relays.isEntering = true
        return [.relays(isIn || isToWatch ? .enter(relay.relay) : .join(.id(relay.relay)))]
    }

    mutating func create(isPrivate: Bool, nowMs: Int64) -> [Command] {
        guard mayAsk(nowMs: nowMs, asPlayer: true) else { return [] }
        relays.isEntering = true
        var options = RelayOptions()
        options.isPrivate = isPrivate
        return [.relays(.create(options))]
    }

    mutating func takeInPrompt(_ press: KeyPress, _ prompt: CodePrompt, nowMs: Int64) -> [Command] {
        var prompt = prompt
        switch press.key {
        case .escape:
            overlay = .none
            return []
        case .backspace: prompt.removeLast()
        case .enter:
            guard let code = prompt.code else { break }
            overlay = .none
            guard mayAsk(nowMs: nowMs, asPlayer: true) else { return [] }
            relays.isEntering = true
            return [.relays(.join(.code(code)))]
        case .character(let scalar) where press.modifiers.isDisjoint(with: [.control, .alt]):
            prompt.add(String(scalar))
        default: break
        }
        overlay = .code(prompt)
        return []
    }

    mutating func startRelay(nowMs: Int64) -> [Command] {
        guard mayAsk(nowMs: nowMs, asPlayer: true), let room = relays.room else { return [] }
        guard room.player(accountID) != nil else {
            say("Only its players may start it", .warning, nowMs: nowMs)
            return []
        }
        return [.relays(.start(room.view.relay))]
    }

    /// Leaves the room, at the second press where a game goes on.
    mutating func leaveRelay(nowMs: Int64) -> [Command] {
        guard let room = relays.room else { return [] }
        let isAtStake = room.view.status != .ended && room.player(accountID)?.isActive ?? false
        if isAtStake, relays.leaveUntilMs == nil {
            relays.leaveUntilMs = nowMs + Toast.lifetimeMs
            let key = bindings.label(of: .leaveRelay, in: keyScene) ?? "That"
            let words = room.view.status == .running ? ": your points go on draining" : ""
            say("\(key) again leaves the room\(words)", .warning, nowMs: nowMs)
            return []
        }
        let relay = room.view.relay
        relays.leave()
        toast = nil
        return [.relays(.leave(relay))] + (link.isLive ? askForList() : [])
    }

    // MARK: Answering

    /// Takes a key into the answer line.
    mutating func type(_ press: KeyPress) {
        if relays.answer.take(press) { relays.verdict = nil }
    }

    mutating func sendAnswer(nowMs: Int64) -> [Command] {
        guard mayAsk(nowMs: nowMs, asPlayer: true), let room = relays.room else { return [] }
        guard let puzzle = room.puzzle else { return [.relays(.newPuzzle(room.view.relay))] }
        let answer = relays.answer.text.trimmed
        guard !answer.isEmpty, relays.sentMs == nil else { return [] }
        relays.sentMs = nowMs
        relays.verdict = nil
        return [.relays(.answer(room.view.relay, PuzzleAttempt(puzzle: puzzle.id, answer: answer)))]
    }

    // MARK: What the server tells

    mutating func take(_ report: RelayReport, nowMs: Int64) -> [Command] {
        switch report {
        case .list(let list): relays.take(list)
        case .entered(let view): relays.enter(view, me: accountID, nowMs: nowMs)
        case .event(let event): return take(event, nowMs: nowMs)
        case .puzzle(let puzzle): relays.room?.take(puzzle, nowMs: nowMs)
        case .shutOut(let relay, let failure):
            if relays.room?.view.relay == relay { relays.leave() }
            relays.isEntering = false
            if page == .relays { say(words(for: failure).words, .failure, nowMs: nowMs) }
            return page == .relays && link.isLive ? askForList() : []
        case .failed(let failure):
            relays.isListing = false
            relays.isEntering = false
            relays.sentMs = nil
            // A puzzle was asked for while another was on its way.
            if failure.code == .puzzleOpen { return [] }
            let (words, kind) = words(for: failure)
            if page == .relays { say(words, kind, nowMs: nowMs) }
        }
        return []
    }

    private mutating func take(_ event: RelayEvent, nowMs: Int64) -> [Command] {
        // The room's own first word enters it, and only where it was asked for: a late one of a room that was
        // left would pull the person back.
        if relays.room == nil, relays.isEntering, case .state(let view, _) = event.kind {
            relays.enter(view, me: accountID, nowMs: nowMs)
        }
        guard var room = relays.room, room.view.relay == event.relay else { return [] }
        let former = room.puzzle?.id
        room.take(event, nowMs: nowMs)
        relays.room = room
        judge(event, nowMs: nowMs)
        if room.puzzle?.id != former { relays.answer.clear() }
        if room.view.status == .ended { relays.leaveUntilMs = nil }
        return askForPuzzle(after: event, in: room)
    }

    /// Who begins, or comes back, without a puzzle asks for one.
    private func askForPuzzle(after event: RelayEvent, in room: RelayRoom) -> [Command] {
        guard room.view.status == .running, room.puzzle == nil, isAnswering else { return [] }
        switch event.kind {
        case .state, .started: return [.relays(.newPuzzle(room.view.relay))]
        default: return []
        }
    }

    /// What became of the person's own answer.
    private mutating func judge(_ event: RelayEvent, nowMs: Int64) {
        let words: String
        let isGood: Bool
        switch event.kind {
        case .solved(let account, _, let worth, let next) where account.id == accountID:
            (words, isGood) = ("Right: +\(worth) to \(PlayerName.displayed(next.name))", true)
        case .failed(let account, _, let penalty) where account.id == accountID:
            (words, isGood) = ("Wrong: −\(penalty), try again", false)
        // A connection that was lost may have taken the judgement with it.
        case .state:
            relays.sentMs = nil
            return
        default: return
        }
        relays.sentMs = nil
        relays.answer.clear()
        relays.verdict = RelayDesk.Verdict(
            words: words, isGood: isGood, untilMs: nowMs + RelayDesk.Verdict.shownMs)
    }

    // MARK: Mouse

    /// What the mouse does over the list of relays.
    mutating func takeOverRelays(_ mouse: MouseEvent, nowMs: Int64) -> [Command] {
        guard relays.room == nil else { return [] }
        switch mouse.kind {
        case .press(.left):
            guard let index = LobbyLayout(self).index(row: mouse.row) else { return [] }
            if index == relays.chosen { return enterChosen(isToWatch: purpose == .watch, nowMs: nowMs) }
            relays.chosen = index
        case .wheelUp: relays.choose(by: -1)
        case .wheelDown: relays.choose(by: 1)
        case .press, .release, .motion: break
        }
        return []
    }
}

extension String {
    /// The text without blanks at its ends.
    var trimmed: String {
        let kept = drop { $0.isWhitespace }
        return String(kept.dropLast(kept.reversed().prefix { $0.isWhitespace }.count))
    }
}
