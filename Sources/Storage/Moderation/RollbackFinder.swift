import Engine
import Game
import Protocol

/// Searches the canvas's history for what a rollback takes back, a bounded step at a time, so that no commit waits
/// long for it.
struct RollbackFinder {
    private let older: Statement
    private var scan: RollbackScan?
    private var firstVersion: Version = 0
    /// Changes below this version are still to be read.
    private var below: Version = 0

    init(connection: Connection) throws(SQLiteFailure) {
        older = try connection.prepare(
            """
            SELECT \(ChangeRecord.columns) FROM canvas_changes c
            WHERE c.version < ?1 AND c.version > ?2 ORDER BY c.version DESC LIMIT \(Limits.maxRollbackReads)
            """)
    }

    /// Whether what was found may still be asked for, or be written.
    var isSearching: Bool { scan != nil }

    /// Does a step.
    mutating func answer(_ step: RollbackStep) throws(SQLiteFailure) -> RollbackFinding {
        switch step {
        case .begin(let search):
            scan = RollbackScan(search)
            firstVersion = search.firstVersion
            below = search.through + 1
            return try goOn()
        case .goOn: return try goOn()
        case .cells(let first, let count):
            return scan.map { .cells($0.cells(from: first, count: count)) } ?? .none
        case .end:
            scan = nil
            return .none
        }
    }

    private mutating func goOn() throws(SQLiteFailure) -> RollbackFinding {
        guard var scan else { return .none }
        // Only one copy of the state may be there while it changes.
        self.scan = nil
        var (below, read, wantsMore) = (below, 0, true)
        try older.forEachRow([.integer(below), .integer(firstVersion)]) { (row) throws(SQLiteFailure) in
            let record = ChangeRecord(row)
            below = record.version
            read += 1
            wantsMore = scan.take(ScannedChange(record))
            return wantsMore
        }
        self.below = below
        let isOver = !wantsMore || read < Limits.maxRollbackReads
        if isOver { scan.end() }
        self.scan = scan
        return isOver ? .found(scan.count) : .unfinished
    }
}
