import Synchronization

/// What became of the commits so far, for those who watch a server.
public struct CommitStatistics: Hashable, Sendable {
    /// The longest commit of each bucket but the last, in microseconds; the last bucket has no bound.
    public static let bucketBoundsUs: [Int64] = [
        250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000,
    ]

    /// How many commits of each bucket became durable: one number for each bound, and one for those beyond.
    ///
    /// Each commit stands in one bucket alone, the first whose bound it didn't pass.
    public var buckets: [Int]
    /// How long the durable commits took together, in seconds.
    public var seconds: Double
    /// How long the last of them took, in microseconds; 0 before the first.
    public var lastUs: Int64
    /// Commits that storage didn't keep.
    public var failedCount: Int
    /// What the database and its log take up on the disk, in bytes.
    public var databaseBytes: Int64

    /// How many commits became durable.
    public var count: Int { buckets.reduce(0, +) }

    /// Joins the parts.
    public init(
        buckets: [Int] = [Int](repeating: 0, count: bucketBoundsUs.count + 1), seconds: Double = 0,
        lastUs: Int64 = 0, failedCount: Int = 0, databaseBytes: Int64 = 0
    ) {
        self.buckets = buckets
        self.seconds = seconds
        self.lastUs = lastUs
        self.failedCount = failedCount
        self.databaseBytes = databaseBytes
    }
}

/// What the storage thread measures: written by it alone, read from any thread without a lock.
final class CommitTimes: Sendable {
    private let buckets = InlineArray<12, Atomic<Int>> { _ in Atomic(0) }
    private let totalUs = Atomic<Int64>(0)
    private let lastUs = Atomic<Int64>(0)
    private let failedCount = Atomic<Int>(0)
    private let databaseBytes = Atomic<Int64>(0)

    init() {
        precondition(buckets.count == CommitStatistics.bucketBoundsUs.count + 1, "a bucket for each bound")
    }

    /// Counts a commit that became durable.
    func count(us: Int64) {
        let bounds = CommitStatistics.bucketBoundsUs
        let bucket = bounds.firstIndex { us <= $0 } ?? bounds.count
        buckets[bucket].add(1, ordering: .relaxed)
        totalUs.add(us, ordering: .relaxed)
        lastUs.store(us, ordering: .relaxed)
    }

    /// Counts a commit that failed.
    func countFailure() {
        failedCount.add(1, ordering: .relaxed)
    }

    /// Takes what the files take up now.
    func measured(databaseBytes bytes: Int64) {
        databaseBytes.store(bytes, ordering: .relaxed)
    }

    /// The numbers as they stand; a commit that ends meanwhile may be in some of them already.
    var statistics: CommitStatistics {
        CommitStatistics(
            buckets: buckets.indices.map { buckets[$0].load(ordering: .relaxed) },
            seconds: Double(totalUs.load(ordering: .relaxed)) / 1_000_000,
            lastUs: lastUs.load(ordering: .relaxed), failedCount: failedCount.load(ordering: .relaxed),
            databaseBytes: databaseBytes.load(ordering: .relaxed))
    }
}
