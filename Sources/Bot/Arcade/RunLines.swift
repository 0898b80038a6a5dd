import Protocol

/// Runs as lines of text.
enum RunLines {
    /// How a run ended, and what it paid.
    static func line(_ result: RunResult) -> String {
        let score = score(result)
        guard let rank = result.rank, let percent = result.multiplierPercent else {
            return "\(result.game.rawValue): \(score), doesn't count: \(result.reason.rawValue)"
        }
        return
            "\(result.game.rawValue): \(score); rank \(rank), × \(ScoreText.factor(percent: percent)), "
            + "\(result.profilePoints) profile points"
    }

    /// What runs of a game came to.
    static func summary(_ results: [RunResult], of game: ArcadeGameID) -> String {
        let counted = results.filter { $0.rank != nil }
        var best: RunResult?
        for result in counted
        where best.map({ game.rules.category.isBetter(result.score, than: $0.score) }) ?? true {
            best = result
        }
        let points = counted.reduce(0) { $0 + $1.profilePoints }
        let bestText = best.map { ", best \(score($0))" } ?? ""
        return "played \(results.count) of \(game.rawValue)\(bestText), \(points) profile points"
    }

    private static func score(_ result: RunResult) -> String {
        switch (result.game.rules.category, result.reason) {
        case (.timed, _): "\(result.score) points"
        case (.steps, .completed): ScoreText.text(result.score, on: .arcade(result.game))
        case (.steps, _): "unfinished"
        }
    }
}
