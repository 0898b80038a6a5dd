import Engine
import Protocol

/// Drops the canvas's history that is older than a host wants it kept, a piece after each commit.
///
/// A pass moves the horizon, the first version that can be told, up to a snapshot or an epoch's beginning that is old
/// enough. Then it walks down from there and drops what nothing needs any more. Of the running epoch there
/// stay the placement on top of each cell and each account's latest, so that whose a pixel is can be told
/// for good; what was beneath them is forgotten. Pixels that were counted stay counted, touched cells touched.
struct HistoryThinning {
    /// Changes that one piece looks at.
    static let pieceChanges = 1_024
    /// A pass begins when so many versions can go, or when the last one is so long over.
    static let passVersions: Version = 16_384
    static let passIntervalMs: Int64 = 3_600_000
    /// How often is looked whether a pass can begin.
    static let lookIntervalMs: Int64 = 60_000

    private enum Stage {
        case idle(untilMs: Int64)
        case snapshots(HistoryTable.Horizon)
        case walking(from: Version)
        case changes(HistoryWalk)
    }

    private let connection: Connection
    private let table: HistoryTable
    private let keptSnapshot, agedSnapshot, agedEpoch, mark, oldestSnapshot, dropSnapshot: Statement
    private let walker: HistoryWalker
    private var stage = Stage.idle(untilMs: .min)
    private var horizon: HistoryTable.Horizon?
    private var passEndedMs: Int64?
    /// Whether an earlier run may have left a pass unfinished.
    private var mayBeUnfinished: Bool

    init(connection: Connection) throws(SQLiteFailure) {
        self.connection = connection
        table = try HistoryTable(connection: connection)
        horizon = try table.horizon()
        mayBeUnfinished = horizon != nil
        keptSnapshot = try connection.prepare(
            """
            SELECT version FROM canvas_snapshots ORDER BY version DESC LIMIT 1 OFFSET \(SnapshotTable.keptWhole - 1)
            """)
        agedSnapshot = try connection.prepare(
            """
            SELECT version FROM canvas_snapshots WHERE version <= ? AND taken_at_ms <= ?
            ORDER BY version DESC LIMIT 1
            """)
        agedEpoch = try connection.prepare(
            "SELECT max(first_version) FROM canvas_epochs WHERE first_version <= ? AND started_at_ms <= ?")
        mark = try connection.prepare(
            """
            INSERT INTO history_horizon (id, version, at_ms) VALUES (1, ?, ?)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, at_ms = excluded.at_ms
            """)
        oldestSnapshot = try connection.prepare("SELECT min(version) FROM canvas_snapshots")
        dropSnapshot = try connection.prepare("DELETE FROM canvas_snapshots WHERE version = ?")
        walker = try HistoryWalker(connection: connection)
    }

    /// Does the next piece, if there is one.
    ///
    /// - Parameters:
    ///   - cutoffMs: what is older may go.
    ///   - settle: what is made of the changes up to a version is made, before they go.
    mutating func step(
        cutoffMs: Int64, nowMs: Int64, settle: (Version) throws(SQLiteFailure) -> Void
    ) throws(SQLiteFailure) {
        switch stage {
        case .idle(let untilMs):
            // A clock that was set back may look sooner.
            guard nowMs >= untilMs || untilMs > nowMs + Self.lookIntervalMs else { return }
            stage = .idle(untilMs: nowMs + Self.lookIntervalMs)
            try begin(cutoffMs: cutoffMs, nowMs: nowMs, settle)
        case .snapshots(let horizon):
            guard let oldest = try oldestSnapshot.integer(), oldest < horizon.version else {
                stage = .walking(from: horizon.version)
                return
            }
            try connection.transaction { () throws(SQLiteFailure) in
                try dropSnapshot.run([.integer(oldest)])
            }
        case .walking(let top): stage = .changes(try walker.begin(at: top))
        case .changes(var walk):
            if try walker.step(&walk) {
                stage = .changes(walk)
            } else {
                stage = .idle(untilMs: nowMs + Self.lookIntervalMs)
                passEndedMs = nowMs
                mayBeUnfinished = false
            }
        }
    }

    /// Has the pass under way look at everything once more: a rollback found what it hasn't reached yet.
    mutating func lookAgain() {
        if case .changes(let walk) = stage { stage = .walking(from: walk.top) }
    }

    private mutating func begin(
        cutoffMs: Int64, nowMs: Int64, _ settle: (Version) throws(SQLiteFailure) -> Void
    ) throws(SQLiteFailure) {
        // The newest snapshots stay whatever their age: a start falls back on them, and on the changes after.
        let limit = try keptSnapshot.integer() ?? -1
        let values: [SQLValue] = [.integer(limit), .integer(cutoffMs)]
        let next = max(try agedSnapshot.integer(values) ?? -1, try agedEpoch.integer(values) ?? -1)
        let freed = next - (horizon?.version ?? 0)
        let isDue =
            freed >= Self.passVersions || passEndedMs.map { abs(nowMs - $0) >= Self.passIntervalMs } ?? true
        guard freed > 0, isDue else {
            // What a pass before the last start left undone is done again from its horizon.
            if mayBeUnfinished, let horizon { stage = .snapshots(horizon) }
            return
        }
        try settle(next)
        let atMs = try timeMs(of: next)
        try connection.transaction { () throws(SQLiteFailure) in
            try mark.run([.integer(next), .integer(atMs)])
        }
        let horizon = HistoryTable.Horizon(version: next, atMs: atMs)
        self.horizon = horizon
        stage = .snapshots(horizon)
    }

    private func timeMs(of version: Version) throws(SQLiteFailure) -> Int64 {
        if let ms = try table.timeMs(of: version) { return ms }
        return try table.epochs().last { $0.record.firstVersion <= version }?.record.startedAtMs ?? 0
    }
}
