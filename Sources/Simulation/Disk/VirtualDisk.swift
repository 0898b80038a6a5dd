import Engine
import Game
import Protocol

/// What storage would hold, and what is wrong with it.
struct VirtualDisk: Sendable {
    /// What is wrong with it now.
    var fault: StorageFault?
    /// The commit under way; a crash leaves all or nothing of it.
    private(set) var underWay: (id: CommitID, records: [Record])?

    private(set) var changes: [ChangeRecord] = []
    private var epoch: EpochRecord?
    private(set) var accounts: [Identifier: AccountRecord] = [:]
    private var sessions: [Identifier: SessionRecord] = [:]
    /// The hash of every refresh token, used ones too, of the sign-ins that run.
    private var tokens: [[UInt8]: Identifier] = [:]
    private var tokensOfSession: [Identifier: [[UInt8]]] = [:]
    private var guests: [Identifier: GuestRecord] = [:]
    /// The sign-ins that are present.
    private(set) var presences: Set<Identifier> = []
    var flags: [FlagRecord] = []
    private var snapshot: SnapshotAnswer?

    // Games; what is done with them stands in files of its own.
    var clickGames: [Identifier: ClickGame] = [:]
    var pushes: [ClickPushRecord] = []
    var contributions: [Identifier: [UInt8]] = [:]
    /// Without their players' puzzles.
    var relays: [Identifier: Relay] = [:]
    /// Every relay, the oldest first.
    var relayOrder: [Identifier] = []
    var puzzles: [PuzzleRecord] = []
    var scores: [ScoreRecord] = []

    // The economy.
    var points: [PointsRecord] = []
    var runs: [RunRecord] = []
    var skins: [SkinID: Skin] = [:]
    var ownerships: [OwnershipRecord] = []
    /// The ads that a host gave it, before the first start.
    var ads: [Ad] = []
    /// By id, in the order in which they were shown.
    var impressions: [ImpressionRecord] = []
    var feedback: [FeedbackRecord] = []

    mutating func begin(_ id: CommitID, _ records: [Record]) {
        underWay = (id, records)
    }

    /// Ends the commit under way.
    mutating func end() -> Result<[Record], StorageFault> {
        guard let commit = underWay else { return .success([]) }
        underWay = nil
        if let fault { return .failure(fault) }
        for record in commit.records { keep(record) }
        return .success(commit.records)
    }

    /// Leaves nothing of the commit under way.
    mutating func loseUnderWay() { underWay = nil }

    private mutating func keep(_ record: Record) {
        switch record {
        case .change(let change): changes.append(change)
        case .account(let account): accounts[account.id] = account
        case .session(let session): keep(session)
        case .sessionEnded(let id):
            sessions[id] = nil
            for hash in tokensOfSession.removeValue(forKey: id) ?? [] { tokens[hash] = nil }
        case .presence(let presence): presences.insert(presence.session)
        case .presencesCleared: presences = []
        case .presenceEnded(let session): presences.remove(session)
        case .guest(let guest): guests[guest.id] = guest
        case .guestEnded(let id): guests[id] = nil
        case .flag(let flag): flags.append(flag)
        case .snapshot(let answer, _): snapshot = answer
        case .epoch(let record): epoch = record
        case .clickGame(let game): clickGames[game.id] = game
        case .clickPush(let push): pushes.append(push)
        case .clickContributions(let game): writeContributions(to: game)
        case .relay(let relay): keep(relay)
        case .puzzle(let puzzle): keep(puzzle)
        case .score(let score): scores.append(score)
        case .points(let entry): points.append(entry)
        case .run(let run): runs.append(run)
        case .skin(let skin): skins[skin.id] = skin
        case .skinOwned(let ownership): ownerships.append(ownership)
        case .impression(let impression): keep(impression)
        case .feedback(let message): feedback.append(message)
        case .flagsCleared(let account, _): flags.removeAll { $0.account == account }
        }
    }

    private mutating func keep(_ session: SessionRecord) {
        sessions[session.id] = session
        guard tokens.updateValue(session.id, forKey: session.refreshHash) == nil else { return }
        tokensOfSession[session.id, default: []].append(session.refreshHash)
    }

    /// What a start finds: the snapshot with the changes after it, the cells they lead to, and nobody present.
    mutating func recovered(nowMs: Int64) -> RecoveredState {
        presences = []
        guard let epoch else {
            var state = RecoveredState()
            recoverEconomy(into: &state, nowMs: nowMs)
            return state
        }
        var cells = snapshot?.zlib ?? [UInt8](repeating: 0, count: epoch.size.cellCount)
        let tail = Array(changes.dropFirst(Int(snapshot?.version ?? 0)))
        for change in tail { cells[change.cell] = change.color }
        var state = RecoveredState(
            epoch: epoch, cells: cells, version: Version(changes.count), snapshot: snapshot, tail: tail,
            accounts: accounts.values.filter { $0.deletedAtMs == nil }.sorted { $0.id < $1.id },
            sessions: sessions.values.filter { $0.expiresAtMs > nowMs }.sorted { $0.id < $1.id },
            guests: guests.values.filter { $0.expiresAtMs > nowMs }.sorted { $0.id < $1.id },
            clickGames: recoveredGames, relays: recoveredRelays)
        state.touched = touched(on: epoch.size)
        recoverEconomy(into: &state, nowMs: nowMs)
        return state
    }

    private func touched(on size: CanvasSize) -> CellMask {
        var mask = CellMask(size: size)
        for change in changes { mask[change.cell] = true }
        return mask
    }

    func answer(_ query: Query) -> QueryAnswer {
        if case .broken = fault { return .failed(.broken("read")) }
        switch query {
        case .topPixel(let cell, _): return .pixel(standing { $0.cell == cell })
        case .lastPixel(let account, _): return .pixel(standing { $0.account == account })
        case .refreshToken(let hash): return .refreshToken(session: tokens[hash])
        case .clickHistory(let session, let holder, let game):
            return .clickHistory(history(of: session, holder, in: game))
        case .clickPush(let session, let batchID):
            let push = pushes.first { $0.session == session && $0.batchID == batchID }
            return .clickPush(push?.receipt)
        case .clickContributions(let game): return .clickContributions(contributions(to: game))
        case .clickContributors(let game): return .clickContributors(contributors(to: game))
        case .leaderboard(let board, let sinceMs): return .leaderboard(best(board, sinceMs: sinceMs))
        case .flags: return .flags(hostFlags)
        case .feedback: return .feedback(feedbackEntries)
        }
    }

    /// The latest placement of some that wasn't taken back.
    private func standing(where isWanted: (ChangeRecord) -> Bool) -> StoredPixel? {
        var standing: [ChangeRecord] = []
        for change in changes {
            if let undone = change.undoes {
                standing.removeAll { $0.version == undone }
            } else if isWanted(change) {
                standing.append(change)
            }
        }
        guard let found = standing.last else { return nil }
        return StoredPixel(
            version: found.version, cell: found.cell, color: found.color,
            account: AccountName(id: found.account, name: accounts[found.account]?.name ?? ""),
            placedAtMs: found.atMs)
    }
}
