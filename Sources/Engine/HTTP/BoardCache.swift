import Protocol

/// Leaderboards that storage gave lately: summing one takes it long where there are many scores.
struct BoardCache: Sendable {
    private struct Key: Hashable, Sendable {
        var board: Board
        var period: BoardPeriod
    }

    private var kept: [Key: (answer: LeaderboardAnswer, untilUs: Int64)] = [:]

    /// A board that was given lately and is still true.
    func answer(_ board: Board, _ period: BoardPeriod, at now: Moment) -> LeaderboardAnswer? {
        guard let entry = kept[Key(board: board, period: period)], entry.untilUs > now.monotonicUs else {
            return nil
        }
        return entry.answer
    }

    /// Keeps a board for a while.
    mutating func keep(_ answer: LeaderboardAnswer, at now: Moment) {
        let lifetimeMs = answer.board == .pixels ? Limits.pixelBoardLifetimeMs : Limits.boardLifetimeMs
        let untilUs = now.monotonicUs + Int64(lifetimeMs) * 1000
        kept[Key(board: answer.board, period: answer.period)] = (answer, untilUs)
    }

    /// Forgets what new scores have changed.
    mutating func forget() { kept = [:] }
}
