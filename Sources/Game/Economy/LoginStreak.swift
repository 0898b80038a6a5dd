public import Protocol

/// The days in a row on which an account had its login bonus.
public struct LoginStreak: Hashable, Sendable {
    private static let dayMs: Int64 = 86_400_000

    /// Days in a row, the last one included; 0 before the first.
    public private(set) var days: Int
    /// The last day with a bonus, in days since 1970 UTC.
    public private(set) var lastDay: Int

    /// A streak as it was kept.
    public init(days: Int = 0, lastDay: Int = -1) {
        self.days = days
        self.lastDay = lastDay
    }

    /// The day, in days since 1970 UTC, of a time in milliseconds since 1970.
    public static func day(atMs ms: Int64) -> Int {
        Int((ms >= 0 ? ms : ms - dayMs + 1) / dayMs)
    }

    /// Counts a sign-in; the first of a day prolongs the streak, or begins another where a day was left out.
    ///
    /// - Returns: the bonus; nil where this day or, on a clock that was put back, a later one had its own, and
    ///   where the rule has none to give.
    public mutating func arrive(day: Int, rule: ArcadeRules.LoginBonus) -> Int? {
        guard rule.first > 0, day > lastDay else { return nil }
        days = day - 1 == lastDay ? days + 1 : 1
        lastDay = day
        return rule.points(onDay: days)
    }
}
