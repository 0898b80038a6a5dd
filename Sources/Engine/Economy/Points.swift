import Game
import Protocol

extension ServerEngine {
    /// Whether an account may earn points and places: whoever is banned or gone may not.
    func canEarn(_ id: Identifier) -> Bool { accounts[id].map { $0.banReason == nil } ?? false }

    /// Adds profile points to an account, and tells storage why.
    mutating func pay(
        _ points: Int, to id: Identifier, for reason: PointsRecord.Reason, source: String, at now: Moment
    ) {
        guard points > 0, let former = accounts[id] else { return }
        var account = former
        account.points += points
        put(account, inPlaceOf: former, points, for: reason, source: source, at: now)
    }

    /// Puts an account in its place whose points changed, with the entry that says why: one can't be durable
    /// without the other.
    mutating func put(
        _ account: AccountRecord, inPlaceOf former: AccountRecord, _ points: Int,
        for reason: PointsRecord.Reason, source: String, at now: Moment
    ) {
        precondition(account.points == former.points + points && account.points >= 0, "points add up")
        accounts.put(account)
        commits.add(.account(account), reversal: .account(account.id, former: former))
        commits.add(
            .points(
                PointsRecord(
                    account: account.id, points: points, reason: reason, source: source, atMs: now.wallMs)))
    }

    /// Pays the bonus of an account's first sign of life on a UTC day.
    mutating func greet(_ id: Identifier, at now: Moment) {
        guard writeRefusal == nil, let former = accounts[id] else { return }
        var account = former
        let day = LoginStreak.day(atMs: now.wallMs)
        guard let points = account.streak.arrive(day: day, rule: configuration.arcade.loginBonus) else {
            return
        }
        account.points += points
        put(account, inPlaceOf: former, points, for: .loginBonus, source: String(day), at: now)
        commits.hold(
            Held(
                asker: .nobody, answer: .noted,
                log: .loginBonus(account: id, points: points, streakDays: account.streak.days)))
    }

    /// What today's first sign of life of an account brought.
    func bonus(of account: AccountRecord, at now: Moment) -> LoginBonusAnswer? {
        let streak = account.streak
        guard streak.days > 0, streak.lastDay == LoginStreak.day(atMs: now.wallMs) else { return nil }
        let points = configuration.arcade.loginBonus.points(onDay: streak.days)
        return points > 0 ? LoginBonusAnswer(points: points, streakDays: streak.days) : nil
    }
}
