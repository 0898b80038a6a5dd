import Engine
import Protocol
import Storage
import Transport

/// Takes the server's figures once a second and remembers the last minutes; confined to the loop's thread.
final class FigureMeter {
    /// What only grows, as it was a second ago.
    private struct Totals {
        var placements = 0
        var refusals = 0
        var sentBytes: UInt64 = 0
        var commits = [Int](repeating: 0, count: CommitStatistics.bucketBoundsUs.count + 1)
        var lags = [Int](repeating: 0, count: LagHistogram.boundsUs.count + 1)
    }

    private let loop: EventLoop
    private let meters: Meters
    private let storage: StorageThread
    private var ring = FigureRing()
    private var last = Totals()
    private var lastAtMs: Int64 = 0
    private var dueUs: Int64 = 0
    private var timer: LoopTimer?
    private var counts: (() -> EngineCounts)?

    private static let intervalUs: Int64 = 1_000_000

    init(devices: Gateway.Devices) {
        loop = devices.loop
        meters = devices.meters
        storage = devices.storage
    }

    /// Begins to measure.
    func begin(counts: @escaping () -> EngineCounts) {
        self.counts = counts
        timer = loop.makeTimer { [unowned self] in measure() }
        dueUs = loop.monotonicUs + Self.intervalUs
        timer?.schedule(afterUs: Int(Self.intervalUs))
    }

    /// What is remembered.
    var answer: FiguresAnswer { FiguresAnswer(atMs: lastAtMs, samples: ring.inOrder) }

    private func measure() {
        guard let counts = counts?() else { return }
        let statistics = storage.statistics
        let now = Totals(
            placements: counts.plays.placements, refusals: meters.refusalCount, sentBytes: loop.sentBytes,
            commits: statistics.buckets, lags: meters.lag.counts)
        var sample = FigureSample()
        sample.placements = now.placements - last.placements
        sample.players = counts.players
        sample.queued = counts.queued
        sample.connections = counts.connections
        sample.sentBytes = Int(now.sentBytes - last.sentBytes)
        sample.commitP99Us = Quantile.of(
            0.99, counts: zip(now.commits, last.commits).map { $0 - $1 },
            bounds: CommitStatistics.bucketBoundsUs)
        sample.lagP99Us = Quantile.of(
            0.99, counts: zip(now.lags, last.lags).map { $0 - $1 }, bounds: LagHistogram.boundsUs)
        sample.refusals = now.refusals - last.refusals
        sample.memoryBytes = Int(ProcessFigures.read().residentBytes)
        ring.add(sample)
        last = now
        lastAtMs = WallClock.nowMs
        // A second that came late doesn't make the next one late, too; after a long stop none is made up for.
        dueUs = max(dueUs + Self.intervalUs, loop.monotonicUs)
        timer?.schedule(afterUs: Int(dueUs - loop.monotonicUs))
    }
}
