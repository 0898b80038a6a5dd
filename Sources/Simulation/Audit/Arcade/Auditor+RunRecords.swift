import Engine
import Game
import Protocol

/// What is kept of runs is what was played, and pays what its rank among all that was kept is worth.
extension Auditor {
    mutating func keep(_ score: ScoreRecord, of game: ArcadeGameID) {
        let former = runs.results[score.source]
        blame(
            unless(
                former == nil && runs.standings[score.source] == nil, .paidRuns,
                "\(score.source) scores twice"))
        blame(
            unless(
                points.isRanked(score.account), .paidRuns,
                "\(score.account) scores though it is banned or gone"))
        let run = runs.open[score.account]
        blame(unless(score.score > 0, .paidRuns, "\(score.source) scores without a hit"))
        blame(
            unless(
                run?.id != score.source || run?.end == nil || score.atMs == run?.ended.wallMs, .runOrder,
                "\(score.source) scores \(score.atMs - (run?.ended.wallMs ?? 0)) ms after its end"))
        runs.keep(score, of: game, isRanked: points.isRanked)
    }

    mutating func keep(_ record: RunRecord) {
        let result = record.result
        blame(unless(runs.keep(result), .toldResults, "\(record.id) is kept twice"))
        let standing = runs.standings.removeValue(forKey: record.id)
        checkPlayed(record)
        let counts = RunModel.counts(result.reason, in: record.game)
        if counts { verdict.tally.runsCounted += 1 }
        verdict.tally.runEnds[result.reason.rawValue, default: 0] += 1
        guard counts, result.score > 0, points.isRanked(record.account) || standing != nil else {
            blame(
                unless(
                    standing == nil && result.rank == nil && result.multiplierPercent == nil
                        && result.profilePoints == 0, .paidRuns,
                    "\(record.id) ended by \(result.reason.rawValue) and has rank \(result.rank ?? 0), "
                        + "\(result.profilePoints) points"))
            return
        }
        guard let standing else {
            blame(unless(false, .paidRuns, "\(record.id) of \(record.account) isn't on the board"))
            return
        }
        let isTrue =
            result.rank == standing.rank && result.multiplierPercent == standing.percent
            && result.score == standing.score
        blame(
            unless(
                isTrue, .fairRanks,
                "\(record.id) with \(result.score) has rank \(result.rank ?? 0) × "
                    + "\(result.multiplierPercent ?? 0) %, not \(standing.rank) × \(standing.percent) %"))
        blame(
            unless(
                result.profilePoints == standing.points, .paidRuns,
                "\(record.id) pays \(result.profilePoints), not \(standing.points)"))
        points.owe(standing.points, to: record.account, for: .arcade, record.id.description, into: &verdict)
    }

    /// Holds a run that was kept against what was played.
    private mutating func checkPlayed(_ record: RunRecord) {
        guard let run = runs.open[record.account], run.id == record.id, let end = run.end else {
            blame(unless(false, .fairPoints, "\(record.id) is kept and wasn't played to its end"))
            return
        }
        runs.settling.append((record.id, record.account, run.socket))
        let result = record.result
        let overtaken = runs.overtaken(by: run).first
        blame(
            unless(
                overtaken == nil, .runOrder,
                "\(record.id) is kept before \(overtaken.map { "\($0)" } ?? ""), which ended before it"))
        blame(
            unless(
                record.startedAtMs == run.started.wallMs && record.endedAtMs == run.ended.wallMs, .runOrder,
                "\(record.id) is kept with other times than it began and ended at"))
        let isThat =
            record.game == run.game && record.seed == run.seed && result.run == record.id
            && result.game == run.game
            && record.points == run.play.points.map { [$0.x, $0.y, $0.tMs] }
        blame(unless(isThat, .fairPoints, "\(record.id) is kept otherwise than it was played"))
        let isImpossible = RunModel.counts(result.reason, in: run.game) && runs.isImpossible(run)
        blame(
            unless(
                (result.reason == end || result.reason == run.rival) && result.score == run.score
                    && !isImpossible, .fairPoints,
                "\(record.id) ended by \(result.reason.rawValue) with \(result.score), "
                    + "not by \(end.rawValue) with \(run.score)"))
    }

    /// A commit is kept: no score stands in it without its run.
    mutating func settleScores() {
        for run in runs.standings.keys.sorted() {
            blame(unless(false, .paidRuns, "a score of \(run) was kept without the run"))
        }
        runs.standings = [:]
    }

    /// Holds what a start found of runs against what was kept.
    mutating func recover(bests found: [BestRun]) {
        let kept = runs.bests.reduce(0) { $0 + $1.value.count }
        let isSame = found.count == kept && found.allSatisfy { runs.bests[$0.game]?[$0.account] == $0.score }
        blame(unless(isSame, .keptAcknowledged, "a start found other best runs than were kept"))
        runs.restart()
    }

    /// Holds a board that is told against the law of ranks: best first, and equal scores share one.
    mutating func check(_ board: LeaderboardAnswer) {
        let scores = board.entries.map(\.score)
        for entry in board.entries {
            let better = scores.count {
                board.board.measure == .lowest ? $0 < entry.score : $0 > entry.score
            }
            blame(
                unless(
                    entry.rank == better + 1, .fairRanks,
                    "\(entry.account.id) has rank \(entry.rank) on \(board.board.rawValue), not \(better + 1)"
                ))
        }
        let ranks = board.entries.map(\.rank)
        blame(unless(ranks == ranks.sorted(), .fairRanks, "\(board.board.rawValue) is out of order"))
    }
}
