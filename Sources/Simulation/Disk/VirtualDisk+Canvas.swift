import Engine
import Game
import Protocol

/// What the disk knows of the canvas's history, found by reading all of it.
extension VirtualDisk {
    /// Changes that a step of a rollback's search reads: few, so that there are many steps.
    private static let readsOfStep = 40

    mutating func keep(_ rollback: Rollback) {
        if let index = rollbacks.firstIndex(where: { $0.id == rollback.id }) {
            rollbacks[index] = rollback
        } else {
            rollbacks.append(rollback)
        }
    }

    mutating func keep(_ protection: ProtectionRecord) {
        let id = protection.protection.area.id
        if let index = protections.firstIndex(where: { $0.protection.area.id == id }) {
            protections[index] = protection
        } else {
            protections.append(protection)
        }
    }

    /// Adds what a start finds of rollbacks and protected areas.
    func recoverCanvas(into state: inout RecoveredState, epoch: Int) {
        state.rollbacks = rollbacks.filter { $0.epoch == epoch }
        state.lastRollback = rollbacks.map(\.id).max() ?? 0
        state.protections = protections.filter { $0.epoch == epoch && $0.endedAtMs == nil }.map(\.protection)
        state.lastProtection = protections.map(\.protection.area.id).max() ?? 0
    }

    mutating func answer(_ step: RollbackStep) -> RollbackFinding {
        switch step {
        case .begin(let wanted):
            let versions = wanted.firstVersion + 1..<wanted.through + 1
            search = (RollbackScan(wanted), changes.filter { versions.contains($0.version) })
            return goOn()
        case .goOn: return goOn()
        case .cells(let first, let count):
            return search.map { .cells($0.scan.cells(from: first, count: count)) } ?? .none
        case .end:
            search = nil
            return .none
        }
    }

    private mutating func goOn() -> RollbackFinding {
        guard var (scan, unread) = search else { return .none }
        var (left, wantsMore) = (Self.readsOfStep, true)
        while wantsMore, left > 0, let change = unread.popLast() {
            wantsMore = scan.take(ScannedChange(change))
            left -= 1
        }
        let isOver = !wantsMore || unread.isEmpty
        if isOver { scan.end() }
        search = (scan, unread)
        return isOver ? .found(scan.count) : .unfinished
    }

    /// An account's latest placement that stands, before a version; now and then the search goes on later.
    func lastPixel(of account: Identifier, in epoch: Int, before bound: Version) -> QueryAnswer {
        let found = standing(in: epoch) { $0.account == account && $0.version < bound }
        // As if so many had been taken back that one look isn't enough.
        if bound == .max, let found, found.version % 5 == 0 { return .pixelBefore(found.version + 1) }
        return .pixel(found)
    }

    /// The latest placement of some that stands in an epoch.
    func standing(in epoch: Int, where isWanted: (ChangeRecord) -> Bool) -> StoredPixel? {
        guard let found = standing(in: epoch).last(where: isWanted) else { return nil }
        return StoredPixel(
            version: found.version, cell: found.cell, color: found.color,
            account: AccountName(id: found.account, name: accounts[found.account]?.name ?? ""),
            placedAtMs: found.atMs)
    }

    /// The placements that stand in an epoch, the oldest first.
    private func standing(in epoch: Int) -> [ChangeRecord] {
        guard let index = epochs.firstIndex(where: { $0.epoch == epoch }) else { return [] }
        let end = index + 1 < epochs.count ? epochs[index + 1].firstVersion : .max
        var standing: [ChangeRecord] = []
        /// The placements that each rollback's change took away, or brought back.
        var moved: [Version: (placements: [ChangeRecord], areGone: Bool)] = [:]
        for change in changes where change.version > epochs[index].firstVersion && change.version < end {
            guard let undone = change.undoes else {
                standing.append(change)
                continue
            }
            if let (placements, areGone) = moved[undone] {
                let versions = placements.map(\.version)
                standing.removeAll { versions.contains($0.version) }
                if areGone { standing = (standing + placements).sorted { $0.version < $1.version } }
                moved[change.version] = (placements, !areGone)
            } else {
                func goes(_ placement: ChangeRecord) -> Bool {
                    placement.cell == change.cell && placement.version >= undone
                }
                if change.rollback != nil { moved[change.version] = (standing.filter(goes), true) }
                standing.removeAll(where: goes)
            }
        }
        return standing
    }

    /// Placements since a time that stand, of every canvas; nobody with none.
    func pixelCounts(sinceMs: Int64) -> [Identifier: Int] {
        var counts: [Identifier: Int] = [:]
        for epoch in epochs {
            for placement in standing(in: epoch.epoch)
            where placement.atMs >= sinceMs && isRanked(placement.account) {
                counts[placement.account, default: 0] += 1
            }
        }
        return counts
    }
}
