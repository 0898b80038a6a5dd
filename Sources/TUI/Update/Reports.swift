import Protocol

/// What the server and the connection tell.
extension Model {
    mutating func take(_ report: Report, nowMs: Int64) {
        switch report {
        case .link(let link): take(link, nowMs: nowMs)
        case .account(let name): account = PlayerName.displayed(name)
        case .status(let status, let position): take(status, position: position, nowMs: nowMs)
        case .replaced(let image, let version): take(image, version: version)
        case .changed(let pixels, let version):
            for pixel in pixels { canvas?.apply(pixel) }
            self.version = version
            settle()
        case .placed(let request, let version): confirm(request, version: version)
        case .refused(let request, let failure):
            takeBack(request)
            refuse(failure, nowMs: nowMs)
        case .latency(let microseconds): latencyUs = link == .connected ? microseconds : nil
        case .counts(let players, let queued): counts = Counts(players: players, queued: queued)
        }
    }

    private mutating func take(_ link: Link, nowMs: Int64) {
        if self.link == .connected, link != .connected {
            latencyUs = nil
            status = nil
            queuePosition = nil
            counts = nil
            // The replica brings what was made durable; the rest was never promised.
            pending.removeAll()
        }
        if case .closed(let words) = link, self.link != link {
            say(PlayerName.displayed(words), .failure, nowMs: nowMs)
        }
        self.link = link
    }

    private mutating func take(_ status: StatusWord, position: Int?, nowMs: Int64) {
        if status == .playing, self.status != .playing, self.status != nil {
            say("You are playing", .news, nowMs: nowMs)
        }
        if status == .afk, self.status == .playing {
            say("You are AFK: p plays again", .warning, nowMs: nowMs)
        }
        self.status = status
        queuePosition = status == .queued ? position : nil
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
        guard let at = openRequest(request) else { return }
        pending[at].version = version
        settle()
    }

    private mutating func takeBack(_ request: Int?) {
        if let at = openRequest(request) { pending.remove(at: at) }
    }

    private func openRequest(_ request: Int?) -> Int? {
        guard let request else { return nil }
        return pending.firstIndex { $0.request == request }
    }

    private mutating func refuse(_ failure: Failure, nowMs: Int64) {
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
        default: return (PlayerName.displayed(failure.message), .failure)
        }
    }
}
