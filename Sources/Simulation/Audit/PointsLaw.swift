import Engine
import Game
import Protocol

/// Profile points by the documented words: a point for each 20 clicks begun, twice that for the winners; 10 and 2 a
/// puzzle for who is still in when a relay of several ends.
struct PointsLaw: Sendable {
    /// What each account earned.
    private(set) var earned: [Identifier: Int] = [:]
    private var paid: Set<Award> = []
    /// Games and relays that ended in the commit that is looked at.
    var endedGames: [Identifier] = []
    var endedRelays: [Identifier] = []
    private var scores: [ScoreRecord] = []
    private var accounts: [AccountRecord] = []

    private struct Award: Hashable, Sendable {
        var source: Identifier
        var account: Identifier
    }

    mutating func add(_ score: ScoreRecord) { scores.append(score) }
    mutating func add(_ account: AccountRecord) { accounts.append(account) }

    /// Looks at a whole commit; `isGone` tells who was deleted by then.
    mutating func settle(
        _ clicks: ClickModel, _ relays: RelayModel, isGone: (Identifier) -> Bool, into verdict: inout Verdict
    ) {
        defer {
            endedGames = []
            endedRelays = []
            scores = []
            accounts = []
        }
        var due: [Award: (score: Int, points: Int)] = [:]
        for game in endedGames {
            for (account, sum) in clicks.shares[game] ?? [:] {
                let hasWon = clicks.planets[game]?[account] == clicks.rows[game]?.winner
                due[Award(source: game, account: account)] = (sum, (sum + 19) / 20 * (hasWon ? 2 : 1))
            }
        }
        for relay in endedRelays {
            guard let ended = relays.kept[relay], ended.players.count > 1 else { continue }
            for player in ended.players where player.isActive {
                let points = 10 + 2 * player.solves
                due[Award(source: relay, account: player.account.id)] = (points, points)
            }
        }
        for score in scores {
            let award = Award(source: score.source, account: score.account)
            let amount = due.removeValue(forKey: award)
            let isDue = amount?.score == score.score && paid.insert(award).inserted
            verdict.check(
                isDue, .profilePoints,
                "\(score.account) scored \(score.score) in \(score.source), not \(amount?.score ?? 0)")
            earned[score.account, default: 0] += amount?.points ?? 0
        }
        for award in due.keys where !isGone(award.account) {
            verdict.check(false, .profilePoints, "\(award.account) wasn't paid for \(award.source)")
        }
        var last: [Identifier: AccountRecord] = [:]
        for account in accounts { last[account.id] = account }
        for (id, account) in last where account.deletedAtMs == nil {
            let points = earned[id] ?? 0
            verdict.check(
                account.points == points, .profilePoints, "\(id) has \(account.points) points, not \(points)")
        }
        for award in scores where last[award.account] == nil && !isGone(award.account) {
            verdict.check(
                award.score == 0, .profilePoints, "\(award.account) scored and its profile didn't change")
        }
    }
}
