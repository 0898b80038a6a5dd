import Engine
import Protocol

/// A look into the canvas's past, done a piece at a time so that commits never wait long for it.
///
/// Each piece looks at where the past begins now: what it began with may be dropped meanwhile.
struct HistoryReading {
    /// Changes that one piece reads: a few milliseconds.
    static let pieceChanges = 4_096

    private enum Progress {
        /// A piece has what was read so far: only one copy of that may be there while it grows.
        case away
        case begun(HistoryQuery)
        /// A canvas of which the changes up to a version are read.
        case canvas(HistoryMaterial, from: Version, at: Version)
        case page(HistoryPage, EpochRecord, [Identifier: UInt32], left: Int, through: Version)
    }

    private var progress: Progress

    /// Begins a look.
    init(_ query: HistoryQuery) { progress = .begun(query) }

    /// Does the next piece; nil while something is left to do.
    mutating func step(in table: HistoryTable) throws(SQLiteFailure) -> HistoryFinding? {
        let progress = self.progress
        self.progress = .away
        switch consume progress {
        case .away: preconditionFailure("a look that is over isn't gone on with")
        case .begun(.overview(let through)): return .overview(try Self.overview(table, through))
        case .begun(.at(let moment, let through, let before)):
            return try begin(moment, through: through, before: before, table)
        case .begun(.changes(let after, let limit, let through)):
            return try begin(after: after, limit: limit, through: through, table)
        case .canvas(let material, let from, let at): return try goOn(material, from: from, at: at, table)
        case .page(let page, let epoch, let indexes, let left, let through):
            return try goOn(page, epoch, indexes, left: left, through: through, table)
        }
    }

    private static let gone = Failure(.historyGone, "The history of that time isn't kept any more.")

    private static func overview(
        _ table: HistoryTable, _ through: Version
    ) throws(SQLiteFailure) -> HistoryAnswer {
        let epochs = try table.epochs()
        let oldest = try table.horizon()?.version ?? epochs.first?.record.firstVersion ?? 0
        let kept = epochs.filter {
            $0.record.firstVersion <= through && $0.lastVersion(through: through) >= oldest
        }
        return HistoryAnswer(
            epochs: kept.map { epoch in
                HistoryEpoch(
                    epoch: epoch.record.epoch, size: epoch.record.size,
                    firstVersion: epoch.record.firstVersion,
                    lastVersion: epoch.lastVersion(through: through),
                    startedAtMs: epoch.record.startedAtMs, endedAtMs: epoch.endedAtMs)
            }, oldestVersion: oldest, latestVersion: through)
    }

    // MARK: A canvas

    private mutating func begin(
        _ moment: HistoryMoment, through: Version, before: Version, _ table: HistoryTable
    ) throws(SQLiteFailure) -> HistoryFinding? {
        let epochs = try table.epochs()
        let horizon = try table.horizon()
        let isIt: (HistoryTable.Epoch) -> Bool =
            switch moment {
            case .version(let version): { $0.record.firstVersion <= version }
            case .time(let ms): { $0.record.startedAtMs <= ms && $0.record.firstVersion <= through }
            }
        guard let epoch = epochs.last(where: isIt) else {
            return .missing(
                horizon == nil ? Failure(.notFound, "There was no canvas at that time.") : Self.gone)
        }
        let version: Version
        switch moment {
        case .version(let asked): version = asked
        case .time(let ms):
            guard let found = try Self.version(atMs: ms, epoch, horizon, through, table) else {
                return .missing(Self.gone)
            }
            version = found
        }
        let oldest = max(horizon?.version ?? 0, epoch.record.firstVersion)
        guard version >= horizon?.version ?? 0 else { return .missing(Self.gone) }
        let newest = min(version, before - 1)
        let found = newest < oldest ? nil : try table.snapshot(of: epoch.record, in: oldest...newest)
        guard found != nil || oldest == epoch.record.firstVersion else { return .damaged(from: oldest) }
        let atMs = try Self.timeMs(of: version, epoch, horizon, table)
        var material = HistoryMaterial(
            size: epoch.record.size, epoch: epoch.record.epoch, version: version, atMs: atMs,
            base: found?.zlib)
        let from = found?.version ?? epoch.record.firstVersion
        material.changes.reserveCapacity(Int(version - from))
        progress = .canvas(material, from: from, at: from)
        return from == version ? .state(material) : nil
    }

    private mutating func goOn(
        _ begun: consuming HistoryMaterial, from: Version, at: Version, _ table: HistoryTable
    ) throws(SQLiteFailure) -> HistoryFinding? {
        var (material, at) = (begun, at)
        let known = material.changes.count
        let wanted = min(Self.pieceChanges, Int(material.version - at))
        let cellCount = material.size.cellCount
        try table.forEachColor(after: at, through: material.version, limit: wanted) {
            version, cell, color in
            guard version == at + 1, cell < cellCount else { return false }
            material.append(cell: cell, color: color)
            at = version
            return true
        }
        // A piece that ends early found a gap: dropped meanwhile, or damaged.
        guard material.changes.count - known == wanted else {
            let isGone = try from < table.horizon()?.version ?? 0
            return isGone ? .missing(Self.gone) : .damaged(from: at + 1)
        }
        if at == material.version { return .state(material) }
        progress = .canvas(material, from: from, at: at)
        return nil
    }

    /// The last version of an epoch made up to a time; nil where that isn't kept.
    ///
    /// Changes stand in order of time but for clocks that were set back; of these the search finds one moment
    /// that fits.
    private static func version(
        atMs ms: Int64, _ epoch: HistoryTable.Epoch, _ horizon: HistoryTable.Horizon?, _ through: Version,
        _ table: HistoryTable
    ) throws(SQLiteFailure) -> Version? {
        var low = epoch.record.firstVersion
        if let horizon, horizon.version > low {
            guard horizon.atMs <= ms else { return nil }
            low = horizon.version
        }
        var high = epoch.lastVersion(through: through)
        guard low <= high else { return nil }
        while low < high {
            let middle = low + (high - low + 1) / 2
            if try table.timeMs(of: middle) ?? .min <= ms { low = middle } else { high = middle - 1 }
        }
        return low
    }

    private static func timeMs(
        of version: Version, _ epoch: HistoryTable.Epoch, _ horizon: HistoryTable.Horizon?,
        _ table: HistoryTable
    ) throws(SQLiteFailure) -> Int64 {
        if version == epoch.record.firstVersion { return epoch.record.startedAtMs }
        if let horizon, horizon.version == version { return horizon.atMs }
        return try table.timeMs(of: version) ?? epoch.record.startedAtMs
    }

    // MARK: A page

    private mutating func begin(
        after version: Version, limit: Int, through: Version, _ table: HistoryTable
    ) throws(SQLiteFailure) -> HistoryFinding? {
        let horizon = try table.horizon()
        guard let epoch = try table.epochs().last(where: { $0.record.firstVersion <= version }) else {
            return .missing(
                horizon == nil ? Failure(.notFound, "There was no canvas at that version.") : Self.gone)
        }
        guard version >= horizon?.version ?? 0 else { return .missing(Self.gone) }
        let last = epoch.lastVersion(through: through)
        let atMs = try Self.timeMs(of: version, epoch, horizon, table)
        var page = HistoryPage(
            epoch: epoch.record.epoch, from: version, atMs: atMs, accounts: [], changes: [])
        guard version < last else { return .page(page) }
        page.changes.reserveCapacity(min(limit, Int(last - version)))
        progress = .page(page, epoch.record, [:], left: limit, through: last)
        return nil
    }

    private mutating func goOn(
        _ begun: consuming HistoryPage, _ epoch: EpochRecord, _ known: consuming [Identifier: UInt32],
        left: Int,
        through: Version, _ table: HistoryTable
    ) throws(SQLiteFailure) -> HistoryFinding? {
        var (page, indexes) = (begun, known)
        let (from, count) = (page.to, page.changes.count)
        var new: [Identifier] = []
        let wanted = min(left, Self.pieceChanges, Int(through - page.to))
        let cellCount = epoch.size.cellCount
        try table.forEachChange(after: page.to, through: through, limit: wanted) { change in
            guard change.version == page.to + 1, change.cell < cellCount else { return false }
            if page.changes.isEmpty { page.atMs = change.atMs }
            let index = indexes[change.account] ?? UInt32(indexes.count)
            if index == indexes.count {
                indexes[change.account] = index
                new.append(change.account)
            }
            page.changes.append(
                HistoryChange(
                    x: UInt16(change.cell % epoch.size.width), y: UInt16(change.cell / epoch.size.width),
                    color: change.color, account: index, afterMs: change.atMs - page.atMs))
            return true
        }
        for account in new {
            page.accounts.append(AccountName(id: account, name: try table.name(of: account)))
        }
        let read = page.changes.count - count
        guard read == wanted else {
            let isGone = try from < table.horizon()?.version ?? 0
            return isGone ? .missing(Self.gone) : .damaged(from: page.to + 1)
        }
        guard left > read, page.to < through else { return .page(page) }
        progress = .page(page, epoch, indexes, left: left - read, through: through)
        return nil
    }
}
