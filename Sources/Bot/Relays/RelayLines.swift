import Protocol

/// A relay's events as lines of text.
enum RelayLines {
    static func line(_ event: RelayEvent) -> String {
        switch event.kind {
        case .state(let view, _): "relay \(view.code), \(view.status.rawValue): \(ring(view.players))"
        case .started(let view): "started, for \(view.leftMs / 1000) s: \(ring(view.players))"
        case .assigned(let account, let puzzle): assigned(account, puzzle)
        case .solved(let account, _, let worth, let next):
            "\(name(account)) solved a puzzle, \(worth) to \(name(next))"
        case .failed(let account, _, let penalty): "\(name(account)) answered wrong, \(penalty) lost"
        case .pointsChanged(let reason, let players, _): "\(reason.rawValue): \(ring(players))"
        case .eliminated(let account): "\(name(account)) is out"
        case .teamStatus(let status, let players): "team, \(status.rawValue): \(ring(players))"
        case .ended(let reason, let players, let awards): ended(reason, players, awards)
        }
    }

    /// A name from the server, fit for a terminal.
    static func name(_ account: AccountName) -> String { PlayerName.displayed(account.name) }

    private static func assigned(_ account: AccountName, _ puzzle: PuzzleView) -> String {
        let head = "puzzle for \(name(account)): \(puzzle.type.rawValue), worth \(puzzle.worth)"
        guard let data = puzzle.data else { return head }
        return head + ": " + PlayerName.displayed(String(decoding: data.json(), as: UTF8.self))
    }

    private static func ring(_ players: [RelayPlayer]) -> String {
        players.map { name($0.account) + " \($0.points)" + ($0.isActive ? "" : " (out)") }
            .joined(separator: ", ")
    }

    private static func ended(
        _ reason: RelayEndReason, _ players: [RelayPlayer], _ awards: [RelayAward]
    ) -> String {
        let earned = awards.map { "; \($0.profilePoints) profile points for \(name($0.account))" }
        return "ended, \(reason.rawValue): \(ring(players))" + earned.joined()
    }
}
