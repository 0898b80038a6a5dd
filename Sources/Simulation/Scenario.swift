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
}

/// One run of the simulator: all that happens in it follows from these.
public struct Scenario: Hashable, Sendable {
    /// Where every random number comes from.
    public var seed: UInt64
    /// Simulated time.
    public var minutes: Int
    /// What goes wrong, in the order of `FaultKind.allCases`.
    public var faults: [FaultKind]

    /// Joins the parts.
    public init(seed: UInt64, minutes: Int, faults: [FaultKind]) {
        self.seed = seed
        self.minutes = minutes
        self.faults = FaultKind.allCases.filter(faults.contains)
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
    }
}
