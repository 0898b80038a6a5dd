/// Which notice the model calls for.
extension Model {
    var notice: Notice? {
        if let outage, canvas != nil { return .outage(outage, self) }
        if case .closed(let words) = link, canvas != nil, !play.isAFK { return .closed(words, self) }
        guard canvas != nil || link.isLive, purpose == .play else { return nil }
        switch play {
        case .asking where canvas != nil: return .asking
        case .queued(let wait): return .queued(wait, self)
        case .playing: return secondsToAFK.map(Notice.idling)
        case .afk(let hasLeft): return .afk(hasLeft: hasLeft, self)
        case .asking, .unknown, .spectator: return nil
        }
    }

    /// Whether the canvas shows what was, not what is.
    var isCanvasOld: Bool {
        if case .closed = link { return true }
        return outage != nil
    }
}

extension Notice {
    /// What is said in place of a key that a person has taken away: the palette still has it.
    private static let noKey = "Ctrl-p"
    private static let separator = Piece(text: " · ", role: .quiet)

    static func queued(_ wait: QueueWait, _ model: Model) -> Notice {
        let position = wait.position
        let leave = model.bindings.label(of: .leave, in: .canvas)
        let place = "\(Spelled.ordinal(position)) in line"
        // All that the clock moves moves with the waited seconds, so that one tick a second serves it.
        let seconds = Seconds.passed(since: wait.sinceMs, nowMs: model.clockMs)
        let waited = Spelled.clock(seconds: seconds)
        let left = wait.leftMs(nowMs: wait.sinceMs + Int64(seconds) * 1000).map {
            Spelled.about(milliseconds: $0)
        }
        let progress = Row.progress(done: wait.firstPosition - position, of: wait.firstPosition)
        // The count is a few seconds old, the place is not.
        let others = model.counts.map { "of \(Spelled.grouped(max($0.queued, position)))" }
        var times: [Piece] = left.map { [Piece(text: $0, role: .strong), separator] } ?? []
        times.append(Piece(text: "waited \(waited)", role: .quiet))
        return Notice(
            tone: .calm, title: "Waiting for a place", number: position,
            rows: [
                .text(
                    [Piece(text: place, role: .strong)]
                        + (others.map { [Piece(text: " \($0)", role: .quiet)] } ?? [])),
                .text(times), progress,
            ],
            cardRows: [
                .text((others.map { [Piece(text: $0, role: .quiet), separator] } ?? []) + times), progress,
            ],
            cardTitle: place,
            footer: leave.map {
                [Piece(text: $0, role: .key), Piece(text: " leaves the queue", role: .quiet)]
            } ?? [],
            lines: [
                [place, left, "waited \(waited)", leave.map { "\($0) leaves" }], [place, left, waited],
                [place, waited],
            ].map { $0.compactMap { $0 }.joined(separator: " · ") })
    }

    /// The last seconds before idling ends play.
    static func idling(secondsLeft: Int) -> Notice {
        let text = secondsLeft > 0 ? "AFK in \(secondsLeft) s" : "AFK any moment"
        let whole = Int(IdleLimit.countdownMs / 1000)
        return Notice(
            tone: secondsLeft > IdleLimit.urgentMs / 1000 ? .warning : .failure, title: "",
            rows: [], lines: ["\(text) — place a pixel to stay", "\(text) — place a pixel", text],
            countdown: Countdown(left: min(secondsLeft, whole), of: whole))
    }

    static let asking = Notice(
        tone: .calm, title: "Asking for a place…",
        rows: [.text([Piece(text: "waiting for the server's answer", role: .quiet)])],
        lines: ["Asking for a place…"])

    static func afk(hasLeft: Bool, _ model: Model) -> Notice {
        let key = model.bindings.label(of: .play, in: .canvas) ?? Self.noKey
        let title = hasLeft ? "You left" : "You are AFK"
        var rows: [Row] = [
            .text([
                Piece(text: "Press ", role: .strong), Piece(text: " \(key) ", role: .cap),
                Piece(text: " to play", role: .strong),
            ])
        ]
        if model.link.isLive { rows.append(.text([Piece(text: "watching meanwhile", role: .quiet)])) }
        return Notice(
            tone: .warning, title: title, rows: rows, lines: ["\(title) — press \(key) to play"])
    }

    static func outage(_ outage: Outage, _ model: Model) -> Notice {
        let words: String
        switch model.link {
        case .waiting:
            let seconds = model.secondsToAttempt ?? 0
            words = "attempt \(outage.attempt) " + (seconds > 0 ? "in \(seconds) s" : "now")
        case .signingIn: words = "attempt \(outage.attempt): signing in"
        case .idle, .connecting, .connected, .watching, .closed:
            words = "attempt \(outage.attempt): connecting"
        }
        return Notice(
            tone: .failure, title: "Connection lost",
            rows: [
                .text([Piece(text: words, role: .strong)]), .text([Piece(text: outage.reason)]),
            ],
            footer: [lastSeen],
            lines: ["Connection lost — \(words)", "Lost — \(words)", words])
    }

    static func closed(_ words: String, _ model: Model) -> Notice {
        let columns = min(model.columns - 2, boxColumns) - 6
        let reason = TextWidth.wrapped(words, columns: columns, lines: 2).map { Row.text([Piece(text: $0)]) }
        let key = model.bindings.label(of: .play, in: .canvas) ?? Self.noKey
        let again = [Piece(text: key, role: .key), Piece(text: " connects again", role: .quiet)]
        return Notice(
            tone: .failure, title: "Not connected", rows: reason + [.text([lastSeen])], cardRows: reason,
            footer: model.purpose == .play ? again : [], lines: ["Not connected: \(words)"])
    }

    /// The mark of a canvas that isn't followed now.
    private static let lastSeen = Piece(text: "canvas as last seen", role: .quiet)
}
