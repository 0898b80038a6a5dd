/// What passes with time, and when.
extension Model {
    /// When the model wants the clock's next event: when something that is shown changes by time alone; nil for never.
    var deadlineMs: Int64? {
        let answer = unanswered.map { pending[$0].sentMs + PendingPixel.patienceMs }
        let hint = hintUntilMs.flatMap { $0 > clockMs ? $0 : nil }
        return [
            toasts.map(\.untilMs).min(), glide?.nextMs(afterMs: clockMs), hint, answer, countingMs,
            clicks.settlingMs, relays.leaveUntilMs,
            arcade.endUntilMs,
            ads.stop?.endsMs, ads.stop?.patienceMs, pageMs, deskMs,
        ]
        .compactMap { $0 }.min()
    }

    /// When a number that is counted on the screen changes next.
    private var countingMs: Int64? {
        guard layout.fits else { return nil }
        var next: [Int64?] = []
        if case .waiting(_, let delayMs, _) = link {
            next.append(Seconds.nextChange(until: linkSinceMs + Int64(delayMs), nowMs: clockMs))
        }
        switch play {
        case .playing(let limit?): next.append(limit.nextChangeMs(nowMs: clockMs))
        case .queued(let wait) where page == .canvas && showsNotice:
            next.append(Seconds.nextChange(since: wait.sinceMs, nowMs: clockMs))
        case .queued, .playing, .unknown, .asking, .afk, .spectator: break
        }
        return next.compactMap { $0 }.min()
    }

    /// Seconds until the next attempt to connect.
    var secondsToAttempt: Int? {
        guard case .waiting(_, let delayMs, _) = link else { return nil }
        return Seconds.left(until: linkSinceMs + Int64(delayMs), nowMs: clockMs)
    }

    // MARK: Words

    /// Shows a short word for a while.
    mutating func say(_ text: String, _ kind: Toast.Kind, nowMs: Int64) {
        say(Words(text), kind, nowMs: nowMs)
    }

    /// Shows a short word for a while that may name a key.
    mutating func say(_ words: Words, _ kind: Toast.Kind, nowMs: Int64) {
        toast = Toast(words: words, kind: kind, untilMs: nowMs + Toast.lifetimeMs)
    }

    /// Takes away the words whose time is over.
    mutating func endWords() {
        toasts.removeAll { $0.untilMs <= clockMs }
        endGlide()
        if let leaveUntilMs, leaveUntilMs <= clockMs { self.leaveUntilMs = nil }
        if let untilMs = relays.leaveUntilMs, untilMs <= clockMs { relays.leaveUntilMs = nil }
        if let untilMs = arcade.endUntilMs, untilMs <= clockMs { arcade.endUntilMs = nil }
        if let verdict = relays.verdict, verdict.untilMs <= clockMs { relays.verdict = nil }
        if case .playing(var play) = arcade.stage {
            play.fade(nowMs: clockMs)
            arcade.stage = .playing(play)
        }
    }

    /// Whether the hint about names is to be seen.
    var showsHint: Bool { hintUntilMs.map { $0 > clockMs } ?? false }
}
