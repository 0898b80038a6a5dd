import Protocol

/// What the server and the connection tell.
extension Model {
    mutating func take(_ report: Report, nowMs: Int64) -> [Command] {
        switch report {
        case .link(let link):
            let wasLive = self.link.isLive
            take(link, nowMs: nowMs)
            let isNew = !wasLive && self.link.isLive
            // The skin that is worn is wanted at once, the shop's news when the shop is seen.
            let skins = isNew && shop.offers == nil ? askForSkins() : []
            if page == .ad { return goOn(over: self.link) + skins }
            return isNew ? lookAtPage() + skins : []
        case .account(let name, let id):
            account = PlayerName.displayed(name)
            if let id { accountID = id }
            hintAtNames(nowMs: nowMs)
        case .renamed(let name): renamed(to: PlayerName.displayed(name), nowMs: nowMs)
        case .renameRefused(let failure): renameRefused(failure, nowMs: nowMs)
        case .welcomed(let status, let serverTimeMs):
            welcome(status, serverTimeMs: serverTimeMs, nowMs: nowMs)
        case .status(let status, let idleLeftMs): take(status, idleLeftMs: idleLeftMs, nowMs: nowMs)
        case .replaced(let image, let version):
            take(image, version: version)
            hintAtNames(nowMs: nowMs)
        case .changed(let pixels, let version):
            for pixel in pixels { canvas?.apply(pixel) }
            self.version = version
            settle()
        case .placed(let request, let version): confirm(request, version: version)
        case .refused(let request, let failure):
            takeBack(request)
            refuse(request, failure, nowMs: nowMs)
        case .latency(let microseconds): latencyUs = link.isLive ? microseconds : nil
        case .counts(let players, let queued): counts = Counts(players: players, queued: queued)
        case .clicks(let report): take(report, nowMs: nowMs)
        case .relays(let report): return take(report, nowMs: nowMs)
        case .profile(let answer):
            profile = answer
            shop.points = answer.points
        case .arcade(let report): return take(report, nowMs: nowMs)
        case .ads(let report): return take(report, nowMs: nowMs)
        case .shop(let report): return take(report, nowMs: nowMs)
        case .feedback(let report): take(report, nowMs: nowMs)
        }
        return []
    }

    private mutating func take(_ image: CanvasImage, version: Version) {
        let isFirst = canvas?.extent != image.extent
        if canvas == nil || Int(color) >= image.palette.count { color = image.palette.vivid }
        canvas = image
        self.version = version
        if isFirst { showFirst(image) }
        settle()
    }

    // MARK: Pixels under way

    /// Drops the pixels that the replica has caught up with.
    private mutating func settle() {
        pending.removeAll { $0.version.map { $0 <= version } ?? false }
    }

    /// The oldest pixel that the server hasn't answered and the person wasn't told about.
    var unanswered: Int? { pending.firstIndex { $0.version == nil && !$0.isLate } }

    /// A server that doesn't answer isn't noticed by the connection for a while: the person is told, and the last
    /// round trip isn't shown as if it still held.
    mutating func noticeSilence(nowMs: Int64) {
        while let at = unanswered, pending[at].sentMs + PendingPixel.patienceMs <= nowMs {
            pending[at].isLate = true
            latencyUs = nil
            say("No answer from the server yet", .warning, nowMs: nowMs)
        }
    }

    private mutating func confirm(_ request: Int?, version: Version) {
        if let request { countAction(sentMs: undos.removeValue(forKey: request)) }
        guard let at = openRequest(request) else { return }
        countAction(sentMs: pending[at].sentMs)
        pending[at].version = version
        settle()
    }

    private mutating func takeBack(_ request: Int?) {
        if let request { undos[request] = nil }
        if let at = openRequest(request) { pending.remove(at: at) }
    }

    private func openRequest(_ request: Int?) -> Int? {
        guard let request else { return nil }
        return pending.firstIndex { $0.request == request }
    }

    private mutating func refuse(_ request: Int?, _ failure: Failure, nowMs: Int64) {
        // What bears none of our numbers answers what the client asked for by itself: a place.
        if request == nil, play == .asking { play = .afk(hasLeft: false) }
        let (text, kind) = Self.words(for: failure)
        say(text, kind, nowMs: nowMs)
    }

    /// What a refusal means to the person.
    static func words(for failure: Failure) -> (String, Toast.Kind) {
        switch failure.code {
        case .rateLimited, .cooldown:
            guard let wait = failure.retryAfterMs else { return ("Too fast", .warning) }
            let tenths = max((wait + 99) / 100, 1)
            return ("Wait \(tenths / 10).\(tenths % 10) s", .warning)
        case .queueFull: return ("The queue is full: p tries again", .warning)
        case .notPlaying: return ("Press p to play", .warning)
        case .nothingToUndo: return ("Nothing to undo", .warning)
        case .storageUnavailable: return ("The server can't save now; try again soon", .failure)
        case .shuttingDown: return ("The server is stopping", .failure)
        case .banned: return ("You are banned here", .failure)
        case .nameTaken: return ("That name is taken", .failure)
        case .noActiveGame: return ("There is no click war now", .warning)
        case .pushTooSoon: return ("Pushed too soon: tried again", .warning)
        case .implausibleClicks: return ("Faster than fingers can be", .failure)
        case .relayFull: return ("That relay is full", .warning)
        case .relayStarted: return ("That relay has begun: w watches", .warning)
        case .relayNotRunning: return ("That relay isn't running", .warning)
        case .playerOut: return ("You are out", .warning)
        case .runOpen: return ("The run before is still ending: try again", .warning)
        case .runOver: return ("That run is over", .warning)
        case .pointRejected: return ("That hit came too late to count", .warning)
        case .notEnoughPoints: return ("You have too few points for it", .warning)
        case .alreadyOwned: return ("It is yours already", .news)
        case .notOwned: return ("It isn't yours", .warning)
        default: return (PlayerName.displayed(failure.message), .failure)
        }
    }
}
