import Protocol

/// Going from screen to screen.
extension Model {
    /// What the keys mean now.
    var keyScene: KeyScene {
        switch page {
        case .canvas: return .canvas
        case .clicks: return .clicks
        case .relays:
            guard let room = relays.room else { return .lobby }
            switch room.view.status {
            case .waiting: return .waiting
            case .running: return isAnswering ? .answering : .watched
            case .ended: return .result
            }
        }
    }

    /// Whether the person is in the relay and not out.
    var isAnswering: Bool {
        purpose == .play && relays.room?.player(accountID)?.isActive ?? false
    }

    /// Goes to a screen; what lay over the last one is gone.
    mutating func open(_ page: Page) -> [Command] {
        overlay = .none
        drag = nil
        guard page != self.page else { return [] }
        self.page = page
        toast = nil
        return lookAtPage()
    }

    /// What is to be asked when a screen is first seen, or seen again after a lost connection.
    mutating func lookAtPage() -> [Command] {
        guard link.isLive else { return [] }
        switch page {
        case .canvas: return []
        case .clicks: return [.clicks(.look)]
        case .relays: return relays.room == nil ? askForList() : []
        }
    }

    mutating func askForList() -> [Command] {
        relays.isListing = true
        return [.relays(.list)]
    }

    /// Whether a wish can reach the server now; says why not.
    mutating func mayAsk(nowMs: Int64, asPlayer: Bool) -> Bool {
        if asPlayer, purpose == .watch {
            say("Watching: start `pixelwars play` to take part", .warning, nowMs: nowMs)
            return false
        }
        guard link.isLive else {
            say("Not connected", .warning, nowMs: nowMs)
            return false
        }
        return true
    }

    /// What a key asks for in the click war or among relays.
    mutating func performInGame(_ action: Action, nowMs: Int64) -> [Command] {
        switch action {
        case .refresh:
            guard mayAsk(nowMs: nowMs, asPlayer: false) else { return [] }
            return page == .clicks ? [.clicks(.look)] : askForList()
        case .choose(let step): relays.choose(by: step)
        case .enterRelay: return enterChosen(isToWatch: false, nowMs: nowMs)
        case .watchRelay: return enterChosen(isToWatch: true, nowMs: nowMs)
        case .createRelay(let isPrivate): return create(isPrivate: isPrivate, nowMs: nowMs)
        case .typeCode:
            if mayAsk(nowMs: nowMs, asPlayer: true) { overlay = .code(CodePrompt()) }
        case .startRelay: return startRelay(nowMs: nowMs)
        case .sendAnswer: return sendAnswer(nowMs: nowMs)
        case .leaveRelay: return leaveRelay(nowMs: nowMs)
        default: break
        }
        return []
    }
}
