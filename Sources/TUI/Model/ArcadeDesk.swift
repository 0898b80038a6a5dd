import Protocol

/// What the person knows and does about the arcade: the games, their boards, the run.
struct ArcadeDesk: Hashable, Sendable {
    /// What of the arcade is on the screen.
    enum Stage: Hashable, Sendable {
        /// The games and their boards.
        case menu
        /// A run was asked for and hasn't begun.
        case asking(ArcadeGameID)
        case playing(ArcadePlay)
        case over(ArcadeOutcome)
    }

    /// Names a board that is shown.
    struct BoardKey: Hashable, Sendable {
        var game: ArcadeGameID
        var period: BoardPeriod
    }

    var stage = Stage.menu
    /// The game that a key would begin, by its place in the menu.
    var chosen = 0
    var period = BoardPeriod.all
    /// Until when a second press of the key ends the run.
    var endUntilMs: Int64?
    /// A run that was given up here and that the server hasn't ended yet.
    var leaving: Identifier?
    /// Why the board that was asked for last can't be had; nil where it can, or isn't answered yet.
    var absence: String?
    /// What is shown of boards, as the server told it last.
    private(set) var boards: [BoardKey: [LeaderboardAnswer.Entry]] = [:]

    /// The game that a key would begin.
    var game: ArcadeGameID { ArcadeGameID.all[min(chosen, ArcadeGameID.all.count - 1)] }

    /// The board on the screen; nil until the server has told.
    var board: [LeaderboardAnswer.Entry]? { boards[BoardKey(game: game, period: period)] }

    /// The run that is on.
    var play: ArcadePlay? {
        if case .playing(let play) = stage { play } else { nil }
    }

    mutating func choose(by step: Int) {
        chosen = min(max(chosen + step, 0), ArcadeGameID.all.count - 1)
    }

    /// Goes to the next time that boards cover, or to the one before.
    mutating func turnPeriod(by step: Int) {
        let all = BoardPeriod.allCases
        let at = all.firstIndex(of: period) ?? 0
        period = all[(at + step + all.count) % all.count]
    }

    mutating func take(_ answer: LeaderboardAnswer) {
        guard case .arcade(let game) = answer.board else { return }
        absence = nil
        boards[BoardKey(game: game, period: answer.period)] = answer.entries
    }
}

/// How a run ended, as far as the person is told.
struct ArcadeOutcome: Hashable, Sendable {
    var game: ArcadeGameID
    /// What the server said; nil where the connection was lost.
    var result: RunResult?
    /// Hits or steps as they were counted here.
    var score: Int
    /// When it was told.
    var atMs: Int64

    /// Whether it counts and pays.
    var counts: Bool { result?.reason.counts(in: game) ?? false }

    /// Whether it has a place on the board, which is something to be glad about.
    var hasPlace: Bool { counts && result?.rank != nil }
}
