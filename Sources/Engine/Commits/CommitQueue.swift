import Protocol

/// What waits for storage: records in order, the answers they hold back, and how to take them back.
///
/// One commit is under way at a time, and they start at least a tick apart.
struct CommitQueue: Sendable {
    /// A group of records that become durable together.
    struct Group: Sendable {
        var records: [Record] = []
        var held: [Held] = []
        var reversals: [Reversal] = []
    }

    /// A commit that storage works on.
    struct InFlight: Sendable {
        var id: CommitID
        var group: Group
        /// The canvas's version once it is durable.
        var headVersion: Version
        var epoch: EpochRecord?
        var snapshotVersion: Version?
    }

    private let tickUs: Int64
    private(set) var inFlight: InFlight?
    private var next = Group()
    private var lastStartUs: Int64?
    private var lastID: UInt64 = 0

    /// Starts empty.
    init(tickMs: Int) {
        tickUs = Int64(max(0, tickMs)) * 1000
    }

    /// Records that aren't durable yet.
    var pendingCount: Int { next.records.count + (inFlight?.group.records.count ?? 0) }

    /// Whether anything waits or is under way.
    var isEmpty: Bool { inFlight == nil && next.records.isEmpty }

    /// Adds a record, with whoever waits for it and the way back.
    mutating func add(_ record: Record, held: Held? = nil, reversal: Reversal? = nil) {
        next.records.append(record)
        if let held { next.held.append(held) }
        if let reversal { next.reversals.append(reversal) }
    }

    /// Has someone wait for what was added last.
    mutating func hold(_ held: Held) { next.held.append(held) }

    /// When the next commit may start; nil when nothing waits or one is under way.
    var dueUs: Int64? {
        guard inFlight == nil, !next.records.isEmpty else { return nil }
        return lastStartUs.map { $0 + tickUs } ?? .min
    }

    /// Takes what waits as the commit under way.
    ///
    /// - Returns: its number and the records that waited, to which the caller adds what it told us it would.
    mutating func start(
        at now: Moment, headVersion: Version, epoch: EpochRecord?, snapshotVersion: Version?
    ) -> (id: CommitID, records: [Record]) {
        precondition(inFlight == nil, "one commit at a time")
        lastID += 1
        let group = next
        inFlight = InFlight(
            id: CommitID(rawValue: lastID), group: group, headVersion: headVersion, epoch: epoch,
            snapshotVersion: snapshotVersion)
        lastStartUs = now.monotonicUs
        next = Group()
        next.records.reserveCapacity(group.records.count)
        next.held.reserveCapacity(group.held.count)
        return (CommitID(rawValue: lastID), group.records)
    }

    /// Ends the commit under way; nil for a number that isn't under way.
    mutating func finish(_ id: CommitID) -> InFlight? {
        guard let done = inFlight, done.id == id else { return nil }
        inFlight = nil
        return done
    }

    /// Empties everything that waits.
    mutating func takeWaiting() -> Group {
        let group = next
        next = Group()
        return group
    }
}
