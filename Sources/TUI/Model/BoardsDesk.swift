import Protocol

/// What the person looks at on the page of leaderboards.
struct BoardsDesk: Hashable, Sendable {
    /// Names a board over a time.
    private struct Key: Hashable, Sendable {
        var board: Board
        var period: BoardPeriod
    }

    /// The board on the screen, by its place in the list.
    private(set) var chosen = 0
    var period = BoardPeriod.all
    /// Why what was asked for last can't be had; nil where it can, or isn't answered yet.
    var absence: String?
    private var known: [Key: [LeaderboardAnswer.Entry]] = [:]

    var board: Board { Board.allCases[chosen] }
    /// What is on the screen, as the server told it last; nil until it has.
    var entries: [LeaderboardAnswer.Entry]? { known[Key(board: board, period: period)] }

    mutating func choose(_ index: Int) {
        chosen = min(max(index, 0), Board.allCases.count - 1)
    }

    /// Goes to the next time that boards cover, or to the one before.
    mutating func turnPeriod(by step: Int) {
        let all = BoardPeriod.allCases
        let at = all.firstIndex(of: period) ?? 0
        period = all[((at + step) % all.count + all.count) % all.count]
    }

    mutating func take(_ answer: LeaderboardAnswer) {
        if answer.board == board, answer.period == period { absence = nil }
        known[Key(board: answer.board, period: answer.period)] = answer.entries
    }
}

/// What boards are called, and what their scores are.
enum BoardWords {
    static func title(_ board: Board) -> String {
        switch board {
        case .pixels: "Canvas"
        case .clicks: "Click war"
        case .relay: "Puzzle relays"
        case .arcade(let game): game.rules.title
        }
    }

    /// What counts on it, in a few words.
    static func measure(_ board: Board) -> String {
        switch board {
        case .pixels: "pixels placed"
        case .clicks: "clicks for a planet"
        case .relay: "points won in relays"
        case .arcade(let game): ArcadeWords.category(game)
        }
    }

    static func score(_ score: Int, on board: Board) -> String {
        switch board {
        case .pixels, .clicks, .relay: Spelled.grouped(score)
        case .arcade(let game): ArcadeWords.score(score, of: game)
        }
    }
}
