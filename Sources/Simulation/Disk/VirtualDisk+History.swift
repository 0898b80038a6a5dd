import Engine
import Protocol

// The canvas's past, from every change that was kept.
extension VirtualDisk {
    /// What there is of it.
    func finding(_ query: HistoryQuery) -> HistoryFinding {
        guard let first = epochs.first else {
            return .missing(Failure(.notFound, "There is no canvas yet."))
        }
        switch query {
        case .overview(let through):
            let kept = epochs.indices.filter { epochs[$0].firstVersion <= through }.map { index in
                HistoryEpoch(
                    epoch: epochs[index].epoch, size: epochs[index].size,
                    firstVersion: epochs[index].firstVersion, lastVersion: lastVersion(of: index, through),
                    startedAtMs: epochs[index].startedAtMs,
                    endedAtMs: index + 1 < epochs.count ? epochs[index + 1].startedAtMs : nil)
            }
            return .overview(
                HistoryAnswer(epochs: kept, oldestVersion: first.firstVersion, latestVersion: through))
        case .at(let moment, let through, _):
            let found: Version? =
                switch moment {
                case .version(let version): version
                case .time(let ms): self.version(atMs: ms, through)
                }
            guard let version = found, let epoch = epochs.last(where: { $0.firstVersion <= version }) else {
                return .missing(Failure(.notFound, "There was no canvas at that time."))
            }
            var material = HistoryMaterial(
                size: epoch.size, epoch: epoch.epoch, version: version, atMs: timeMs(of: version, epoch),
                base: nil)
            for change in changes(after: epoch.firstVersion, through: version) {
                material.append(cell: change.cell, color: change.color)
            }
            return .state(material)
        case .changes(let after, let limit, let through):
            guard let index = epochs.lastIndex(where: { $0.firstVersion <= after }) else {
                return .missing(Failure(.notFound, "There was no canvas at that version."))
            }
            let found = changes(after: after, through: lastVersion(of: index, through))
            return .page(page(found.prefix(limit), after: after, epochs[index]))
        }
    }

    private func lastVersion(of index: Int, _ through: Version) -> Version {
        index + 1 < epochs.count ? min(through, epochs[index + 1].firstVersion - 1) : through
    }

    /// The changes of versions after one up to another; an epoch's first version is nobody's change.
    private func changes(after low: Version, through high: Version) -> ArraySlice<ChangeRecord> {
        let start = changes.firstIndex { $0.version > low } ?? changes.endIndex
        let end = changes.lastIndex { $0.version <= high }.map { $0 + 1 } ?? changes.startIndex
        return changes[start..<max(start, end)]
    }

    /// The last version made up to a time, of the epoch that had begun by then; nil before the first one.
    private func version(atMs ms: Int64, _ through: Version) -> Version? {
        let begun = epochs.lastIndex { $0.startedAtMs <= ms && $0.firstVersion <= through }
        guard let begun else { return nil }
        let own = changes(after: epochs[begun].firstVersion, through: lastVersion(of: begun, through))
        return own.last { $0.atMs <= ms }?.version ?? epochs[begun].firstVersion
    }

    private func timeMs(of version: Version, _ epoch: EpochRecord) -> Int64 {
        guard version > epoch.firstVersion else { return epoch.startedAtMs }
        return changes.last { $0.version == version }?.atMs ?? epoch.startedAtMs
    }

    private func page(
        _ changes: ArraySlice<ChangeRecord>, after version: Version, _ epoch: EpochRecord
    ) -> HistoryPage {
        let atMs = changes.first?.atMs ?? timeMs(of: version, epoch)
        var page = HistoryPage(epoch: epoch.epoch, from: version, atMs: atMs, accounts: [], changes: [])
        for change in changes {
            let account = AccountName(id: change.account, name: accounts[change.account]?.name ?? "")
            if !page.accounts.contains(account) { page.accounts.append(account) }
            page.changes.append(
                HistoryChange(
                    x: UInt16(change.cell % epoch.size.width), y: UInt16(change.cell / epoch.size.width),
                    color: change.color, account: UInt32(page.accounts.firstIndex(of: account) ?? 0),
                    afterMs: change.atMs - atMs))
        }
        return page
    }
}
