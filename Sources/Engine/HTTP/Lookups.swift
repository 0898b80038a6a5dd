import Game
import Protocol

extension ServerEngine {
    /// Has storage look something up.
    @discardableResult
    mutating func ask(_ query: Query, _ lookup: Lookup, into effects: inout [Effect]) -> QueryID {
        lastQuery += 1
        let id = QueryID(rawValue: lastQuery)
        lookups[id] = lookup
        effects.append(.query(id, query))
        return id
    }

    /// Goes on with what storage found.
    mutating func lookedUp(
        _ query: QueryID, _ answer: QueryAnswer, at now: Moment, into effects: inout [Effect]
    ) {
        guard let lookup = lookups.removeValue(forKey: query) else { return }
        if case .failed = answer { return lookupFailed(lookup, query, at: now, into: &effects) }
        guard take(answer, to: lookup, query, at: now, into: &effects) else {
            preconditionFailure("storage answers what it was asked")
        }
    }

    /// Goes on with an answer; false where it isn't one to what was asked.
    private mutating func take(
        _ answer: QueryAnswer, to lookup: Lookup, _ query: QueryID, at now: Moment,
        into effects: inout [Effect]
    ) -> Bool {
        switch lookup {
        case .topPixel(let id, let x, let y, let epoch):
            guard case .pixel(let stored) = answer else { return false }
            topPixelFound(stored, for: id, x: x, y: y, epoch: epoch, into: &effects)
        case .lastPixel(let id, let account, let epoch):
            return lastPixelFound(answer, for: id, of: account, epoch: epoch, into: &effects)
        case .refreshToken(let id):
            guard case .refreshToken(let session) = answer else { return false }
            usedTokenFound(session, for: id, at: now, into: &effects)
        case .clickHistory(let session, let holder, let game):
            guard case .clickHistory(let history) = answer else { return false }
            historyFound(
                history, by: query, session: session, holder: holder, game: game, at: now, into: &effects)
        case .clickPush(let session):
            guard case .clickPush(let receipt) = answer else { return false }
            pushFound(receipt, by: query, session: session, at: now, into: &effects)
        case .clickContributions(let id):
            guard case .clickContributions(let json) = answer else { return false }
            let failure = Failure(.notFound, "There is no such click game.")
            effects.append(.respond(id, json.map(Answer.contributions) ?? .failure(failure)))
        case .clickContributors(let game):
            guard case .clickContributors(let contributors) = answer else { return false }
            contributorsFound(contributors, game: game, at: now, into: &effects)
        case .leaderboard(let id, let board, let period):
            guard case .leaderboard(let scores) = answer else { return false }
            let ranked = Self.ranked(scores, board, period)
            boards.keep(ranked, at: now)
            effects.append(.respond(id, .leaderboard(ranked)))
        case .flags(let asker):
            guard case .flags(let flags) = answer else { return false }
            tell(asker, .flags(flags), into: &effects)
        case .feedback(let asker):
            guard case .feedback(let entries) = answer else { return false }
            tell(asker, .feedback(entries), into: &effects)
        case .audit(let asker):
            guard case .audit(let entries) = answer else { return false }
            tell(asker, .audit(entries), into: &effects)
        case .rollback:
            guard case .rollback(let finding) = answer else { return false }
            rollbackFound(finding, by: query, at: now, into: &effects)
        case .history(let id):
            guard case .history(let finding) = answer else { return false }
            historyFound(finding, for: id, into: &effects)
        }
        return true
    }

    private mutating func lookupFailed(
        _ lookup: Lookup, _ query: QueryID, at now: Moment, into effects: inout [Effect]
    ) {
        let failure = Failure(.storageUnavailable, "The server's storage can't be read now.")
        switch lookup {
        case .topPixel(let id, _, _, _), .lastPixel(let id, _, _), .refreshToken(let id),
            .clickContributions(let id), .leaderboard(let id, _, _):
            effects.append(.respond(id, .failure(failure)))
        case .flags(let asker), .feedback(let asker), .audit(let asker):
            refuse(asker, failure, into: &effects)
        case .rollback:
            if rollbacks.waits(for: query) { stopRollingBack(failure, into: &effects) }
        case .history(let id):
            finishHistory(id, .failure(failure), into: &effects)
        case .clickHistory(let session, _, _), .clickPush(let session):
            pushLookupFailed(query, session: session, failure, into: &effects)
        case .clickContributors:
            clicks.isClosing = false
            clicks.closeRetryUs = now.monotonicUs + Int64(Limits.storageProbeIntervalMs) * 1000
            lookAgainAtClickGames(at: now)
        }
    }

    /// Gives ranks from 1, the same one to equal scores.
    private static func ranked(
        _ scores: [BoardScore], _ board: Board, _ period: BoardPeriod
    ) -> LeaderboardAnswer {
        var entries: [LeaderboardAnswer.Entry] = []
        for (index, score) in scores.enumerated() {
            let isTie = entries.last?.score == score.score
            entries.append(
                LeaderboardAnswer.Entry(
                    rank: isTie ? entries[index - 1].rank : index + 1, account: score.account,
                    score: score.score))
        }
        return LeaderboardAnswer(board: board, period: period, entries: entries)
    }
}

extension BoardPeriod {
    private static let dayMs: Int64 = 86_400_000
    /// 1970-01-01 was a Thursday: the first Monday's midnight came four days later.
    private static let firstMondayMs = 4 * dayMs

    /// When it began, in milliseconds since 1970.
    func beginsAtMs(at now: Moment) -> Int64 {
        switch self {
        case .all: 0
        case .day: now.wallMs - Self.rest(now.wallMs, Self.dayMs)
        case .week: now.wallMs - Self.rest(now.wallMs - Self.firstMondayMs, 7 * Self.dayMs)
        }
    }

    private static func rest(_ value: Int64, _ step: Int64) -> Int64 {
        let rest = value % step
        return rest < 0 ? rest + step : rest
    }
}
