import Protocol

/// What passes with time on the screens of games, and when.
extension Model {
    /// When something on the present screen of a game changes by time alone; nil for never.
    var pageMs: Int64? {
        guard layout.fits else { return nil }
        switch page {
        case .canvas: return nil
        case .clicks: return clickMs
        case .relays: return relayMs
        }
    }

    private var clickMs: Int64? {
        var next = [clicks.coolingMs(nowMs: clockMs)]
        switch clicks.game?.status {
        case .scheduled?:
            if let startsMs = clicks.startsMs {
                next.append(Seconds.nextChange(until: startsMs, nowMs: clockMs))
            }
        case .active?:
            if let endsMs = clicks.endsMs { next.append(Seconds.nextChange(until: endsMs, nowMs: clockMs)) }
        case .finished?, nil: break
        }
        return next.compactMap { $0 }.min()
    }

    private var relayMs: Int64? {
        guard let room = relays.room else { return nil }
        var next: [Int64?] = [relays.verdict?.untilMs]
        if room.view.status == .running {
            next.append(Seconds.nextChange(until: clockMs + room.leftMs(nowMs: clockMs), nowMs: clockMs))
            next.append(room.hidingMs)
            // A change of points stands out for a moment.
            next += room.changes.values.map { $0.atMs + RelayRoom.Change.shownMs }
        }
        return next.compactMap { $0 }.filter { $0 > clockMs }.min()
    }
}
