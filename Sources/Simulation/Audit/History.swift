import Engine
import Protocol

/// Every change that the disk ever kept, with the law of undo written down slowly.
struct History: Sendable {
    private(set) var changes: [ChangeRecord] = []
    /// When each was made, on the monotonic clock in microseconds; the wall clock's times may step.
    private var madeUs: [Int64] = []
    private let cellCount: Int
    /// Versions of the placements that stand on a cell, and of an account's that weren't taken back.
    private var pileOfCell: [Int: [Version]] = [:]
    private var pileOfAccount: [Identifier: [Version]] = [:]
    /// Cells at a version that only moves forward.
    private var replayed: (version: Version, cells: [UInt8])

    init(cellCount: Int) {
        self.cellCount = cellCount
        replayed = (0, [UInt8](repeating: 0, count: cellCount))
    }

    var version: Version { Version(changes.count) }

    subscript(version: Version) -> ChangeRecord? {
        version >= 1 && version <= self.version ? changes[Int(version) - 1] : nil
    }

    /// Adds a change; tells how it breaks the law of undo, if it does.
    mutating func add(_ change: ChangeRecord, madeUs: Int64) -> String? {
        changes.append(change)
        self.madeUs.append(madeUs)
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
        let former = pileOfCell[placement.cell]?.last.flatMap { self[$0]?.color } ?? 0
        if placement.account != change.account { return "of another's pixel" }
        if !isLatest { return "of a pixel that isn't the account's latest" }
        if !isOnTop { return "of a pixel that isn't on top" }
        let ageUs = madeUs - self.madeUs[Int(undone) - 1]
        if ageUs > Int64(Limits.undoWindowMs) * 1000 { return "too late" }
        if change.cell != placement.cell || change.color != former {
            return "that doesn't bring the former color"
        }
        return nil
    }

    /// The last color of each cell changed between two versions, sorted by cell.
    func merged(from: Version, to: Version) -> [(cell: Int, color: UInt8)] {
        var last: [Int: UInt8] = [:]
        for change in changes[Int(from)..<Int(to)] { last[change.cell] = change.color }
        return last.keys.sorted().map { ($0, last[$0] ?? 0) }
    }

    /// The cells at a version; cheap as long as versions rise.
    mutating func cells(at version: Version) -> [UInt8] {
        if version < replayed.version { replayed = (0, [UInt8](repeating: 0, count: cellCount)) }
        for change in changes[Int(replayed.version)..<Int(version)] {
            replayed.cells[change.cell] = change.color
        }
        replayed.version = version
        return replayed.cells
    }
}
