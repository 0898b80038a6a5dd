import Game
import Protocol

/// The server without I/O: inputs and time go in, effects come out.
public struct ServerEngine: Sendable {
    /// What rules go by: the options, and the knobs that beat them.
    var configuration: EngineConfiguration
    /// What the options say.
    let options: EngineConfiguration
    /// The knobs that are set.
    var knobs: [Knob: Knob.Value]
    /// When it began, on the monotonic clock in microseconds.
    let startedUs: Int64
    var canvas: Canvas
    var epoch: EpochRecord
    /// Whether storage has the epoch's record.
    var isEpochDurable: Bool
    var snapshots: SnapshotDesk
    var pictures = PictureDesk<[UInt8]>()
    var touched = PictureDesk<TouchedAnswer>()
    var views = ViewDesk()
    var watchers = WatchDesk()
    var past = HistoryDesk()
    var frames: FrameClock
    var spectators: SpectatorLane
    var commits: CommitQueue
    var storage = StorageHealth.healthy
    var accounts: AccountDirectory
    var sessions: SessionTable
    var guests: GuestBook
    var presences: PresenceBook
    var sweeps = DeadlineBook<Sweep>()
    var challenges = ChallengeBook()
    var deviceGrants = DeviceGrants()
    var codeLock = CodeLock()
    var presentedTokens: PresentedTokens
    var connections = ConnectionTable()
    var players: PlayerTable
    var slowReaders = SlowReaders()
    var rates: RateBook
    var clicks: ClickDesk
    var relays: RelayDesk
    var arcade: ArcadeDesk
    var skins: SkinDesk
    var ads: AdDesk
    var feedback: FeedbackBook
    var services = ServiceCounts()
    var plays = PlayCounts()
    /// Flags that wait until storage takes writes.
    var unkeptFlags: [FlagRecord] = []
    /// Rows of the audit that wait likewise.
    var unkeptAudits: [AuditRecord] = []
    /// What is to be kept of the talk with Telegram, once storage takes writes.
    var unkeptTelegram: [TelegramRecord] = []
    var boards = BoardCache()
    /// The canvas that is to begin once its record is durable.
    var nextEpoch: EpochRecord?
    var rollbacks: RollbackDesk
    var protections: ProtectionDesk
    /// What storage looks up, and for whom.
    var lookups: [QueryID: Lookup] = [:]
    var lastQuery: UInt64 = 0
    /// Requests that came before the first snapshot was there.
    var beforeSnapshot: [(RequestID, Route, Caller)] = []
    var draining = DrainProgress.serving

    /// Starts from what storage kept.
    public init(configuration options: EngineConfiguration, recovered: RecoveredState, at now: Moment) {
        let (configuration, knobs) = Self.set(options, recovered.knobs)
        self.options = options
        self.configuration = configuration
        self.knobs = knobs
        startedUs = now.monotonicUs
        isEpochDurable = recovered.epoch != nil
        epoch =
            recovered.epoch
            ?? EpochRecord(
                epoch: 1, firstVersion: 0, size: configuration.canvasSize, startedAtMs: now.wallMs)
        let cells =
            recovered.cells.isEmpty
            ? [UInt8](repeating: 0, count: epoch.size.cellCount) : recovered.cells
        let snapshot = recovered.snapshot.flatMap { $0.epoch == recovered.epoch?.epoch ? $0 : nil }
        let tail = snapshot == nil ? [] : recovered.tail.map { ($0.cell, $0.color) }
        let canvas = Canvas(
            size: epoch.size, epoch: epoch.epoch, version: recovered.version, cells: cells,
            touched: recovered.touched, tail: tail)
        if let snapshot {
            precondition(canvas.poolBase == snapshot.version, "the tail must begin at the snapshot")
        }
        self.canvas = canvas
        snapshots = SnapshotDesk(every: configuration.snapshotEvery, recovered: snapshot)
        commits = CommitQueue(tickMs: configuration.tickMs)
        frames = FrameClock(tickMs: configuration.tickMs, publishedVersion: canvas.durableVersion)
        spectators = SpectatorLane(tickMs: configuration.spectatorTickMs)
        accounts = AccountDirectory(recovered.accounts, admins: configuration.admins)
        sessions = SessionTable(recovered.sessions, at: now)
        guests = GuestBook(recovered.guests)
        presentedTokens = PresentedTokens(at: now)
        presences = PresenceBook(isUnsettled: recovered.hasStalePresences)
        players = PlayerTable(
            rules: Self.playerRules(configuration),
            admission: Admission(
                maxLoopLagUs: Int64(configuration.maxLoopLagMs) * 1000,
                maxSentBitsPerSecond: Int64(configuration.maxSendMbps) * 1_000_000))
        rates = RateBook(configuration)
        clicks = ClickDesk(configuration, kept: recovered.clickGames)
        relays = RelayDesk(recovered.relays)
        arcade = ArcadeDesk(bests: recovered.bests)
        skins = SkinDesk(skins: recovered.skins, ownerships: recovered.ownerships)
        ads = AdDesk(recovered.ads, impressions: recovered.impressions, at: now)
        feedback = FeedbackBook(recovered.feedback, at: now)
        rollbacks = RollbackDesk(recovered)
        protections = ProtectionDesk(recovered)
        for session in recovered.sessions { planFamilyEnd(session, at: now) }
        for guest in recovered.guests { planGuestEnd(guest, at: now) }
        for account in recovered.accounts { planBanEnd(account, at: now) }
        if clicks.queue.nextMs != nil || clicks.queue.wantsRoutine(atMs: now.wallMs) {
            sweeps.plan(.clickGame, atUs: now.monotonicUs)
        }
        resumeRelays(at: now)
        for best in recovered.bests { judgeBests(of: best.account) }
    }

    /// When `.wake` should come next, on the monotonic clock in microseconds; nil when nothing is planned.
    ///
    /// It may lie in the past right after a start: then wake at once.
    public var nextWakeUs: Int64? {
        var next = slowReaders.dueUs
        func plan(_ candidate: Int64?) {
            guard let candidate else { return }
            next = min(next ?? candidate, candidate)
        }
        plan(storage.probeDueUs)
        plan(players.nextUs)
        plan(sweeps.nextUs)
        plan(snapshots.dueUs(at: canvas.durableVersion))
        plan(totalsDueUs)
        if storage == .healthy { plan(commits.dueUs) }
        plan(frameDueUs)
        plan(spectatorFrameDueUs)
        plan(drawingDueUs)
        return draining == .drained ? nil : next
    }

    /// Takes a batch of inputs: reads are answered first, from the last durable version, then writes in order
    /// of arrival.
    public mutating func step(_ inputs: [Input], at now: Moment, into effects: inout [Effect]) {
        passTime(at: now, into: &effects)
        for input in inputs {
            guard case .request(let id, let route, let caller, _) = input, route.isRead else { continue }
            read(id, route, by: admit(caller, at: now), at: now, into: &effects)
        }
        for input in inputs { take(input, at: now, into: &effects) }
        pursue(at: now, into: &effects)
    }

    private mutating func take(_ input: Input, at now: Moment, into effects: inout [Effect]) {
        switch input {
        case .request(let id, let route, let caller, let proofs):
            guard !route.isRead else { return }
            write(id, route, by: admit(caller, at: now), proofs: proofs, at: now, into: &effects)
        case .refused(let id, let caller, let failure):
            let refusal = rates.request(by: admit(caller, at: now), at: now) ?? failure
            effects.append(.respond(id, .failure(refusal)))
        case .opened(let id, let identity, let address, let play, let relay):
            open(id, identity, from: address, play: play, relay: relay, at: now, into: &effects)
        case .message(let id, let envelope):
            hear(envelope, from: id, at: now, into: &effects)
        case .drawn(let id, let envelope, let draw):
            hear(envelope, with: draw, from: id, at: now, into: &effects)
        case .roundTrip(let id, let us):
            connections[id]?.roundTripUs = us
            if let account = connections[id]?.account { arcade.measured(account, us: us) }
        case .authenticate(let id, let replyTo, let credential):
            authenticate(credential, replyTo: replyTo, on: id, at: now, into: &effects)
        case .malformed(let id, let replyTo, let failure):
            guard admit(id, at: now, into: &effects) else { return }
            effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .error(failure))))
        case .alive(let id):
            alive(id, at: now)
        case .backlog(let id, let bytes):
            backlog(bytes, of: id, at: now, into: &effects)
        case .closed(let id):
            forget(id, at: now, into: &effects)
        case .committed(let id):
            committed(id, at: now, into: &effects)
        case .commitFailed(let id, let fault):
            commitFailed(id, fault, at: now, into: &effects)
        case .storageProbed(let fault):
            storageProbed(fault, at: now, into: &effects)
        case .snapshotTaken(let snapshot):
            snapshotTaken(snapshot, at: now, into: &effects)
        case .pictureDrawn(let png):
            pictureDrawn(png, into: &effects)
        case .touchedPacked(let answer):
            touchedPacked(answer, into: &effects)
        case .historyRestored(let id, let outcome):
            historyRestored(outcome, for: id, into: &effects)
        case .queryAnswered(let id, let answer):
            lookedUp(id, answer, at: now, into: &effects)
        case .clickGameDrawn(let id):
            clickGameDrawn(id, at: now, into: &effects)
        case .load(let reading):
            take(reading, into: &effects)
        case .host(let call, let command, let actor):
            obey(command, by: actor, for: .host(call), at: now, into: &effects)
        case .telegram(let input):
            take(input, at: now, into: &effects)
        case .viewDrawn(let bytes):
            viewDrawn(bytes, into: &effects)
        case .streamRead(let id):
            streamRead(id, into: &effects)
        case .streamClosed(let id):
            watchers.remove(id)
        case .wake:
            break
        case .drain:
            beginDrain(at: now, into: &effects)
        }
    }

    /// A caller with what its token is worth now; a good one is a sign of life.
    private mutating func admit(_ caller: Caller, at now: Moment) -> Caller {
        let caller = standing(caller)
        if let identity = caller.identity { hear(from: identity, at: now) }
        return caller
    }

    /// Starts whatever has become due.
    private mutating func pursue(at now: Moment, into effects: inout [Effect]) {
        promote(at: now, into: &effects)
        tellPositions(at: now, into: &effects)
        settlePresences()
        if let dueUs = storage.probeDueUs, dueUs <= now.monotonicUs {
            storage = .full(probeUs: nil)
            effects.append(.probeStorage)
        }
        closeSlowReaders(at: now, into: &effects)
        if clicks.queue.isOver(atMs: now.wallMs) { runClickGames(at: now, into: &effects) }
        writeContributionsIfDue(at: now)
        keepWaitingFlags()
        goOnRollingBack(at: now, into: &effects)
        keepWaitingAudits()
        keepWaitingTelegram()
        submitWaitingRuns(at: now)
        takeSnapshotIfDue(at: now, into: &effects)
        commitIfDue(at: now, into: &effects)
        if commits.inFlight == nil { publishIfDue(at: now, into: &effects) }
        publishToSpectatorsIfDue(at: now, into: &effects)
        publishTotalsIfDue(at: now, into: &effects)
        drawIfDue(at: now, into: &effects)
        pursueDrain(at: now, into: &effects)
    }
}
