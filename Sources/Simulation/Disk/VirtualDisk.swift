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
    private(set) var epochs: [EpochRecord] = []
    var rollbacks: [Rollback] = []
    var protections: [ProtectionRecord] = []
    /// The search for a rollback that is under way, and the changes that it has still to read, the newest last.
    var search: (scan: RollbackScan, unread: [ChangeRecord])?
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
    /// The talk with Telegram.
    var telegram = TelegramBooks()
    var audits: [AuditRecord] = []
    /// Those that are set, by name.
    private var knobs: [String: KnobRecord] = [:]

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
        case .epoch(let record): epochs.append(record)
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
        case .rollback(let rollback): keep(rollback)
        case .protection(let protection): keep(protection)
        case .flagsCleared(let account, _): flags.removeAll { $0.account == account }
        case .audit(let row): audits.append(row)
        case .telegram(let record): keep(record)
        case .knob(let knob): knobs[knob.name] = knob.value == nil ? nil : knob
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
        guard let epoch = epochs.last else {
            var state = RecoveredState()
            recoverEconomy(into: &state, nowMs: nowMs)
            return state
        }
        let snapshot = snapshot.flatMap { $0.epoch == epoch.epoch ? $0 : nil }
        var cells = snapshot?.zlib ?? [UInt8](repeating: 0, count: epoch.size.cellCount)
        let own = changes.filter { $0.version > epoch.firstVersion }
        let tail = own.filter { $0.version > snapshot?.version ?? epoch.firstVersion }
        for change in tail { cells[change.cell] = change.color }
        var state = RecoveredState(
            epoch: epoch, cells: cells,
            version: max(own.last?.version ?? 0, snapshot?.version ?? epoch.firstVersion), snapshot: snapshot,
            tail: tail,
            accounts: accounts.values.filter { $0.deletedAtMs == nil }.sorted { $0.id < $1.id },
            sessions: sessions.values.filter { $0.expiresAtMs > nowMs }.sorted { $0.id < $1.id },
            guests: guests.values.filter { $0.expiresAtMs > nowMs }.sorted { $0.id < $1.id },
            clickGames: recoveredGames, relays: recoveredRelays)
        state.touched = CellMask(size: epoch.size)
        for change in own { state.touched?[change.cell] = true }
        recoverCanvas(into: &state, epoch: epoch.epoch)
        state.knobs = knobs.values.sorted { $0.name < $1.name }
        recoverEconomy(into: &state, nowMs: nowMs)
        return state
    }

    mutating func answer(_ query: Query) -> QueryAnswer {
        if case .broken = fault { return .failed(.broken("read")) }
        switch query {
        case .topPixel(let cell, let epoch): return .pixel(standing(in: epoch) { $0.cell == cell })
        case .lastPixel(let account, let epoch, let bound):
            return lastPixel(of: account, in: epoch, before: bound)
        case .rollback(let step): return .rollback(answer(step))
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
        case .audit(let limit, let before): return .audit(auditEntries(limit, before: before))
        case .history(let query): return .history(finding(query))
        }
    }
}
