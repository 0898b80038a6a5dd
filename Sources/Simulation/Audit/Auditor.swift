public import Engine
public import Protocol

/// Holds everything that reaches the disk or leaves the server against what must always hold.
///
/// It is told from outside and believes nothing: who plays, who waits, whose token is good and who is present it
/// works out itself, slowly, from what goes in and comes out.
public struct Auditor: Sendable {
    var verdict = Verdict()

    // What the canvas's laws know.
    var cooldownMs: Int64
    var history: History
    var placements: RateLaw<Identifier>
    var acknowledged: Version = 0
    /// When each version that the disk hasn't kept was made.
    var madeUs: [Version: Int64] = [:]
    var headVersion: Version = 0
    var feeds: [ConnectionID: FeedModel] = [:]
    var feedOrder: [ConnectionID] = []
    /// The version that each stream's last frame led to.
    var published: [Topic: Version] = [:]
    /// The version at which the server's life began.
    var startVersion: Version = 0
    var spectatorFrameUs: Int64?
    let isLiveForSpectators: Bool
    let spectatorTickUs: Int64
    var served: [Version: [UInt8]] = [:]
    var given: [String: Int64] = [:]
    var isTakingSnapshot = false
    var quiet: (version: Version, cells: [UInt8])?
    var canvasBook = CanvasBook()
    /// The version that the server was told to be durable.
    var committedVersion: Version = 0

    // What the laws of people know.
    var players: PlayerModel
    var sockets = SocketModel()
    var signIns = SignInModel()
    var presences: PresenceLaw
    var admission: AdmissionLaw
    var told = ToldLaw()
    var paths = PathLaw()

    // What the laws of games know.
    var clicks: ClickModel
    var relays = RelayModel()
    var points: PointsLaw
    // What the laws of the arcade and of what stands beside it know.
    var runs: RunModel
    var skins = SkinModel()
    var services: ServiceModel
    var flags = FlagBook()
    var bans = BanBook()
    var hosting: HostingModel
    var audits = AuditLaw()
    var telegrams = TelegramLaw()

    /// Whether a click game is to run always.
    let expectsGames: Bool

    /// Until a socket's token, in milliseconds, and what it outlives it by.
    let tokenLifeMs: Int64
    /// How late the server may come to what was due.
    let latenessUs: Int64

    var open: Set<RequestID> = []
    var openHostCalls: Set<HostCallID> = []
    var isCommitting = false

    /// Takes the rules that are to hold, and the ads that there are.
    public init(_ configuration: EngineConfiguration, ads: [Ad] = []) {
        cooldownMs = Int64(configuration.spectatorCooldownMs)
        isLiveForSpectators = configuration.hasLiveSpectators
        spectatorTickUs = Int64(configuration.spectatorTickMs) * 1000
        history = History(size: configuration.canvasSize)
        placements = RateLaw(
            perSecond: configuration.placeRate.perSecond, burst: configuration.placeRate.burst)
        players = PlayerModel(
            capacity: configuration.maxPlayers, maxQueued: configuration.maxQueued,
            idleUs: Int64(configuration.idleSeconds) * 1_000_000)
        presences = PresenceLaw(timeoutUs: Int64(configuration.heartbeatTimeoutMs) * 1000)
        admission = AdmissionLaw(configuration)
        tokenLifeMs = Int64(configuration.accessTokenSeconds) * 1000
        latenessUs = Int64(configuration.tickMs) * 1000
        clicks = ClickModel(configuration)
        points = PointsLaw(configuration)
        runs = RunModel(configuration)
        services = ServiceModel(configuration, ads: ads)
        hosting = HostingModel(configuration)
        expectsGames = configuration.clickGameSeconds > 0
    }

    /// The first broken invariant.
    public var violation: Violation? { verdict.violation }

    /// What it has seen.
    public var tally: Outcome.Tally { verdict.tally }

    /// Looks at one thing that happened.
    public mutating func observe(_ observation: Observation, atUs: Int64) {
        verdict.now.monotonicUs = atUs
        switch observation {
        case .commit(let isUnderWay):
            blame(unless(!(isUnderWay && isCommitting), .oneAtATime, "two commits"))
            isCommitting = isUnderWay
        case .kept(let records): keep(records)
        case .showed(let version): show(version)
        case .acknowledged(let placed, let account, let pixel):
            acknowledge(placed, account, pixel)
        case .welcomed(let connection, let version):
            show(version)
            welcome(connection, version)
        case .subscribed(let connection, let topic): subscribe(connection, topic)
        case .follows(let connection, let takesPart): expect(connection, takesPart: takesPart)
        case .unsubscribed(let connection): unsubscribe(connection)
        case .ended(let connection): end(connection)
        case .published(let run, let topic): publish(run, topic)
        case .headShown(let head): checkHead(epoch: head.epoch, size: head.size, version: head.version)
        case .resetPublished(let epoch, let version, let size, let topic):
            publishReset(epoch, version, size, topic)
        case .resetSent(let id, let epoch, let version, let size): sendReset(epoch, version, size, to: id)
        case .merged(let connection, let run):
            verdict.tally.mergedFrames += 1
            checkFrame(run)
            follow(connection, run)
        case .snapshotWanted(let version, let cells): wantSnapshot(version, cells)
        case .snapshotEnded: isTakingSnapshot = false
        case .snapshotGiven(let snapshot):
            checkHead(epoch: snapshot.epoch, size: snapshot.size, version: snapshot.version)
            checkSnapshot(snapshot.version, snapshot.zlib)
        case .touchedGiven(let touched): checkTouched(touched)
        case .changesGiven(let answer, let from, let to): checkChanges(answer, from, to)
        case .spectatorGiven(let kind, let watcher, let givenUs): give(kind, watcher, givenUs)
        case .asked(let id): open.insert(id)
        case .answered(let id): blame(unless(open.remove(id) != nil, .oneAnswer, "request \(id.rawValue)"))
        case .hostAsked(let id): openHostCalls.insert(id)
        case .hostAnswered(let id):
            blame(unless(openHostCalls.remove(id) != nil, .oneAnswer, "host's command \(id.rawValue)"))
        case .confirmedToTelegram(let update): confirm(update)
        case .wakePlanned(let wakeUs):
            blame(unless(wakeUs > atUs, .sparseWakes, "a wake-up \(atUs - wakeUs) us ago"))
        case .behind(let connection, let sinceUs):
            let limitUs = Int64(Limits.maxCongestedMs + 1_000) * 1000
            blame(unless(atUs - sinceUs <= limitUs, .slowReaders, "connection \(connection.rawValue)"))
        case .carried(let isSame, let what): blame(unless(isSame, .sameWords, what))
        case .repeats(let id): signIns.honest.insert(id)
        case .cheats(let account): runs.cheats.insert(account)
        case .passed(let wallMs, let reads, let effects):
            verdict.now.wallMs = wallMs
            clicks.pace.step(at: verdict.now)
            for case .request(let id, let route, let caller, _) in reads { note(route, id, caller, nil) }
            pass(reads, effects)
            watch(effects)
        case .took(let input, let effects):
            note(input)
            noteOrder(input)
            if case .committed = input { committedVersion = history.version }
            if case .host(let call, let command, _) = input { order(command, call) }
            take(input, effects)
            watch(effects)
            if case .committed = input {
                closeRooms()
                closeRuns()
            }
        case .pursued(let effects):
            pursue(effects)
            watch(effects)
        case .stands(let standing): judge(standing)
        case .restarted(let recovered, let version, let cells, let wallMs):
            verdict.now.wallMs = wallMs
            restart(recovered, version, cells)
        case .quiet(let version, let cells):
            quiet = (version, cells)
            compare("the server", version, cells, to: (history.version, history.cells(at: history.version)))
        case .heard(let connection, let event): hear(event, on: connection)
        case .clicked(let tallies): settle(tallies)
        case .room(let name, let view): checkRoom(name, view)
        case .settled(let present):
            settle(present)
            settleFeeds()
            settleRelays()
            settleRuns()
            settleAudits()
        case .replica(let name, let version, let cells):
            if let quiet { compare(name, version, cells, to: quiet) }
        }
    }

    /// A broken invariant unless it holds; the words are put together only then.
    func unless(
        _ holds: Bool, _ invariant: Violation.Invariant, _ detail: @autoclosure () -> String
    ) -> Violation? {
        holds ? nil : Violation(invariant: invariant, detail: detail(), atUs: verdict.nowUs)
    }

    mutating func blame(_ violation: Violation?) {
        if let violation { verdict.blame(violation) }
    }

    private mutating func show(_ version: Version) {
        let isDurable = version <= history.version
        blame(unless(isDurable, .durableFirst, "\(version) was shown at \(history.version)"))
    }

    /// Whether a token that the edge took for good is worth something.
    func accepts(_ identity: Identity) -> Bool { signIns.head.accepts(identity) }

    /// Counts what only the world sees.
    mutating func count(_ change: (inout Outcome.Tally) -> Void) { change(&verdict.tally) }

    private mutating func restart(_ recovered: RecoveredState, _ version: Version, _ cells: [UInt8]) {
        verdict.tally.restarts += 1
        blame(
            unless(
                version >= acknowledged, .keptAcknowledged, "\(acknowledged) is lost, \(version) is the last")
        )
        compare("the start", version, cells, to: (history.version, history.cells(at: history.version)))
        recover(recovered)
        recover(relays: recovered.relays)
        recover(economy: recovered)
        recover(canvas: recovered)
        committedVersion = version
        bans.restart()
        restartHosting()
        audits.forget()
        telegrams.restart()
        clicks.restart()
        placements.forget()
        madeUs = [:]
        headVersion = version
        feeds = [:]
        feedOrder = []
        published = [:]
        startVersion = version
        spectatorFrameUs = nil
        given = [:]
        isTakingSnapshot = false
        // A restart makes everyone afk, and nothing that was open still is.
        players.restart()
        sockets = SocketModel()
        presences.forget()
        admission.forget()
        told = ToldLaw()
        paths = PathLaw()
        open = []
        openHostCalls = []
        isCommitting = false
    }
}
