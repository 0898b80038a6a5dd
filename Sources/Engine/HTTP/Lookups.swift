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
        switch (answer, lookup) {
        case (.pixel(let stored), .topPixel(let id, let cell)):
            effects.append(.respond(id, stored.map(found) ?? ground(cell)))
        case (.pixel(let stored), .lastPixel(let id)):
            let failure = Failure(.notFound, "This account has no pixel on the canvas.")
            effects.append(.respond(id, stored.map(found) ?? .failure(failure)))
        case (.refreshToken(let session), .refreshToken(let id)):
            usedTokenFound(session, for: id, at: now, into: &effects)
        case (.clickHistory(let history), .clickHistory(let session, let holder, let game)):
            historyFound(
                history, by: query, session: session, holder: holder, game: game, at: now, into: &effects)
        case (.clickPush(let receipt), .clickPush(let session)):
            pushFound(receipt, by: query, session: session, at: now, into: &effects)
        case (.clickContributions(let json), .clickContributions(let id)):
            let failure = Failure(.notFound, "There is no such click game.")
            effects.append(.respond(id, json.map(Answer.contributions) ?? .failure(failure)))
        case (.clickContributors(let contributors), .clickContributors(let game)):
            contributorsFound(contributors, game: game, at: now, into: &effects)
        case (.leaderboard(let scores), .leaderboard(let id, let board, let period)):
            let answer = Self.ranked(scores, board, period)
            boards.keep(answer, at: now)
            effects.append(.respond(id, .leaderboard(answer)))
        case (.flags(let flags), .flags(let call)):
            effects.append(.answerHost(call, .flags(flags)))
        case (.feedback(let entries), .feedback(let call)):
            effects.append(.answerHost(call, .feedback(entries)))
        case (.failed, _):
            lookupFailed(lookup, query, at: now, into: &effects)
        case (.pixel, _), (.refreshToken, _), (.clickHistory, _), (.clickPush, _), (.clickContributions, _),
            (.clickContributors, _), (.leaderboard, _), (.flags, _), (.feedback, _):
            preconditionFailure("storage answers what it was asked")
        }
    }

    private mutating func lookupFailed(
        _ lookup: Lookup, _ query: QueryID, at now: Moment, into effects: inout [Effect]
    ) {
        let failure = Failure(.storageUnavailable, "The server's storage can't be read now.")
        switch lookup {
        case .topPixel(let id, _), .lastPixel(let id), .refreshToken(let id), .clickContributions(let id),
            .leaderboard(let id, _, _):
            effects.append(.respond(id, .failure(failure)))
        case .flags(let call), .feedback(let call):
            effects.append(.answerHost(call, .refused(failure.code, failure.message)))
        case .clickHistory(let session, _, _), .clickPush(let session):
            pushLookupFailed(query, session: session, failure, into: &effects)
        case .clickContributors:
            clicks.isClosing = false
            clicks.closeRetryUs = now.monotonicUs + Int64(Limits.storageProbeIntervalMs) * 1000
            lookAgainAtClickGames(at: now)
        }
    }

    private func found(_ stored: StoredPixel) -> Answer {
        let pixel = Pixel(
            x: stored.cell % canvas.size.width, y: stored.cell / canvas.size.width, color: stored.color)
        return .pixel(
            PixelAnswer(
                pixel: pixel, version: stored.version, account: stored.account, placedAtMs: stored.placedAtMs)
        )
    }

    private func ground(_ cell: Int) -> Answer {
        let pixel = Pixel(
            x: cell % canvas.size.width, y: cell / canvas.size.width, color: canvas.durableCells[cell])
        return .pixel(PixelAnswer(pixel: pixel, version: 0, account: nil, placedAtMs: nil))
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
