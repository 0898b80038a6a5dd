package import Protocol

/// A click game by the contract: a push counts once by its name, and not too soon after the one before.
package struct ScriptedClicks {
    package private(set) var view = ClickGameView(
        game: Identifier(rawValue: 7), status: .active, startsAtMs: 0, endsAtMs: 3_600_000,
        planets: [
            PlanetTotal(name: "earth", clicks: 0, players: 0),
            PlanetTotal(name: "mars", clicks: 40, players: 2),
        ], winner: nil)
    /// Seconds between two pushes.
    package var pushRateSeconds = 1
    /// Refuses the next pushes with these.
    package var refusals: [Failure] = []
    /// How many of the next pushes are counted without an answer.
    package var silences = 0
    /// Every batch that counted.
    package private(set) var batches: [[Int]] = []
    private var receipts: [String: ClickReceipt] = [:]

    /// What was counted in all.
    package var total: Int { batches.joined().reduce(0, +) }

    /// Counts a push; nil where it is counted without a word.
    mutating func push(_ push: ClickPush) -> ServerMessage? {
        if !refusals.isEmpty { return .error(refusals.removeFirst()) }
        let id = push.batchID ?? ""
        if receipts[id] == nil {
            batches.append(push.clicks)
            view.planets[0].clicks = total
            view.planets[0].players = 1
            receipts[id] = ClickReceipt(
                game: view.game, planet: "earth", accepted: push.clicks.reduce(0, +), total: total)
        }
        guard silences == 0, let receipt = receipts[id] else {
            silences -= 1
            return nil
        }
        return .clicksAccepted(receipt, batchID: push.batchID)
    }
}
