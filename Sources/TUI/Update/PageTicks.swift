import Protocol
import Raster

/// What passes with time on the screens of games, and when.
extension Model {
    /// When something on the present screen of a game changes by time alone; nil for never.
    var pageMs: Int64? {
        guard layout.fits else { return nil }
        switch page {
        case .canvas: return canvas == nil ? nil : cursorTurnMs
        case .shop:
            return ShopLayout(self).scene == nil || settings.isMotionReduced
                ? nil : (clockMs / SkinScene.frameMs + 1) * SkinScene.frameMs
        case .arcade: return arcadeMs
        case .ad: return ads.stop?.endsMs.flatMap { Seconds.nextChange(until: $0, nowMs: clockMs) }
        case .home: return pace.nextChangeMs(nowMs: clockMs)
        case .replay:
            return replay.nextChangeMs(isStill: settings.isMotionReduced, nowMs: clockMs)
        case .admin: return adminMs
        case .signIn: return signIn.nextChangeMs(isStill: settings.isMotionReduced, nowMs: clockMs)
        case .feedback, .boards, .settings, .about: return nil
        case .clicks: return clickMs
        case .relays: return relayMs
        }
    }

    /// When another color of the cursor has its turn; nil where it has one, or none of its own.
    private var cursorTurnMs: Int64? {
        guard depth != .monochrome, !settings.isMotionReduced, let look, look[.cursor].count > 1 else {
            return nil
        }
        return (clockMs / Theme.turnMs + 1) * Theme.turnMs
    }

    private var arcadeMs: Int64? {
        switch arcade.stage {
        case .menu, .asking: return nil
        case .playing(let play):
            return FieldLayout(play.game, layout) == nil ? nil : play.nextChangeMs(nowMs: clockMs)
        case .over(let outcome):
            return settings.isMotionReduced ? nil : Confetti.nextChangeMs(outcome, nowMs: clockMs)
        }
    }

    private var clickMs: Int64? {
        var next = [settings.isMotionReduced ? nil : clicks.coolingMs(nowMs: clockMs)]
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
