import Protocol

/// The snapshot that is served, and when the next one is due.
struct SnapshotDesk: Sendable {
    private static let intervalUs = Int64(Limits.snapshotIntervalMs) * 1000
    private static let persistIntervalUs = Int64(Limits.snapshotPersistIntervalMs) * 1000

    private let every: Version
    /// The snapshot that is served; nil until the first was taken.
    private(set) var served: SnapshotAnswer?
    private(set) var underWay: Version?
    /// Whether the one under way is of a canvas that is over.
    private var isStale = false
    private var lastStartUs: Int64?
    private var persisted: Version?
    private var lastPersistUs: Int64?

    /// Starts with what storage kept.
    init(every: Int, recovered: SnapshotAnswer?) {
        self.every = Version(max(1, every))
        served = recovered
        persisted = recovered?.version
    }

    /// When the next one should be taken; nil when none is due or one is under way.
    func dueUs(at version: Version) -> Int64? {
        guard underWay == nil else { return nil }
        guard let served else { return .min }
        guard version - served.version >= every else { return nil }
        return lastStartUs.map { $0 + Self.intervalUs } ?? .min
    }

    /// Notes that one is being taken.
    mutating func start(_ version: Version, at now: Moment) {
        underWay = version
        lastStartUs = now.monotonicUs
    }

    /// Starts over with a blank canvas, of which one is due at once, or as soon as the one under way is there.
    mutating func restart() {
        served = nil
        persisted = nil
        lastStartUs = nil
        isStale = underWay != nil
    }

    /// The version that will be served next; nil while none is taken of this canvas.
    var coming: Version? { isStale ? nil : underWay }

    /// Serves the one that was taken; false for one that nobody asked for or that is of a canvas that is over.
    mutating func taken(_ snapshot: SnapshotAnswer) -> Bool {
        guard underWay == snapshot.version else { return false }
        underWay = nil
        guard !isStale else {
            isStale = false
            return false
        }
        served = snapshot
        return true
    }

    /// The snapshot that the next commit should carry; nil when storage has it, or had one a moment ago.
    func toPersist(at now: Moment, isLast: Bool) -> SnapshotAnswer? {
        guard let served, served.version != persisted else { return nil }
        if !isLast, let lastPersistUs, now.monotonicUs - lastPersistUs < Self.persistIntervalUs { return nil }
        return served
    }

    /// Notes that a commit kept one.
    mutating func persisted(_ version: Version, at now: Moment) {
        persisted = version
        lastPersistUs = now.monotonicUs
    }
}
