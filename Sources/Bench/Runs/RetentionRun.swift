import Engine
import FoundationEssentials
import Glibc
import Protocol
import Storage

/// `pixelwars-bench retention`: what it costs that old history goes, beside commits of 2,000 pixels a second.
///
/// Two databases get the same commits, a tick's pixels each, with the upkeep after each: one keeps all, the other
/// a day, which in the records' time is so short that each new pixel pushes an old one out. No time is waited for:
/// CPU time is compared, of so many pixels as a server takes in a second.
struct RetentionRun {
    /// The figures.
    struct Measurement: Codable {
        var changes: Int
        /// CPU time of commits and upkeep, as a share of one core at this rate.
        var corePercentKeepingAll: Double
        var corePercentKeepingADay: Double
        /// The difference.
        var retentionCorePercent: Double
        /// What a commit may have to wait for, of the database that drops.
        var upkeepMs: Spread
        /// The same of the one that keeps all.
        var upkeepKeepingAllMs: Spread
        var databaseMBKeepingAll: Double
        var databaseMBKeepingADay: Double
        var bars: [Bar]
    }

    /// How long upkeep after a commit took.
    struct Spread: Codable {
        var median: Double
        var p99: Double
        var longest: Double

        fileprivate init(_ us: [Int64]) {
            let sorted = us.sorted()
            func at(_ share: Double) -> Double {
                Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1_000
            }
            (median, p99, longest) = (at(0.5), at(0.99), at(1))
        }
    }

    private static let changesPerSecond = 2_000
    private static let changesPerCommit = 50
    private static let changes = 600_000
    /// Versions to a day of the records' time.
    private static let dayVersions: Int64 = 150_000
    private static let snapshotEvery = 2_000
    private static let paintedCells = 50_000
    private static let maxCorePercent = 3.0
    private static let maxP99Ms = 10.0

    /// Feeds both and compares.
    func measurement() throws(BenchFailure) -> Measurement {
        Report.line("retention: \(Self.changes) changes, twice")
        let all = try run(days: 0)
        let day = try run(days: 1)
        let seconds = Double(Self.changes) / Double(Self.changesPerSecond)
        let percents = [all, day].map { $0.cpuSeconds * 100 / seconds }
        let upkeep = Spread(day.upkeepUs)
        let difference = percents[1] - percents[0]
        return Measurement(
            changes: Self.changes, corePercentKeepingAll: percents[0], corePercentKeepingADay: percents[1],
            retentionCorePercent: difference, upkeepMs: upkeep, upkeepKeepingAllMs: Spread(all.upkeepUs),
            databaseMBKeepingAll: Double(all.bytes) / 1_000_000,
            databaseMBKeepingADay: Double(day.bytes) / 1_000_000,
            bars: [
                Bar(name: "% of a core for retention", measured: difference, atMost: Self.maxCorePercent),
                Bar(name: "ms of upkeep, 99th percentile", measured: upkeep.p99, atMost: Self.maxP99Ms),
            ])
    }

    private struct Outcome {
        var cpuSeconds = 0.0
        var upkeepUs: [Int64] = []
        var bytes: Int64 = 0
    }

    private func run(days: Int) throws(BenchFailure) -> Outcome {
        let directory =
            FileManager.default.temporaryDirectory.path + "/pixelwars-retention-\(getpid())-\(days)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        guard let size = CanvasSize(width: 1_000, height: 1_000) else {
            throw BenchFailure("the canvas is too large")
        }
        do {
            let database = try Database(directory: directory)
            defer { database.close() }
            database.historyDays = days
            _ = try database.recover(canvasSize: size, nowMs: 1_000)
            return try feed(database, size)
        } catch let error as StorageError {
            throw BenchFailure(error.description)
        } catch {
            throw BenchFailure("storage failed: \(error)")
        }
    }

    private func feed(_ database: Database, _ size: CanvasSize) throws -> Outcome {
        // Few enough that most of what grows old lies beneath something, and goes.
        var cells = CellSequence(cellCount: Self.paintedCells, colorCount: 32)
        var canvas = [UInt8](repeating: 0, count: size.cellCount)
        let accounts = (1...100).map { number in
            AccountRecord(
                id: Identifier(rawValue: number), name: "player \(number)",
                publicKey: (0..<32).map { UInt8(truncatingIfNeeded: number >> UInt64($0 % 4 * 8)) },
                createdAtMs: 0)
        }
        try database.commit(accounts.map { .account($0) })
        var outcome = Outcome()
        var version: Version = 0
        while version < Version(Self.changes) {
            var records: [Record] = []
            for _ in 0..<Self.changesPerCommit {
                let (cell, color) = cells.draw()
                canvas[cell] = color
                version += 1
                records.append(
                    .change(
                        ChangeRecord(
                            version: version, cell: cell, color: color,
                            account: accounts[Int(version) % accounts.count].id, atMs: Self.timeMs(version))))
            }
            if version % Version(Self.snapshotEvery) == 0 {
                let zlib = SnapshotCodec.deflate(canvas, level: 1)
                let snapshot = SnapshotAnswer(size: size, epoch: 1, version: version, zlib: zlib)
                records.append(.snapshot(snapshot, takenAtMs: Self.timeMs(version)))
            }
            let began = Self.threadCPUSeconds
            try database.commit(records)
            let start = MonotonicClock.nowUs
            database.maintain(nowMs: Self.timeMs(version))
            outcome.upkeepUs.append(MonotonicClock.nowUs - start)
            outcome.cpuSeconds += Self.threadCPUSeconds - began
        }
        outcome.bytes = database.bytes
        return outcome
    }

    private static func timeMs(_ version: Version) -> Int64 { version * 86_400_000 / dayVersions }

    private static var threadCPUSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension RetentionRun.Measurement {
    /// Prints the table.
    func print() {
        func row(_ name: String, _ all: Double, _ day: Double) -> [String] {
            [name, Report.digits(all, 2), Report.digits(day, 2)]
        }
        Report.table(
            head: ["retention, \(changes) changes", "all kept", "a day kept"],
            rows: [
                row("% of a core at 2,000 px/s", corePercentKeepingAll, corePercentKeepingADay),
                row("ms of upkeep, median", upkeepKeepingAllMs.median, upkeepMs.median),
                row("ms of upkeep, p99", upkeepKeepingAllMs.p99, upkeepMs.p99),
                row("ms of upkeep, longest", upkeepKeepingAllMs.longest, upkeepMs.longest),
                row("MB of database", databaseMBKeepingAll, databaseMBKeepingADay),
            ])
        Bar.print(bars)
    }
}
