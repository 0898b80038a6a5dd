package import Client
package import Protocol

/// A canvas's whole past in memory, every epoch and change of it, told as the server tells it.
package struct ScriptedHistory {
    package struct Change {
        package var cell: Int
        package var color: UInt8
        package var account: AccountName
        package var atMs: Int64
    }

    package struct Epoch {
        package var number: Int
        package var size: CanvasSize
        package var firstVersion: Version
        package var startedAtMs: Int64
        package var changes: [Change] = []

        package var lastVersion: Version { firstVersion + Version(changes.count) }
    }

    package private(set) var epochs: [Epoch]
    /// What is older was dropped.
    package var oldestVersion: Version
    package var retentionDays: Int?
    package private(set) var nowMs: Int64

    package init(size: CanvasSize, startedAtMs: Int64 = 1_700_000_000_000) {
        epochs = [Epoch(number: 1, size: size, firstVersion: 0, startedAtMs: startedAtMs)]
        oldestVersion = 0
        nowMs = startedAtMs
    }

    package var latestVersion: Version { epochs.last?.lastVersion ?? 0 }

    /// Changes a cell of the running epoch.
    package mutating func place(_ cell: Int, _ color: UInt8, by account: UInt64, afterMs: Int64 = 40) {
        nowMs += afterMs
        let name = AccountName(id: Identifier(rawValue: account), name: "player \(account)")
        epochs[epochs.count - 1].changes.append(
            Change(cell: cell, color: color, account: name, atMs: nowMs))
    }

    /// Makes so many random changes by four accounts.
    package mutating func scribble(_ count: Int, using random: inout SeededGenerator) {
        let cells = epochs[epochs.count - 1].size.cellCount
        for _ in 0..<count {
            place(
                Int.random(in: 0..<cells, using: &random), UInt8.random(in: 0..<32, using: &random),
                by: UInt64.random(in: 1...4, using: &random),
                afterMs: Int64.random(in: 0...200, using: &random))
        }
    }

    /// Begins the next epoch.
    package mutating func beginEpoch(size: CanvasSize) {
        nowMs += 1_000
        epochs.append(
            Epoch(
                number: epochs.count + 1, size: size, firstVersion: latestVersion + 1, startedAtMs: nowMs))
    }

    package var overview: HistoryAnswer {
        let kept = epochs.filter { $0.lastVersion >= oldestVersion }
        return HistoryAnswer(
            epochs: kept.map { epoch in
                let next = epochs.first { $0.firstVersion > epoch.lastVersion }
                return HistoryEpoch(
                    epoch: epoch.number, size: epoch.size, firstVersion: epoch.firstVersion,
                    lastVersion: epoch.lastVersion, startedAtMs: epoch.startedAtMs,
                    endedAtMs: next?.startedAtMs)
            }, oldestVersion: oldestVersion, latestVersion: latestVersion, retentionDays: retentionDays)
    }

    /// The canvas at a moment, from every change of its epoch.
    package func canvas(at moment: HistoryMoment) throws(Failure) -> HistoryCanvas {
        let version: Version
        switch moment {
        case .version(let asked): version = asked
        case .time(let ms):
            guard let epoch = epochs.last(where: { $0.startedAtMs <= ms }) else {
                throw Failure(.notFound, "nothing was there")
            }
            version = epoch.firstVersion + Version(epoch.changes.prefix { $0.atMs <= ms }.count)
        }
        let epoch = try epoch(of: version)
        let changes = epoch.changes.prefix(Int(version - epoch.firstVersion))
        var cells = [UInt8](repeating: 0, count: epoch.size.cellCount)
        for change in changes { cells[change.cell] = change.color }
        return HistoryCanvas(
            size: epoch.size, epoch: epoch.number, version: version,
            atMs: changes.last?.atMs ?? epoch.startedAtMs, cells: cells)
    }

    /// A page of changes.
    package func page(after version: Version, limit: Int) throws(Failure) -> HistoryPage {
        let epoch = try epoch(of: version)
        let first = Int(version - epoch.firstVersion)
        let changes = epoch.changes[first...].prefix(limit)
        let before = first > 0 ? epoch.changes[first - 1].atMs : epoch.startedAtMs
        var page = HistoryPage(
            epoch: epoch.number, from: version, atMs: changes.first?.atMs ?? before, accounts: [],
            changes: [])
        for change in changes {
            if !page.accounts.contains(change.account) { page.accounts.append(change.account) }
            let index = page.accounts.firstIndex(of: change.account) ?? 0
            page.changes.append(
                HistoryChange(
                    x: UInt16(change.cell % epoch.size.width), y: UInt16(change.cell / epoch.size.width),
                    color: change.color, account: UInt32(index), afterMs: change.atMs - page.atMs))
        }
        return page
    }

    /// What a timeline lacks.
    package func supply(_ need: Timeline.Need) throws(Failure) -> Timeline.Supply {
        switch need {
        case .state(let version): .state(try canvas(at: .version(version)))
        case .page(let version, let limit): .page(try page(after: version, limit: limit))
        }
    }

    private func epoch(of version: Version) throws(Failure) -> Epoch {
        guard version <= latestVersion else { throw Failure(.versionAhead, "not yet") }
        guard version >= oldestVersion, let epoch = epochs.last(where: { $0.firstVersion <= version }) else {
            throw Failure(.historyGone, "gone")
        }
        return epoch
    }
}
