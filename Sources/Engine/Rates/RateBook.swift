import Protocol

/// Whom a limit counts by: an account or guest, else an address.
enum RateKey: Hashable, Sendable {
    case account(Identifier)
    case address(String)
}

/// What a spectator may have once a cooldown; each kind has its own bucket.
enum WatchedKind: Hashable, Sendable {
    case snapshot
    case changes
    case png
    case touched
    case text
    case watch
    /// May come several times a cooldown: whoever looks back looks at more than one moment.
    case history
}

/// All limits of the server and the answers they give.
struct RateBook: Sendable {
    private var places: RateTable<Identifier>
    private var requests: RateTable<RateKey>
    /// What all guests of an address ask together: guest tokens cost nothing.
    private var guestRequests: RateTable<String>
    private var signIns: RateTable<String>
    private var guests: RateTable<String>
    private var answers: RateTable<Identifier>
    private var relays: RateTable<Identifier>
    private var watched: RateTable<WatchKey>
    private var pasts: RateTable<WatchKey>
    private var flags: RateTable<FlagKey>
    private var impressions: RateTable<Identifier>
    private var runs: RateTable<Identifier>
    private var announcements: RateTable<Everyone>
    private var codes: RateTable<String>
    /// The rule for a socket's messages; each connection keeps its own timestamp.
    let messages: GCRA?

    /// Relays that an account makes.
    private static let relayRate = Rate(perSecond: 0.2, burst: 20)

    /// Flags of an account for one reason.
    private static let flagRate = Rate(perSecond: 1.0 / 600, burst: 3)
    /// Ads that an account or guest is shown.
    private static let impressionRate = Rate(perSecond: 0.1, burst: 10)
    /// Runs that an account begins.
    private static let runRate = Rate(perSecond: 0.2, burst: 20)

    /// What everybody makes: one key for all.
    private enum Everyone: Hashable, Sendable {
        case announcements
    }

    private struct FlagKey: Hashable, Sendable {
        var account: Identifier
        var reason: FlagRecord.Reason
    }

    private struct WatchKey: Hashable, Sendable {
        var kind: WatchedKind
        var watcher: RateKey
    }

    /// Takes the configured rates.
    init(_ configuration: EngineConfiguration) {
        let maxKeys = Limits.maxRateKeys
        places = RateTable(GCRA(configuration.placeRate), maxKeys: maxKeys)
        requests = RateTable(GCRA(configuration.requestRate), maxKeys: maxKeys)
        guestRequests = RateTable(
            GCRA(
                Rate(
                    perSecond: configuration.requestRate.perSecond * Double(Limits.guestRequestFactor),
                    burst: configuration.requestRate.burst * Limits.guestRequestFactor)), maxKeys: maxKeys)
        signIns = RateTable(GCRA(configuration.signInRate), maxKeys: maxKeys)
        guests = RateTable(GCRA(configuration.guestRate), maxKeys: maxKeys)
        relays = RateTable(GCRA(Self.relayRate), maxKeys: maxKeys)
        answers = RateTable(GCRA(onceInMs: Limits.answerIntervalMs), maxKeys: maxKeys)
        flags = RateTable(GCRA(Self.flagRate), maxKeys: maxKeys)
        runs = RateTable(GCRA(Self.runRate), maxKeys: maxKeys)
        codes = RateTable(GCRA(configuration.signInRate), maxKeys: maxKeys)
        impressions = RateTable(GCRA(Self.impressionRate), maxKeys: maxKeys)
        watched = RateTable(GCRA(onceInMs: configuration.spectatorCooldownMs), maxKeys: maxKeys)
        let perSecond = 1000 / Double(Limits.announcementIntervalMs)
        announcements = RateTable(
            Rate(perSecond: perSecond, burst: Limits.announcementBurst), maxKeys: 1)
        pasts = RateTable(
            GCRA(Self.historyRate(cooldownMs: configuration.spectatorCooldownMs)), maxKeys: maxKeys)
        messages = GCRA(configuration.messageRate)
    }

    /// Has everyone's placements go by another rate, as if nobody had placed yet.
    mutating func setPlaces(_ rate: Rate) {
        places = RateTable(GCRA(rate), maxKeys: Limits.maxRateKeys)
    }

    /// Has spectators wait for another time, as if nobody had looked yet.
    mutating func setCooldown(ms: Int) {
        watched = RateTable(GCRA(onceInMs: ms), maxKeys: Limits.maxRateKeys)
        pasts = RateTable(GCRA(Self.historyRate(cooldownMs: ms)), maxKeys: Limits.maxRateKeys)
    }

    /// Counts an announcement, whoever makes it.
    mutating func announcement(at now: Moment) -> Failure? {
        Self.limited(announcements.spend(.announcements, at: now.monotonicUs), "announcements")
    }

    /// Counts a placement or an undo.
    mutating func place(by account: Identifier, at now: Moment) -> Failure? {
        Self.limited(places.spend(account, at: now.monotonicUs), "placements")
    }

    /// Counts a relay that is made.
    mutating func relay(by account: Identifier, at now: Moment) -> Failure? {
        Self.limited(relays.spend(account, at: now.monotonicUs), "relays")
    }

    /// Counts an answer to a relay's puzzle.
    mutating func answer(by account: Identifier, at now: Moment) -> Failure? {
        Self.limited(answers.spend(account, at: now.monotonicUs), "answers")
    }

    /// Counts a flag; false where an account has had enough of one kind for now.
    mutating func flag(of account: Identifier, _ reason: FlagRecord.Reason, at now: Moment) -> Bool {
        flags.spend(FlagKey(account: account, reason: reason), at: now.monotonicUs) <= 0
    }

    /// Counts a run that is begun.
    mutating func run(by account: Identifier, at now: Moment) -> Failure? {
        Self.limited(runs.spend(account, at: now.monotonicUs), "runs")
    }

    /// Counts an ad that is shown; false where someone has seen enough for now.
    mutating func impression(of holder: Identifier, at now: Moment) -> Bool {
        impressions.spend(holder, at: now.monotonicUs) <= 0
    }

    /// Counts an HTTP request: by its account or guest, else by its address.
    mutating func request(by caller: Caller, at now: Moment) -> Failure? {
        var waitUs = requests.spend(caller.watcherKey, at: now.monotonicUs)
        if waitUs <= 0, caller.identity != nil, caller.account == nil {
            waitUs = guestRequests.spend(caller.address, at: now.monotonicUs)
        }
        return Self.limited(waitUs, "requests")
    }

    /// Counts a challenge, a sign-in or a refresh.
    mutating func signIn(from address: String, at now: Moment) -> Failure? {
        Self.limited(signIns.spend(address, at: now.monotonicUs), "sign-ins")
    }

    /// Counts a code that is entered, right or wrong; as many as sign-ins, and apart from them.
    mutating func code(from address: String, at now: Moment) -> Failure? {
        Self.limited(codes.spend(address, at: now.monotonicUs), "codes")
    }

    /// Counts a guest.
    mutating func guest(from address: String, at now: Moment) -> Failure? {
        Self.limited(guests.spend(address, at: now.monotonicUs), "guests")
    }

    /// Refuses a spectator whose cooldown runs; spends nothing.
    func checkCooldown(_ kind: WatchedKind, of watcher: RateKey, at now: Moment) -> Failure? {
        let key = WatchKey(kind: kind, watcher: watcher)
        guard kind != .history else {
            return Self.limited(pasts.waitUs(key, at: now.monotonicUs), "looks at history", .cooldown)
        }
        let wait = watched.waitUs(key, at: now.monotonicUs)
        guard wait > 0 else { return nil }
        return Failure(
            .cooldown, "Whoever doesn't play gets this once a cooldown.", retryAfterMs: Self.ms(wait))
    }

    /// Starts a spectator's cooldown.
    mutating func spendCooldown(_ kind: WatchedKind, of watcher: RateKey, at now: Moment) {
        let key = WatchKey(kind: kind, watcher: watcher)
        _ = kind == .history ? pasts.spend(key, at: now.monotonicUs) : watched.spend(key, at: now.monotonicUs)
    }

    /// What spectators may read of history; off where there is no cooldown.
    private static func historyRate(cooldownMs: Int) -> Rate {
        let reads = Limits.historyReadsPerCooldown
        return Rate(
            perSecond: cooldownMs > 0 ? Double(reads) * 1_000 / Double(cooldownMs) : 0, burst: 2 * reads)
    }

    private static func limited(
        _ waitUs: Int64, _ what: String, _ code: ErrorCode = .rateLimited
    ) -> Failure? {
        guard waitUs > 0 else { return nil }
        return Failure(code, "Too many \(what); wait a little.", retryAfterMs: ms(waitUs))
    }

    private static func ms(_ us: Int64) -> Int { min(Int((us + 999) / 1000), Limits.maxRetryAfterMs) }
}
