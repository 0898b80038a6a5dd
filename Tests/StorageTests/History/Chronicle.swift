import Engine
import Protocol

/// A canvas's history as the game makes it, with undos and several epochs, and every state that it went through.
struct Chronicle {
    /// Versions between two snapshots.
    static let snapshotEvery: Version = 60
    static let minuteMs: Int64 = 60_000
    /// An undo takes back no older placement than this many versions.
    private static let undoReach: Version = 40

    private(set) var epochs: [EpochRecord]
    /// The state of each version.
    private(set) var states: [[UInt8]]
    /// When each version was made.
    private(set) var timesMs: [Int64]
    /// The change of each version; nil where an epoch began.
    private(set) var changes: [ChangeRecord?] = [nil]
    private var piles: [Int: [ChangeRecord]] = [:]
    private var random: SeededGenerator

    init(seed: UInt64, size: CanvasSize) {
        random = SeededGenerator(seed: seed)
        epochs = [EpochRecord(epoch: 1, firstVersion: 0, size: size, startedAtMs: 2_000)]
        states = [[UInt8](repeating: 0, count: size.cellCount)]
        timesMs = [2_000]
    }

    var version: Version { Version(states.count) - 1 }
    var nowMs: Int64 { timesMs[timesMs.count - 1] }
    var size: CanvasSize { epochs[epochs.count - 1].size }
    var epoch: Int { epochs[epochs.count - 1].epoch }

    mutating func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    /// Makes so many changes; returns what a server would commit, snapshots among it.
    mutating func grow(by count: Int) -> [Record] {
        var records: [Record] = []
        for _ in 0..<count {
            let change = next()
            var cells = states[states.count - 1]
            cells[change.cell] = change.color
            states.append(cells)
            changes.append(change)
            timesMs.append(change.atMs)
            records.append(.change(change))
            if change.version % Self.snapshotEvery == 0 {
                let zlib = SnapshotCodec.deflate(cells, level: 1)
                let snapshot = SnapshotAnswer(size: size, epoch: epoch, version: version, zlib: zlib)
                records.append(.snapshot(snapshot, takenAtMs: change.atMs))
            }
        }
        return records
    }

    private mutating func next() -> ChangeRecord {
        let atMs = nowMs + Int64(draw(0...2)) * Self.minuteMs
        let cell = draw(0...size.cellCount - 1)
        let number = version + 1
        if draw(1...6) == 1, let top = piles[cell]?.last, number - top.version < Self.undoReach {
            piles[cell]?.removeLast()
            return ChangeRecord(
                version: number, cell: cell, color: piles[cell]?.last?.color ?? 0, account: top.account,
                atMs: atMs, undoes: top.version)
        }
        let placed = ChangeRecord(
            version: number, cell: cell, color: UInt8(draw(0...31)),
            account: Identifier(rawValue: UInt64(draw(1...3))), atMs: atMs)
        piles[cell, default: []].append(placed)
        return placed
    }

    /// Begins the next epoch, blank and of another size.
    mutating func beginEpoch(size: CanvasSize) -> Record {
        let record = EpochRecord(
            epoch: epoch + 1, firstVersion: version + 1, size: size, startedAtMs: nowMs + Self.minuteMs)
        epochs.append(record)
        states.append([UInt8](repeating: 0, count: size.cellCount))
        timesMs.append(record.startedAtMs)
        changes.append(nil)
        piles = [:]
        return .epoch(record)
    }

    /// The epoch that a version belongs to, and the last version of that.
    func epoch(of version: Version) -> (record: EpochRecord, last: Version) {
        let index = epochs.lastIndex { $0.firstVersion <= version } ?? 0
        let last = index + 1 < epochs.count ? epochs[index + 1].firstVersion - 1 : self.version
        return (epochs[index], last)
    }
}
