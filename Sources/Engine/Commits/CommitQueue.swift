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

        /// The accounts that it changes, once a change.
        var accounts: [Identifier] {
            reversals.compactMap { if case .account(let id, _) = $0 { id } else { nil } }
        }
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
    /// Changes of each account that aren't durable yet.
    private var pendingOf: [Identifier: Int] = [:]

    /// Starts empty.
    init(tickMs: Int) {
        tickUs = Int64(max(0, tickMs)) * 1000
    }

    /// Records that aren't durable yet.
    var pendingCount: Int { next.records.count + (inFlight?.group.records.count ?? 0) }

    /// Whether anything waits or is under way.
    var isEmpty: Bool { inFlight == nil && next.records.isEmpty }

    /// Whether something about an account isn't durable yet.
    func isPending(_ account: Identifier) -> Bool { pendingOf[account] != nil }

    /// Adds a record, with whoever waits for it and the way back.
    mutating func add(_ record: Record, held: Held? = nil, reversal: Reversal? = nil) {
        next.records.append(record)
        if let held { next.held.append(held) }
        if let reversal { next.reversals.append(reversal) }
        if case .account(let id, _) = reversal { pendingOf[id, default: 0] += 1 }
    }

    /// Adds a way back to what waits, beside those of its records.
    mutating func note(reversal: Reversal) { next.reversals.append(reversal) }

    private mutating func release(_ group: Group) {
        for account in group.accounts {
            let left = (pendingOf[account] ?? 1) - 1
            pendingOf[account] = left > 0 ? left : nil
        }
    }

    /// Has someone wait for what was added last, which may be under way already; there is something.
    mutating func hold(_ held: Held) {
        precondition(!isEmpty, "nothing to wait for")
        if next.records.isEmpty { inFlight?.group.held.append(held) } else { next.held.append(held) }
    }

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
        release(done.group)
        return done
    }

    /// Empties everything that waits.
    mutating func takeWaiting() -> Group {
        let group = next
        next = Group()
        release(group)
        return group
    }
}
