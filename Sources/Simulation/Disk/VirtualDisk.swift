import Engine
import Protocol

/// What storage would hold, and what is wrong with it.
struct VirtualDisk: Sendable {
    /// What is wrong with it now.
    var fault: StorageFault?
    /// The commit under way; a crash leaves all or nothing of it.
    private(set) var underWay: (id: CommitID, records: [Record])?

    private(set) var changes: [ChangeRecord] = []
    private var epoch: EpochRecord?
    private var accounts: [AccountRecord] = []
    private var sessions: [SessionRecord] = []
    private var snapshot: SnapshotAnswer?

    mutating func begin(_ id: CommitID, _ records: [Record]) {
        underWay = (id, records)
    }

    /// Ends the commit under way.
    mutating func end() -> Result<[Record], StorageFault> {
        guard let commit = underWay else { return .success([]) }
        underWay = nil
        if let fault { return .failure(fault) }
        for record in commit.records { keep(record) }
        return .success(commit.records)
    }

    /// Leaves nothing of the commit under way.
    mutating func loseUnderWay() { underWay = nil }

    private mutating func keep(_ record: Record) {
        switch record {
        case .change(let change): changes.append(change)
        case .account(let account): accounts.append(account)
        case .session(let session):
            sessions.removeAll { $0.id == session.id }
            sessions.append(session)
        case .snapshot(let answer, _): snapshot = answer
        case .epoch(let record): epoch = record
        }
    }

    /// What a start finds: the snapshot with the changes after it, and the cells they lead to.
    func recovered(nowMs: Int64) -> RecoveredState {
        guard let epoch else { return RecoveredState() }
        var cells = snapshot?.zlib ?? [UInt8](repeating: 0, count: epoch.size.cellCount)
        let tail = Array(changes.dropFirst(Int(snapshot?.version ?? 0)))
        for change in tail { cells[change.cell] = change.color }
        return RecoveredState(
            epoch: epoch, cells: cells, version: Version(changes.count), snapshot: snapshot, tail: tail,
            accounts: accounts, sessions: sessions.filter { $0.expiresAtMs > nowMs })
    }

    func answer(_ query: Query) -> QueryAnswer {
        if case .broken = fault { return .failed(.broken("read")) }
        var standing: [ChangeRecord] = []
        for change in changes {
            if let undone = change.undoes {
                standing.removeAll { $0.version == undone }
            } else {
                switch query {
                case .topPixel(let cell, _) where cell == change.cell: standing.append(change)
                case .lastPixel(let account, _) where account == change.account: standing.append(change)
                case .topPixel, .lastPixel: break
                }
            }
        }
        guard let found = standing.last else { return .pixel(nil) }
        let name = accounts.first { $0.id == found.account }?.name ?? ""
        return .pixel(
            StoredPixel(
                version: found.version, cell: found.cell, color: found.color,
                account: AccountName(id: found.account, name: name), placedAtMs: found.atMs))
    }
}
