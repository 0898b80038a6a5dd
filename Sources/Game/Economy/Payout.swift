public import Protocol

/// What runs pay in profile points.
public enum Payout {
    /// What a rank makes of a score, in percent: 100 past the last multiplier.
    ///
    /// - Parameter rank: from 1.
    public static func percent(rank: Int, in multipliers: [ArcadeRules.Multiplier]) -> Int {
        precondition(rank > 0, "ranks begin at 1")
        return multipliers.first { rank <= $0.throughRank }?.percent ?? 100
    }

    /// What a run pays, rounded down: its hits, or for games of steps the whole seconds that it stayed under par,
    /// times the multiplier of the rank that it reached.
    public static func points(_ game: ArcadeGameID, score: Int, rank: Int, rules: ArcadeRules) -> Int {
        let rule = rules[game]
        let worth =
            switch game.rules.category {
            case .timed: score
            case .steps: max(0, (rule.parMs ?? 0) - score) / 1000
            }
        return worth * percent(rank: rank, in: rule.multipliers) / 100
    }
}
