import Engine
import Protocol

/// Every change that the disk ever kept, with the laws of undo and rollback written down slowly.
struct History: Sendable {
    /// By version, from 1; nil where a canvas began.
    private(set) var changes: [ChangeRecord?] = []
    /// Every canvas, the oldest first.
    private(set) var epochs: [EpochRecord]
    /// When each was made, on the monotonic clock in microseconds; the wall clock's times may step.
    private var madeUs: [Int64] = []
    /// Versions of the placements that stand on a cell, and of an account's that weren't taken back.
    private(set) var pileOfCell: [Int: [Version]] = [:]
    private var pileOfAccount: [Identifier: [Version]] = [:]
    /// What stood on a cell before a rollback's change of it, and the color that it had.
    private var beforeRollback: [Version: (pile: [Version], color: UInt8)] = [:]
    /// The latest change of a cell.
    private(set) var latestOfCell: [Int: Version] = [:]
    /// Cells at a version that only moves forward.
    private var replayed: (version: Version, cells: [UInt8])

    init(size: CanvasSize) {
        epochs = [EpochRecord(epoch: 1, firstVersion: 0, size: size, startedAtMs: 0)]
        replayed = (0, [UInt8](repeating: 0, count: size.cellCount))
    }

    var version: Version { Version(changes.count) }

    /// The canvas that runs.
    var epoch: EpochRecord { epochs[epochs.count - 1] }

    /// The canvas that a version is of.
    func epoch(at version: Version) -> EpochRecord {
        epochs.last { $0.firstVersion <= version } ?? epochs[0]
    }

    subscript(version: Version) -> ChangeRecord? {
        version >= 1 && version <= self.version ? changes[Int(version) - 1] : nil
    }

    /// The changes after a version up to another, in order.
    func stretch(from: Version, to: Version) -> [ChangeRecord] {
        changes[Int(from)..<Int(to)].compactMap { $0 }
    }

    /// Begins a canvas; tells how that breaks the law of epochs, if it does.
    mutating func begin(_ record: EpochRecord) -> String? {
        if version == 0, record.firstVersion == 0 {
            epochs = [record]
            return nil
        }
        let isFresh = !epochs.contains { $0.epoch == record.epoch }
        let isNext = record.firstVersion == version + 1
        guard isNext else { return "epoch \(record.epoch) begins at \(record.firstVersion) after \(version)" }
        epochs.append(record)
        changes.append(nil)
        madeUs.append(0)
        pileOfCell = [:]
        pileOfAccount = [:]
        beforeRollback = [:]
        latestOfCell = [:]
        return isFresh ? nil : "epoch \(record.epoch) was there before"
    }

    /// Adds a change; tells how it breaks the law of undo, if it does.
    mutating func add(_ change: ChangeRecord, madeUs: Int64) -> String? {
        changes.append(change)
        self.madeUs.append(madeUs)
        let former = latestOfCell.updateValue(change.version, forKey: change.cell)
        if change.rollback != nil {
            rollBack(change, formerly: former)
            return nil
        }
        guard let undone = change.undoes else {
            pileOfCell[change.cell, default: []].append(change.version)
            pileOfAccount[change.account, default: []].append(change.version)
            return nil
        }
        guard let placement = self[undone], placement.undoes == nil else { return "of what is no placement" }
        let isLatest = pileOfAccount[change.account]?.last == undone
        let isOnTop = pileOfCell[placement.cell]?.last == undone
        pileOfAccount[change.account]?.removeAll { $0 == undone }
        pileOfCell[placement.cell]?.removeAll { $0 == undone }
        if placement.account != change.account { return "of another's pixel" }
        if !isLatest { return "of a pixel that isn't the account's latest" }
        if !isOnTop { return "of a pixel that isn't on top" }
        let ageUs = madeUs - self.madeUs[Int(undone) - 1]
        if ageUs > Int64(Limits.undoWindowMs) * 1000 { return "too late" }
        if change.cell != placement.cell || change.color != topColor(of: placement.cell) {
            return "that doesn't bring the former color"
        }
        return nil
    }

    private mutating func rollBack(_ change: ChangeRecord, formerly: Version?) {
        let pile = pileOfCell[change.cell] ?? []
        guard let undone = change.undoes else { return }
        beforeRollback[change.version] = (pile, formerly.flatMap { self[$0]?.color } ?? 0)
        // What undoes a rollback brings back what stood before it; any other leaves what is older.
        pileOfCell[change.cell] = beforeRollback[undone]?.pile ?? pile.filter { $0 < undone }
    }

    /// The color that the placements on a cell give it.
    func topColor(of cell: Int) -> UInt8 { pileOfCell[cell]?.last.flatMap { self[$0]?.color } ?? 0 }

    /// The color that a cell had before a rollback changed it.
    func color(beforeRollback version: Version) -> UInt8? { beforeRollback[version]?.color }

    /// The last color of each cell changed between two versions, sorted by cell.
    func merged(from: Version, to: Version) -> [(cell: Int, color: UInt8)] {
        var last: [Int: UInt8] = [:]
        for change in stretch(from: from, to: to) { last[change.cell] = change.color }
        return last.keys.sorted().map { ($0, last[$0] ?? 0) }
    }

    /// The cells at a version; cheap as long as versions rise.
    mutating func cells(at version: Version) -> [UInt8] {
        let epoch = epoch(at: version)
        if version < replayed.version || replayed.version < epoch.firstVersion {
            replayed = (epoch.firstVersion, [UInt8](repeating: 0, count: epoch.size.cellCount))
        }
        for change in stretch(from: replayed.version, to: version) {
            replayed.cells[change.cell] = change.color
        }
        replayed.version = version
        return replayed.cells
    }
}
