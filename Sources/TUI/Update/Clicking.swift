import Protocol

/// The click war: clicks, and what the server makes of them.
extension Model {
    /// Takes a key that clicks.
    mutating func pressClick(_ key: KeyPress.Key, nowMs: Int64) -> [Command] {
        guard mayClick(nowMs: nowMs) else { return [] }
        return count(clicks.press(key, nowMs: nowMs))
    }

    /// Counts clicks that are certain, and wants them pushed.
    mutating func count(_ clicks: Int) -> [Command] {
        guard clicks > 0 else { return [] }
        self.clicks.count(clicks)
        return [.clicks(.click(clicks))]
    }

    /// Whether a click would count now; says why not.
    mutating func mayClick(nowMs: Int64) -> Bool {
        guard mayAsk(nowMs: nowMs, asPlayer: true) else { return false }
        switch clicks.game?.status {
        case .active?: return true
        case .scheduled?: say("The click war hasn't begun", .warning, nowMs: nowMs)
        case .finished?: say("The click war is over", .warning, nowMs: nowMs)
        case nil: say("There is no click war", .warning, nowMs: nowMs)
        }
        return false
    }

    /// What the mouse does over the planets.
    mutating func takeOverPlanets(_ mouse: MouseEvent, nowMs: Int64) -> [Command] {
        switch mouse.kind {
        case .press(.left):
            let isNew = clicks.pressButton()
            let layout = ClickLayout(self)
            guard let planet = layout.planet(column: mouse.column, row: mouse.row) else { return [] }
            guard isNew, mayClick(nowMs: nowMs) else { return [] }
            if let own = clicks.own.planet, own != planet {
                say("You click for \(title(ofPlanet: own))", .warning, nowMs: nowMs)
                return []
            }
            return count(1)
        // The way up may get lost at the window's edge; a motion without a button tells it too.
        case .release, .motion(.none): clicks.releaseButton()
        case .press, .motion, .wheelUp, .wheelDown: break
        }
        return []
    }

    /// A planet's name for people.
    func title(ofPlanet name: String) -> String { planets[name]?.title ?? PlayerName.displayed(name) }

    mutating func take(_ report: ClickReport, nowMs: Int64) {
        switch report {
        case .totals(let view): clicks.take(view, aheadMs: serverAheadMs, nowMs: nowMs)
        case .pushRate(let seconds): clicks.take(pushRateSeconds: seconds)
        case .accepted(let receipt): clicks.take(receipt)
        case .refused(let failure, let dropped):
            clicks.drop(dropped)
            guard page == .clicks else { return }
            let (words, kind) = words(for: failure)
            say(
                dropped > 0 ? words.behind("\(Spelled.grouped(dropped)) refused: ") : words, kind,
                nowMs: nowMs)
        case .failed(let failure): clicks.miss(words(for: failure).words.shown)
        }
    }
}
