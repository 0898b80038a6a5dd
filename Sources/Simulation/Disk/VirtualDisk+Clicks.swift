import Engine
import Game
import Protocol

/// What the disk makes of pushes: sums, contributions and boards, added up anew each time.
extension VirtualDisk {
    /// Games that wait, run, and the one that ended last, with what was pushed in them.
    var recoveredGames: [ClickGame] {
        let games = clickGames.values.sorted { ($0.endsAtMs, $0.id.rawValue) < ($1.endsAtMs, $1.id.rawValue) }
        let last = games.last { $0.status == .finished }
        return games.filter { $0.status != .finished || $0.id == last?.id }.map { game in
            var view = game.view
            let pushed = pushes.filter { $0.game == game.id }
            for index in view.planets.indices {
                let own = pushed.filter { $0.planet == view.planets[index].name }
                view.planets[index].clicks = own.reduce(0) { $0 + $1.accepted }
                view.planets[index].players = Set(own.map(\.holder)).count
            }
            return ClickGame(kept: view, isOrdered: game.isOrdered)
        }
    }

    func history(of session: Identifier, _ holder: Identifier, in game: Identifier?) -> ClickHistory {
        let own = pushes.filter { $0.session == session }
        let named = own.compactMap { push in
            push.batchID.map { ClickHistory.Push(batchID: $0, receipt: push.receipt) }
        }
        let total = own.filter { $0.game == game }.reduce(0) { $0 + $1.accepted }
        return ClickHistory(
            recent: named.suffix(Limits.recentPushes), hasOlder: named.count > Limits.recentPushes,
            total: total, planet: pushes.first { $0.game == game && $0.holder == holder }?.planet)
    }

    func contributors(to game: Identifier) -> [ClickContributor] {
        var found: [Identifier: ClickContributor] = [:]
        for push in pushes where push.game == game && !push.isGuest {
            found[
                push.holder, default: ClickContributor(account: push.holder, planet: push.planet, clicks: 0)
            ]
            .clicks += push.accepted
        }
        return found.values.sorted { $0.account < $1.account }
    }

    /// What stands in a game's row: `{}` until it is written.
    func contributions(to game: Identifier) -> [UInt8]? {
        clickGames[game].map { _ in contributions[game] ?? Array("{}".utf8) }
    }

    /// `{planet:{session:[numbers]}}`.
    mutating func writeContributions(to game: Identifier) {
        var numbers: [String: [Identifier: [Int]]] = [:]
        for push in pushes where push.game == game {
            numbers[push.planet, default: [:]][push.session, default: []] += push.clicks
        }
        let planets = numbers.sorted { $0.key < $1.key }.map { planet, sessions in
            let lists = sessions.sorted { $0.key < $1.key }.map { session, clicks in
                "\"\(session)\":[\(clicks.map(String.init).joined(separator: ","))]"
            }
            return "\"\(planet)\":{\(lists.joined(separator: ","))}"
        }
        contributions[game] = Array("{\(planets.joined(separator: ","))}".utf8)
    }

    func best(_ board: Board, sinceMs: Int64) -> [BoardScore] {
        var values = board == .pixels ? pixelCounts(sinceMs: sinceMs) : [:]
        for score in scores where score.board == board && score.atMs >= sinceMs && isRanked(score.account) {
            let former = values[score.account]
            values[score.account] =
                switch board.measure {
                case .sum: (former ?? 0) + score.score
                case .highest: max(former ?? score.score, score.score)
                case .lowest: min(former ?? score.score, score.score)
                }
        }
        let named = values.map { account, score in
            BoardScore(
                account: AccountName(id: account, name: accounts[account]?.name ?? ""), score: score)
        }
        return named.sorted {
            guard $0.score != $1.score else { return $0.account.id < $1.account.id }
            return board.measure == .lowest ? $0.score < $1.score : $0.score > $1.score
        }
    }

    func isRanked(_ account: Identifier) -> Bool {
        guard let record = accounts[account] else { return false }
        return record.deletedAtMs == nil && record.banReason == nil
    }
}
