import Engine
import Game
import Protocol

@testable import Storage

/// Canvases that are painted, undone, rolled back and begun anew, and all that follows, found by keeping everything.
struct Upheaval {
    static let minuteMs: Int64 = 60_000
    static let dayMs: Int64 = 86_400_000
    private static let snapshotEvery: Version = 40

    private(set) var epochs: [EpochRecord]
    /// The state of each version, when it was made, and its change; nil where an epoch began.
    private(set) var states: [[UInt8]]
    private(set) var timesMs: [Int64]
    private(set) var changes: [ChangeRecord?] = [nil]
    /// The placements that stand on each cell of the running canvas, the oldest first.
    private(set) var piles: [[ChangeRecord]]
    /// What lay on a cell before a rollback's change.
    private var before: [Version: [ChangeRecord]] = [:]
    /// The placements that stood when their canvas ended.
    private(set) var former: [ChangeRecord] = []
    private(set) var rollbacks: [Rollback] = []
    private var lastCell = 0
    private var random: SeededGenerator

    init(seed: UInt64, size: CanvasSize) {
        random = SeededGenerator(seed: seed)
        epochs = [EpochRecord(epoch: 1, firstVersion: 0, size: size, startedAtMs: 2_000)]
        states = [[UInt8](repeating: 0, count: size.cellCount)]
        timesMs = [2_000]
        piles = [[ChangeRecord]](repeating: [], count: size.cellCount)
    }

    var version: Version { Version(states.count) - 1 }
    var nowMs: Int64 { timesMs[timesMs.count - 1] }
    var epoch: EpochRecord { epochs[epochs.count - 1] }
    var size: CanvasSize { epoch.size }
    var cells: [UInt8] { states[states.count - 1] }
    /// Those of the running canvas.
    var ownRollbacks: [Rollback] { rollbacks.filter { $0.epoch == epoch.epoch } }
    var touched: CellMask {
        var mask = CellMask(size: size)
        for change in changes[Int(epoch.firstVersion)...] { if let change { mask[change.cell] = true } }
        return mask
    }

    mutating func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    /// A box on the canvas, which is all of it now and then.
    mutating func drawBox() -> CanvasBox {
        guard draw(1...3) > 1 else { return CanvasBox(all: size) }
        let (x, y) = (draw(0...size.width - 1), draw(0...size.height - 1))
        return CanvasBox(x, y, draw(x...size.width - 1), draw(y...size.height - 1))
    }

    /// Gives the running canvas's epoch another number.
    mutating func renumber(epoch number: Int) {
        let own = epoch
        for index in rollbacks.indices where rollbacks[index].epoch == own.epoch {
            rollbacks[index].epoch = number
        }
        epochs[epochs.count - 1].epoch = number
    }

    private mutating func add(_ change: ChangeRecord) -> [Record] {
        var cells = cells
        cells[change.cell] = change.color
        states.append(cells)
        changes.append(change)
        timesMs.append(change.atMs)
        guard version % Self.snapshotEvery == 0 else { return [.change(change)] }
        let snapshot = SnapshotAnswer(
            size: size, epoch: epoch.epoch, version: version, zlib: SnapshotCodec.deflate(cells, level: 1))
        return [.change(change), .snapshot(snapshot, takenAtMs: change.atMs)]
    }

    /// Some turns of players.
    mutating func play(turns: Int) -> [Record] {
        var records: [Record] = []
        for _ in 0..<turns {
            let atMs = nowMs + Int64(draw(0...8)) * Self.minuteMs
            // Often the same place again: high piles, and many places that nobody comes back to.
            let cell = draw(1...2) == 1 ? lastCell : draw(0...size.cellCount - 1)
            lastCell = cell
            if draw(1...6) == 1, let top = piles[cell].last, version - top.version < 30 {
                piles[cell].removeLast()
                records += add(
                    ChangeRecord(
                        version: version + 1, cell: cell, color: piles[cell].last?.color ?? 0,
                        account: top.account, atMs: atMs, undoes: top.version))
            } else {
                let placed = ChangeRecord(
                    version: version + 1, cell: cell, color: UInt8(draw(1...31)),
                    account: Identifier(rawValue: UInt64(draw(1...3))), atMs: atMs)
                piles[cell].append(placed)
                records += add(placed)
            }
        }
        return records
    }

    /// Begins a blank canvas.
    mutating func beginEpoch(size: CanvasSize) -> Record {
        former += piles.joined()
        let record = EpochRecord(
            epoch: epoch.epoch + 1, firstVersion: version + 1, size: size,
            startedAtMs: nowMs + Self.minuteMs)
        epochs.append(record)
        states.append([UInt8](repeating: 0, count: size.cellCount))
        timesMs.append(record.startedAtMs)
        changes.append(nil)
        piles = [[ChangeRecord]](repeating: [], count: size.cellCount)
        before = [:]
        lastCell = 0
        return .epoch(record)
    }

    /// What a search must find, row by row.
    func expected(_ search: RollbackSearch) -> [RollbackCell] {
        (0..<size.cellCount).compactMap { cell in
            guard search.box.contains(x: cell % size.width, y: cell / size.width) else { return nil }
            let pile = piles[cell]
            switch search.target {
            case .placements(let account, let fromMs, let toMs):
                let left = pile.lastIndex {
                    $0.atMs < fromMs || $0.atMs > toMs || account ?? $0.account != $0.account
                }
                let covered = pile[(left.map { $0 + 1 } ?? 0)...]
                guard let oldest = covered.first, let newest = covered.last else { return nil }
                return RollbackCell(
                    cell: cell, color: left.map { pile[$0].color } ?? 0, undoes: oldest.version,
                    account: newest.account, placements: covered.map(\.version))
            case .rollback(let id, _):
                let latest = changes[Int(epoch.firstVersion)...].last { $0?.cell == cell }
                guard let change = latest ?? nil, change.rollback == id else { return nil }
                return RollbackCell(
                    cell: cell, color: before[change.version]?.last?.color ?? 0, undoes: change.version,
                    account: change.account, placements: [])
            }
        }
    }

    /// The first group of a rollback's cells, or a further one.
    mutating func rollBack(
        _ group: [RollbackCell], _ target: Rollback.Target, isFirst: Bool, isLast: Bool
    ) -> [Record] {
        if isFirst {
            rollbacks.append(
                Rollback(
                    id: rollbacks.count + 1, epoch: epoch.epoch, actor: .console, atMs: nowMs, target: target,
                    firstVersion: version + 1))
        }
        var rollback = rollbacks[rollbacks.count - 1]
        rollback.cells += group.count
        rollback.placements += group.reduce(0) { $0 + $1.placements.count }
        rollback.isComplete = isLast
        rollbacks[rollbacks.count - 1] = rollback
        var records: [Record] = [.rollback(rollback)]
        for cell in group {
            let change = ChangeRecord(
                version: version + 1, cell: cell.cell, color: cell.color, account: cell.account, atMs: nowMs,
                undoes: cell.undoes, rollback: rollback.id, placements: cell.placements)
            before[change.version] = piles[cell.cell]
            piles[cell.cell] = before[cell.undoes] ?? piles[cell.cell].filter { $0.version < cell.undoes }
            records += add(change)
        }
        return records
    }

    func top(of cell: Int) -> StoredPixel? { piles[cell].last.map(Self.pixel) }

    func last(of account: Identifier) -> StoredPixel? {
        piles.joined().filter { $0.account == account }.max { $0.version < $1.version }.map(Self.pixel)
    }

    private static func pixel(_ change: ChangeRecord) -> StoredPixel {
        StoredPixel(
            version: change.version, cell: change.cell, color: change.color,
            account: AccountName(id: change.account, name: "player \(change.account.rawValue)"),
            placedAtMs: change.atMs)
    }

    /// Placements that stand, of every canvas, by account.
    func counts(sinceMs: Int64) -> [Int] {
        let standing = former + piles.joined()
        return (1...3).map { number in
            standing.count { $0.account.rawValue == number && $0.atMs >= sinceMs }
        }
    }
}
