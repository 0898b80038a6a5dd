import Engine
import Game
import Protocol

/// Profile points as a ledger: what an account has is the sum of its entries, and every entry has its cause in the
/// commit that it is kept in.
///
/// Causes by the documented words: a point for each 20 clicks begun, twice that for the winners; 10 and 2 a puzzle for
/// who is still in when a relay of several ends; what a run's rank makes of it; the bonus of a day; a skin's price.
/// Who is banned earns nothing.
struct PointsLaw: Sendable {
    private struct Cause: Hashable, Sendable {
        var account: Identifier
        var reason: PointsRecord.Reason
        var source: String
    }

    private static let dayMs: Int64 = 86_400_000

    private let bonus: ArcadeRules.LoginBonus
    /// The sum of each account's entries.
    private(set) var balances: [Identifier: Int] = [:]
    /// Everything that was paid or taken, ever.
    private var paid: Set<Cause> = []
    /// Each account as it was kept last.
    private(set) var accounts: [Identifier: AccountRecord] = [:]
    /// Games and relays that ended in the commit that is looked at, and who was banned by then.
    private var endedGames: [(id: Identifier, banned: Set<Identifier>)] = []
    private var endedRelays: [(id: Identifier, banned: Set<Identifier>)] = []
    /// What that commit has: sums on boards, entries, what entries are due, whose points may have changed.
    private var scores: [ScoreRecord] = []
    private var entries: [PointsRecord] = []
    private var due: [Cause: Int] = [:]
    private var touched: Set<Identifier> = []

    init(_ configuration: EngineConfiguration) { bonus = configuration.arcade.loginBonus }

    /// Whether an account has a place on boards.
    func isRanked(_ account: Identifier) -> Bool {
        guard let record = accounts[account] else { return false }
        return record.deletedAtMs == nil && record.banReason == nil
    }

    mutating func add(_ score: ScoreRecord) { scores.append(score) }

    mutating func end(game: Identifier) { endedGames.append((game, banned)) }
    mutating func end(relay: Identifier) { endedRelays.append((relay, banned)) }

    private var banned: Set<Identifier> { Set(accounts.filter { $0.value.banReason != nil }.keys) }

    /// Takes an entry.
    mutating func add(_ entry: PointsRecord, into verdict: inout Verdict) {
        entries.append(entry)
        touched.insert(entry.account)
        let balance = (balances[entry.account] ?? 0) + entry.points
        balances[entry.account] = balance
        verdict.check(balance >= 0, .solvent, "\(entry.account) is left with \(balance) points")
        if entry.reason == .loginBonus {
            let day = Int((Double(entry.atMs) / Double(Self.dayMs)).rounded(.down))
            verdict.check(
                entry.source == "\(day)", .dailyBonus, "a bonus on day \(day) is for day \(entry.source)")
        }
    }

    /// Takes an account; where its streak has grown, a bonus is due.
    mutating func add(_ account: AccountRecord, into verdict: inout Verdict) {
        let former = accounts.updateValue(account, forKey: account.id)
        touched.insert(account.id)
        verdict.check(account.points >= 0, .solvent, "\(account.id) is kept with \(account.points) points")
        let old = former?.streak ?? LoginStreak()
        let new = account.streak
        guard new != old else { return }
        let days = new.lastDay == old.lastDay + 1 ? old.days + 1 : 1
        verdict.check(
            bonus.first > 0 && new.lastDay > old.lastDay && new.days == days, .dailyBonus,
            "the streak of \(account.id) went from \(old.days) on day \(old.lastDay) to \(new.days) on "
                + "\(new.lastDay)")
        verdict.tally.bonuses += 1
        verdict.tally.longestStreak = max(verdict.tally.longestStreak, new.days)
        let points = dailyPoints(onDay: new.days)
        owe(points, to: account.id, for: .loginBonus, "\(new.lastDay)", into: &verdict)
    }

    /// What a day of a streak pays: more each day, up to the cap.
    func dailyPoints(onDay day: Int) -> Int {
        (1..<max(1, day)).reduce(bonus.first) { points, _ in min(bonus.cap, points + bonus.growth) }
    }

    /// Notes that an entry is due in the commit that is looked at.
    mutating func owe(
        _ points: Int, to account: Identifier, for reason: PointsRecord.Reason, _ source: String,
        into verdict: inout Verdict
    ) {
        // What pays nothing needs no entry; what costs nothing has one all the same.
        guard points != 0 || reason == .purchase else { return }
        let cause = Cause(account: account, reason: reason, source: source)
        let isNew = due.updateValue(points, forKey: cause) == nil && !paid.contains(cause)
        verdict.check(
            isNew, reason == .loginBonus ? .dailyBonus : .causedPoints,
            "\(account) is due \(points) points twice for \(reason.rawValue) \(source)")
    }

    /// Looks at a whole commit; `isGone` tells who was deleted by then.
    mutating func settle(
        _ clicks: ClickModel, _ relays: RelayModel, isGone: (Identifier) -> Bool, into verdict: inout Verdict
    ) {
        defer {
            endedGames = []
            endedRelays = []
            scores = []
            entries = []
            due = [:]
            touched = []
        }
        settleBoards(clicks, relays, isGone: isGone, into: &verdict)
        for entry in entries {
            let cause = Cause(account: entry.account, reason: entry.reason, source: entry.source)
            let points = due.removeValue(forKey: cause)
            verdict.check(
                points == entry.points && paid.insert(cause).inserted, .causedPoints,
                "\(entry.account) has an entry of \(entry.points) for \(entry.reason.rawValue) "
                    + "\(entry.source), not \(points ?? 0)")
        }
        for (cause, points) in due where !isGone(cause.account) {
            verdict.check(
                false, .profilePoints,
                "\(cause.account) has no entry of \(points) for \(cause.reason.rawValue) \(cause.source)")
        }
        for id in touched {
            let points = accounts[id]?.points ?? 0
            let sum = balances[id] ?? 0
            verdict.check(
                points == sum, .profilePoints, "\(id) has \(points) points, its entries make \(sum)")
        }
    }

    /// Who contributed to games and relays that ended has a place on their boards, and is due points.
    private mutating func settleBoards(
        _ clicks: ClickModel, _ relays: RelayModel, isGone: (Identifier) -> Bool, into verdict: inout Verdict
    ) {
        var awards: [Cause: (score: Int, points: Int)] = [:]
        for (game, banned) in endedGames {
            for (account, sum) in clicks.shares[game] ?? [:] where !banned.contains(account) {
                let hasWon = clicks.planets[game]?[account] == clicks.rows[game]?.winner
                let cause = Cause(account: account, reason: .clickGame, source: game.description)
                awards[cause] = (sum, (sum + 19) / 20 * (hasWon ? 2 : 1))
            }
        }
        for (relay, banned) in endedRelays {
            guard let ended = relays.kept[relay], ended.players.count > 1 else { continue }
            for player in ended.players where player.isActive && !banned.contains(player.account.id) {
                let points = 10 + 2 * player.solves
                let cause = Cause(account: player.account.id, reason: .relay, source: relay.description)
                awards[cause] = (points, points)
            }
        }
        for (cause, award) in awards {
            owe(award.points, to: cause.account, for: cause.reason, cause.source, into: &verdict)
        }
        for score in scores {
            let reason: PointsRecord.Reason = score.board == .clicks ? .clickGame : .relay
            let cause = Cause(account: score.account, reason: reason, source: score.source.description)
            let amount = awards.removeValue(forKey: cause)
            verdict.check(
                amount?.score == score.score, .profilePoints,
                "\(score.account) scored \(score.score) in \(score.source), not \(amount?.score ?? 0)")
        }
        for cause in awards.keys where !isGone(cause.account) {
            verdict.check(false, .profilePoints, "\(cause.account) has no score for \(cause.source)")
        }
    }

    /// Holds what a start found of accounts against what was kept.
    func recover(_ found: [AccountRecord], into verdict: inout Verdict) {
        for account in found {
            let kept = accounts[account.id]
            verdict.check(
                account.points == balances[account.id] ?? 0, .profilePoints,
                "a start found \(account.id) with \(account.points) points")
            verdict.check(
                kept?.streak == account.streak && kept?.skin == account.skin
                    && kept?.banReason == account.banReason, .keptAcknowledged,
                "a start found another skin, streak or ban of \(account.id)")
        }
    }
}
