import Game
import Protocol

/// What storage looks up, and for whom.
enum Lookup: Sendable {
    case topPixel(RequestID, x: Int, y: Int, epoch: Int)
    case lastPixel(RequestID, account: Identifier, epoch: Int)
    case refreshToken(RequestID)
    case clickHistory(session: Identifier, holder: Identifier, game: Identifier?)
    case clickPush(session: Identifier)
    case clickContributions(RequestID)
    case clickContributors(game: Identifier)
    case leaderboard(RequestID, Board, BoardPeriod)
    case flags(Asker)
    case feedback(Asker)
    case audit(Asker)
    case rollback
    case history(RequestID)
}

extension ServerEngine {
    /// Answers a request that changes nothing, from the durable version.
    mutating func read(
        _ id: RequestID, _ route: Route, by caller: Caller, at now: Moment, into effects: inout [Effect]
    ) {
        if let failure = rates.request(by: caller, at: now) {
            effects.append(.respond(id, .failure(failure)))
            return
        }
        serve(id, route, by: caller, at: now, into: &effects)
    }

    /// Answers a read that was counted.
    mutating func serve(
        _ id: RequestID, _ route: Route, by caller: Caller, at now: Moment, into effects: inout [Effect]
    ) {
        switch route {
        case .me:
            let answer =
                caller.identity.flatMap { me($0, at: now) }.map(Answer.me)
                ?? .failure(caller.refusal)
            respond(id, answer, onceDurable: caller.account, into: &effects)
        case .canvas:
            effects.append(.respond(id, .canvas(canvasAnswer)))
        case .snapshot, .changes:
            guard let served = snapshots.served else {
                wait(id, route, by: caller, into: &effects)
                return
            }
            effects.append(.respond(id, stretch(route, served, for: caller, at: now)))
        case .canvasPNG:
            if let refusal = spend(.png, of: caller, at: now) {
                effects.append(.respond(id, .failure(refusal)))
            } else {
                picture(for: .request(id), into: &effects)
            }
        case .touched(let ifNoneMatch):
            touched(for: id, ifNoneMatch: ifNoneMatch, by: caller, at: now, into: &effects)
        case .pixel(let x, let y): findTopPixel(id, x: x, y: y, into: &effects)
        case .lastPixel(let account): findLastPixel(id, of: account, into: &effects)
        case .health:
            effects.append(.respond(id, .healthy))
        case .readiness:
            effects.append(.respond(id, writeRefusal.map(Answer.failure) ?? .ready))
        case .openAPI:
            effects.append(.respond(id, .openAPI))
        case .metrics:
            effects.append(.respond(id, .metrics(counts)))
        case .clicks(.current):
            effects.append(.respond(id, currentClickGame()))
        case .clicks(.contributions(let game)):
            ask(.clickContributions(game: game), .clickContributions(id), into: &effects)
        case .leaderboard(let board, let period):
            if let kept = boards.answer(board, period, at: now) {
                effects.append(.respond(id, .leaderboard(kept)))
                return
            }
            let query = Query.leaderboard(board, sinceMs: period.beginsAtMs(at: now))
            ask(query, .leaderboard(id, board, period), into: &effects)
        case .relays(let route):
            effects.append(.respond(id, readRelay(route, by: caller)))
        case .skins(let route):
            respond(id, readSkins(route, by: caller), onceDurable: caller.account, into: &effects)
        case .auth(let route):
            effects.append(.respond(id, readAuth(route)))
        case .views(let route):
            show(route, to: id, by: caller, at: now, into: &effects)
        case .figures:
            effects.append(.respond(id, figuresRefusal(caller).map(Answer.failure) ?? .figures))
        case .history(let route):
            history(route, for: id, by: caller, at: now, into: &effects)
        case .signInAsGuest, .requestChallenge, .signInWithDevice, .refresh, .logout, .rename, .deleteAccount,
            .placePixel, .undoPixel, .webSocket, .clicks(.push), .clicks(.schedule), .ads, .feedback, .admin:
            preconditionFailure("these routes change something")
        }
    }

    var canvasAnswer: CanvasAnswer {
        CanvasAnswer(
            head: canvasHead,
            snapshotVersion: snapshots.served?.version ?? snapshots.coming ?? canvas.durableVersion,
            players: players.playingCount, queued: players.queuedCount,
            hasLiveSpectators: configuration.hasLiveSpectators, protectedAreas: protections.shown)
    }

    /// Keeps a request until the first snapshot is there.
    private mutating func wait(
        _ id: RequestID, _ route: Route, by caller: Caller, into effects: inout [Effect]
    ) {
        guard beforeSnapshot.count < Limits.maxConnections else {
            let failure = Failure(.storageUnavailable, "The canvas has just begun; try again in a moment.")
            effects.append(.respond(id, .failure(failure)))
            return
        }
        beforeSnapshot.append((id, route, caller))
    }

    private mutating func stretch(
        _ route: Route, _ served: SnapshotAnswer, for caller: Caller, at now: Moment
    ) -> Answer {
        let kind: WatchedKind
        if case .snapshot(let ifNoneMatch) = route {
            if ifNoneMatch.map({ Self.matches($0, served.entityTag) }) ?? false {
                return .notModified(entityTag: served.entityTag)
            }
            kind = .snapshot
        } else {
            kind = .changes
        }
        if let refusal = spectatorRefusal(kind, of: caller, at: now) { return .failure(refusal) }
        let answer: Answer
        if case .changes(let from, let to, let epoch) = route {
            answer = changes(from: from, to: to, epoch: epoch, served)
        } else {
            answer = .snapshot(served)
        }
        if case .failure = answer { return answer }
        startCooldown(kind, of: caller, at: now)
        return answer
    }

    private func changes(from: Version, to: Version?, epoch: Int?, _ served: SnapshotAnswer) -> Answer {
        let current = canvas.durableVersion
        if let epoch, epoch != canvas.epoch {
            return .failure(Failure(.epochChanged, "The canvas was begun anew; fetch a snapshot."))
        }
        guard from >= 0, to ?? from >= from else {
            return .failure(Failure(.badRequest, "to must not lie before from, nor from before 0."))
        }
        guard from <= current, to ?? current <= current else {
            return .failure(Failure(.versionAhead, "The canvas is at version \(current)."))
        }
        if canvas.reaches(back: from) {
            return .changes(ChangesAnswer(run: canvas.changes(from: from, to: to ?? current)))
        }
        let end = to.map { $0 < served.version ? current : $0 } ?? current
        return .changes(
            ChangesAnswer(run: canvas.changes(from: served.version, to: end), snapshot: served.zlib))
    }

    private func isSpectator(_ caller: Caller) -> Bool {
        caller.account.map { players.state(of: $0) == .afk } ?? true
    }

    func spectatorRefusal(_ kind: WatchedKind, of caller: Caller, at now: Moment) -> Failure? {
        isSpectator(caller) ? rates.checkCooldown(kind, of: caller.watcherKey, at: now) : nil
    }

    /// Starts a spectator's cooldown, or tells that the last one still runs.
    mutating func spend(_ kind: WatchedKind, of caller: Caller, at now: Moment) -> Failure? {
        if let refusal = spectatorRefusal(kind, of: caller, at: now) { return refusal }
        startCooldown(kind, of: caller, at: now)
        return nil
    }

    private mutating func startCooldown(_ kind: WatchedKind, of caller: Caller, at now: Moment) {
        if isSpectator(caller) { rates.spendCooldown(kind, of: caller.watcherKey, at: now) }
    }

    /// Whether an `If-None-Match` names a tag: `*`, or a list of tags, weak ones compared as strong ones
    /// (RFC 9110 §13.1.2).
    static func matches(_ header: String, _ tag: String) -> Bool {
        header.split(separator: ",").contains { part in
            let bare = part.drop { $0 == " " || $0 == "\t" }
            let trimmed = bare.prefix { $0 != " " && $0 != "\t" }
            return trimmed == "*" || trimmed == tag || trimmed == "W/" + tag
        }
    }
}
