import Protocol

/// Going from screen to screen.
extension Model {
    /// What the keys mean now.
    var keyScene: KeyScene {
        switch page {
        case .home: return .home
        case .canvas: return .canvas
        case .clicks: return .clicks
        case .relays:
            guard let room = relays.room else { return .lobby }
            switch room.view.status {
            case .waiting: return .waiting
            case .running: return isAnswering ? .answering : .watched
            case .ended: return .result
            }
        case .arcade:
            switch arcade.stage {
            case .menu: return .arcade
            case .asking, .playing: return .run
            case .over: return .outcome
            }
        case .shop:
            switch shop.step {
            case .looking: return .shop
            case .tryingOn: return .tryingOn
            case .buying: return .buying
            }
        case .feedback: return .feedback
        case .boards: return .boards
        case .settings: return .settings
        case .about: return .about
        case .signIn: return .signIn
        case .replay: return replay.prompt == nil ? .replay : .replayPrompt
        case .admin:
            switch admin.prompt {
            case nil: return .admin
            case .form?: return .adminForm
            case .question?: return .adminQuestion
            }
        case .ad: return .ad
        }
    }

    /// Whether the person is in the relay and not out.
    var isAnswering: Bool {
        purpose == .play && relays.room?.player(accountID)?.isActive ?? false
    }

    /// Goes to a screen, by way of an ad where one stands before it; what lay over the last one is gone.
    mutating func open(_ page: Page) -> [Command] {
        overlay = .none
        settingsDesk.capture = nil
        drag = nil
        // A tour is over with the first key, and that may be one that leads away.
        desk.tour = nil
        guard page != self.page || !hasStarted else { return [] }
        hasStarted = true
        shop.step = .looking
        toast = nil
        // No ad stands before a run, and none within: leaving it ends it.
        return leaveArcade() + load(page)
    }

    /// Shows a screen that nothing stands before any more.
    mutating func show(_ page: Page) -> [Command] {
        self.page = page
        if page == .signIn { signIn.visit() }
        replay.stop()
        admin.prompt = nil
        return lookAtPage()
    }

    /// What is to be asked when a screen is first seen, or seen again after a lost connection.
    mutating func lookAtPage() -> [Command] {
        guard link.isLive else { return [] }
        switch page {
        case .home: return [.profile, .clicks(.look)] + askForList()
        case .arcade:
            arcade.absence = nil
            return [.profile, .arcade(.board(arcade.game, arcade.period))]
        case .shop: return askForSkins()
        case .canvas, .feedback, .settings, .ad: return []
        case .replay: return [.replay(replay.load())]
        case .admin:
            admin.forgetAsking()
            return (purpose == .play ? [.profile] : []) + loadAdmin()
        case .about, .signIn: return purpose == .play ? [.profile] : []
        case .boards: return askForShownBoard()
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
            return page == .clicks ? [.clicks(.look)] : page == .shop ? askForSkins() : askForList()
        case .choose(let step): if page == .shop { shop.choose(by: step) } else { relays.choose(by: step) }
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
