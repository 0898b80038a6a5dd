/// What goes wrong in a simulated world.
public enum FaultKind: String, CaseIterable, Sendable {
    /// Connections are reset, and requests or their answers with them.
    case drop
    /// Messages take seconds.
    case delay
    /// Clients stop reading for a while.
    case stall
    /// The server dies, or is told to stop, and starts again.
    case crash
    /// The disk has no room for a while.
    case full
    /// The disk fails, until the server is started again.
    case broken
    /// The wall clock steps, forwards or backwards, by seconds or hours; the monotonic one doesn't.
    case clock
    /// An account connects a second time, or two of its connections race.
    case duplicate

    /// The names of all of them, joined by commas.
    public static var list: String { allCases.map(\.rawValue).joined(separator: ",") }
}

/// What people do in a simulated world.
public enum Workload: String, CaseIterable, Sendable {
    /// A dozen people paint as fast as they may: for what reaches the disk and the canvas.
    case canvas
    /// Far more people than places come and go: for states, the queue, sockets and sign-ins.
    case crowd
    /// Guests and accounts push clicks, game after game.
    case clicks
    /// Accounts play puzzle relays, and guests watch.
    case relays
    /// Accounts play runs, by the rules and not, and buy, wear, look at ads, write to the host and are banned.
    case arcade
    /// A crowd whose host turns knobs and bans for a while, and who do the same over HTTP where they have a role.
    case hosting
    /// The dozen paints while hosts begin new canvases, take placements back and protect parts of the canvas.
    case canvases

    /// The dozen paints while someone orders by Telegram, and what was ordered comes again after each crash.
    case telegram

    /// The names of all of them, joined by commas.
    public static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// One run of the simulator: all that happens in it follows from these.
public struct Scenario: Hashable, Sendable {
    /// Where every random number comes from.
    public var seed: UInt64
    /// Simulated time.
    public var minutes: Int
    /// What goes wrong, in the order of `FaultKind.allCases`.
    public var faults: [FaultKind]
    /// What people do.
    public var workload: Workload

    /// Joins the parts.
    public init(seed: UInt64, minutes: Int, faults: [FaultKind], workload: Workload = .canvas) {
        self.seed = seed
        self.minutes = minutes
        self.faults = FaultKind.allCases.filter(faults.contains)
        self.workload = workload
    }

    /// The time that all accounts together live through, in hours.
    public var playerHours: Double {
        Double(workload.rules.accounts * minutes) / 60
    }

    /// Reads a list of faults: names joined by commas, `none` or `all`; nil for anything else.
    public static func faults(_ text: String) -> [FaultKind]? {
        switch text {
        case "none": return []
        case "all": return FaultKind.allCases
        default:
            let names = text.split(separator: ",", omittingEmptySubsequences: false)
            let kinds = names.compactMap { FaultKind(rawValue: String($0)) }
            return kinds.count == names.count ? kinds : nil
        }
    }
}

/// What a run came to.
public struct Outcome: Hashable, Sendable {
    /// The first broken invariant; nil where all held.
    public var violation: Violation?
    /// A hash of the server's last state and of everything that anyone was told on the way.
    public var stateHash: UInt64
    /// What happened, for those who wonder whether anything did.
    public var tally: Tally

    /// How much happened.
    public struct Tally: Hashable, Sendable {
        /// Versions made durable.
        public var versions = 0
        /// Placements and undos that someone was told of.
        public var acknowledged = 0
        /// Undos made durable.
        public var undos = 0
        /// Frames published or merged.
        public var frames = 0
        /// Frames published to spectators.
        public var spectatorFrames = 0
        /// Frames merged for readers who fell behind.
        public var mergedFrames = 0
        /// Connections closed for reading too slowly.
        public var evictions = 0
        /// Commits that failed.
        public var failedCommits = 0
        /// Starts after the first.
        public var restarts = 0
        /// Replicas held against the server when all was quiet.
        public var comparisons = 0
        /// Places given.
        public var promotions = 0
        /// Ends of play by idling.
        public var idlings = 0
        /// Positions lost by absence.
        public var absences = 0
        /// Refusals because the queue was full.
        public var fullQueues = 0
        /// Sockets closed because the account opened another.
        public var replaced = 0
        /// Sockets that found their account's place or position kept.
        public var reconnects = 0
        /// Sign-ins with a key.
        public var signIns = 0
        /// Refreshes granted, repeated ones too.
        public var refreshes = 0
        /// Families ended because a used token came again.
        public var reuses = 0
        /// Sign-ins ended by logging out.
        public var logouts = 0
        /// Accounts deleted.
        public var deletions = 0
        /// Sockets closed because their token wasn't renewed.
        public var staleTokens = 0
        /// Presences cleared after silence.
        public var silences = 0
        /// Times that load paused admission.
        public var pauses = 0
        /// Accounts kicked by a host.
        public var kicks = 0
        /// Pushes of clicks made durable.
        public var pushes = 0
        /// Pushes that were answered again.
        public var repeatedPushes = 0
        /// Pushes refused as implausible.
        public var implausiblePushes = 0
        /// Pushes refused because they came too soon.
        public var earlyPushes = 0
        /// Click games that ended.
        public var clickGames = 0
        /// Totals told to everyone.
        public var totalsTold = 0
        /// Clicks of named batches that were kept when all was quiet last.
        public var clicksKept = 0
        /// Clicks that those who pushed knew to be counted then.
        public var clicksAcknowledged = 0
        /// Batches of which nobody knew then, or ever will, what became of them.
        public var unresolvedBatches = 0
        /// Relays that began.
        public var relaysStarted = 0
        /// Relays that ended.
        public var relaysEnded = 0
        /// Puzzles solved.
        public var solves = 0
        /// Wrong answers to puzzles.
        public var wrongAnswers = 0
        /// Events of relays that someone heard.
        public var eventsHeard = 0
        /// Arcade runs that began.
        public var runsStarted = 0
        /// Runs that counted.
        public var runsCounted = 0
        /// Runs that ended, by the word for why.
        public var runEnds: [String: Int] = [:]
        /// Points that counted in runs.
        public var hits = 0
        /// Points that a slow line held up.
        public var latePoints = 0
        /// Flags, by the word for why.
        public var flags: [String: Int] = [:]
        /// Times at which a run wasn't begun because there were enough.
        public var refusedRuns = 0
        /// Runs that were left when their time was up.
        public var lateLeavers = 0
        /// Words about runs that nobody knows.
        public var unknownRuns = 0
        /// Flags of those who play by the rules, on lines that held three points of a run up beyond measure.
        public var slowLines = 0
        /// Login bonuses.
        public var bonuses = 0
        /// The longest streak of days with one.
        public var longestStreak = 0
        /// Skins bought.
        public var purchases = 0
        /// Purchases refused because the skin was the buyer's.
        public var repeatedPurchases = 0
        /// Purchases refused because the buyer hadn't enough.
        public var poorBuyers = 0
        /// Changes of what someone wears.
        public var wears = 0
        /// Skins installed or replaced.
        public var installs = 0
        /// Ads shown.
        public var impressions = 0
        /// Ads seen to their end.
        public var completions = 0
        /// Ads that weren't over when someone said so.
        public var earlyCompletions = 0
        /// Ends of ads that weren't shown to whoever told of them.
        public var strangeImpressions = 0
        /// Messages to the host.
        public var messages = 0
        /// Messages refused because there were enough.
        public var refusedMessages = 0
        /// Canvases begun anew.
        public var newGames = 0
        /// Rollbacks that were kept, those of rollbacks too.
        public var rollbacks = 0
        /// Cells that rollbacks changed.
        public var rolledBack = 0
        /// Rollbacks that were only counted.
        public var previews = 0
        /// Areas that were protected, and that ended.
        public var protections = 0
        /// Bans that became durable.
        public var bans = 0
        /// Calls of those who are banned.
        public var bannedCalls = 0
        /// Bans that came to their ends.
        public var banEnds = 0
        /// Knobs that were kept.
        public var knobs = 0
        /// Calls over HTTP that take a role and were given by someone who has it.
        public var hostedCalls = 0
        /// Such calls by everyone else.
        public var forbiddenCalls = 0
        /// Rows of the audit that were kept.
        public var auditRows = 0
        /// Orders from Telegram that reached the server.
        public var telegramOrders = 0
        /// Of them, those that came again.
        public var repeatedOrders = 0
    }
}
