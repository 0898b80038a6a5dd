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
            if let id {
                if let accountID, accountID != id { becomeOther() }
                accountID = id
            }
            hintAtNames(nowMs: nowMs)
        case .renamed(let name): renamed(to: PlayerName.displayed(name), nowMs: nowMs)
        case .renameRefused(let failure): renameRefused(failure, nowMs: nowMs)
        case .welcomed(let status, let serverTimeMs):
            let wait = waitsForTurn
            welcome(status, serverTimeMs: serverTimeMs, nowMs: nowMs)
            return alert(after: wait)
        case .status(let status, let idleLeftMs):
            let wait = waitsForTurn
            take(status, idleLeftMs: idleLeftMs, nowMs: nowMs)
            return alert(after: wait)
        case .replaced(let image, let epoch, let version):
            take(image, version: version)
            noticeCanvas(epoch: epoch, nowMs: nowMs)
            hintAtNames(nowMs: nowMs)
        case .changed(let pixels, let version):
            for pixel in pixels {
                notice(pixel, nowMs: nowMs)
                canvas?.apply(pixel)
            }
            pace.add(pixels.count, nowMs: nowMs)
            self.version = version
            settle()
        case .placed(let request, let version):
            noticeAnswer(to: request)
            confirm(request, version: version)
        case .refused(let request, let failure):
            takeBack(request)
            if failure.code == .nothingToUndo { desk.undo = UndoWindow() }
            refuse(request, failure, nowMs: nowMs)
        case .unkept(let words): say(words, .failure, nowMs: nowMs)
        case .latency(let microseconds): latencyUs = link.isLive ? microseconds : nil
        case .counts(let players, let queued): counts = Counts(players: players, queued: queued)
        case .clicks(let report): take(report, nowMs: nowMs)
        case .relays(let report): return take(report, nowMs: nowMs)
        case .profile(let answer):
            let before = role
            profile = answer
            shop.points = answer.points
            return noticeRole(before: before, nowMs: nowMs)
        case .arcade(let report): return take(report, nowMs: nowMs)
        case .ads(let report): return take(report, nowMs: nowMs)
        case .shop(let report): return take(report, nowMs: nowMs)
        case .canvas(let report): return take(report, nowMs: nowMs)
        case .boards(let report): take(report)
        case .replay(let report): take(report, nowMs: nowMs)
        case .admin(let report): return take(report, nowMs: nowMs)
        case .signIn(let report): return take(report, nowMs: nowMs)
        case .feedback(let report): take(report, nowMs: nowMs)
        case .announced(let text): hear(announcement: text, nowMs: nowMs)
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
        let (words, kind) = words(for: failure)
        say(words, kind, nowMs: nowMs)
    }
}
