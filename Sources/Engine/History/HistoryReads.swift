import Game
import Protocol

/// The reads of history that are under way and those that wait: so few at once that storage has time for others.
struct HistoryDesk: Sendable {
    private var underWay = 0
    private var waiting = Ring<(request: RequestID, query: HistoryQuery)>()
    private var damagedVersions: Set<Version> = []

    /// Takes a read; false where too many wait.
    mutating func add(_ request: RequestID, _ query: HistoryQuery) -> Bool {
        guard waiting.count < Limits.maxWaitingHistoryReads else { return false }
        waiting.append((request, query))
        return true
    }

    /// The next read to begin, if one may.
    mutating func next() -> (request: RequestID, query: HistoryQuery)? {
        guard underWay < Limits.maxHistoryReads, let next = waiting.popFirst() else { return nil }
        underWay += 1
        return next
    }

    /// Whether damage is news: told once for each version, of so many versions.
    mutating func noteDamage(at version: Version) -> Bool {
        damagedVersions.count < Limits.maxToldDamages && damagedVersions.insert(version).inserted
    }

    /// One is done.
    mutating func finish() {
        precondition(underWay > 0, "only what began ends")
        underWay -= 1
    }
}

// The canvas's past, as storage has it and nothing after the durable version.
extension ServerEngine {
    /// Answers a read of history, at once where it can't be, else once storage found it.
    mutating func history(
        _ route: HistoryRoute, for id: RequestID, by caller: Caller, at now: Moment,
        into effects: inout [Effect]
    ) {
        let durable = canvas.durableVersion
        let query: HistoryQuery
        var asked: Version = 0
        switch route {
        case .overview: query = .overview(through: durable)
        case .at(let moment):
            if case .version(let version) = moment { asked = version }
            query = .at(moment, through: durable)
        case .changes(let after, let limit):
            asked = after
            query = .changes(after: after, limit: limit, through: durable)
        }
        if asked > durable {
            let failure = Failure(.versionAhead, "The canvas is at version \(durable).")
            effects.append(.respond(id, .failure(failure)))
        } else if let refusal = spend(.history, of: caller, at: now) {
            effects.append(.respond(id, .failure(refusal)))
        } else if past.add(id, query) {
            beginHistoryReads(into: &effects)
        } else {
            let failure = Failure(
                .rateLimited, "Too many read the history; wait a little.", retryAfterMs: Limits.crowdedRetryMs
            )
            effects.append(.respond(id, .failure(failure)))
        }
    }

    private mutating func beginHistoryReads(into effects: inout [Effect]) {
        while let (request, query) = past.next() {
            ask(.history(query), .history(request), into: &effects)
        }
    }

    /// Answers with what storage found; a canvas is made off the loop first.
    mutating func historyFound(
        _ finding: HistoryFinding, for id: RequestID, into effects: inout [Effect]
    ) {
        switch finding {
        case .overview(var answer):
            answer.retentionDays = configuration.historyDays > 0 ? configuration.historyDays : nil
            finishHistory(id, .history(answer), into: &effects)
        case .page(let page): finishHistory(id, .historyPage(page), into: &effects)
        case .missing(let failure): finishHistory(id, .failure(failure), into: &effects)
        case .damaged(let version): refuseDamaged(at: version, id, into: &effects)
        case .state(let material): effects.append(.restoreHistory(id, material))
        }
    }

    /// Answers with a canvas that was made; where its snapshot is damaged, it is made of the one before.
    mutating func historyRestored(
        _ outcome: HistoryRestoration, for id: RequestID, into effects: inout [Effect]
    ) {
        switch outcome {
        case .state(let state): finishHistory(id, .historyState(state), into: &effects)
        case .damaged(let version, nil): refuseDamaged(at: version, id, into: &effects)
        case .damaged(let version, let base?):
            noteDamage(at: base, into: &effects)
            let query = HistoryQuery.at(.version(version), through: canvas.durableVersion, before: base)
            ask(.history(query), .history(id), into: &effects)
        }
    }

    /// Tells whoever asked that it is lost, and the host why.
    private mutating func refuseDamaged(
        at version: Version, _ id: RequestID, into effects: inout [Effect]
    ) {
        noteDamage(at: version, into: &effects)
        let failure = Failure(.historyGone, "The history of that time is damaged.")
        finishHistory(id, .failure(failure), into: &effects)
    }

    private mutating func noteDamage(at version: Version, into effects: inout [Effect]) {
        if past.noteDamage(at: version) { effects.append(.log(.historyDamaged(version: version))) }
    }

    /// Answers a read of history, and begins one that waited.
    mutating func finishHistory(_ id: RequestID, _ answer: Answer, into effects: inout [Effect]) {
        past.finish()
        effects.append(.respond(id, answer))
        beginHistoryReads(into: &effects)
    }
}
