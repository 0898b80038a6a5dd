import Engine
import Protocol

/// Rollbacks, and what their changes do to the counts of pixels.
struct RollbackTable {
    private static let columns = """
        id, epoch, actor, actor_account, telegram_user, at_ms, undoes, account, from_ms, to_ms, x0, y0, x1, y1,
        first_version, cells, placements, is_complete
        """

    private let put, take, giveBack: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        put = try connection.prepare(
            """
            INSERT INTO canvas_rollbacks (\(Self.columns))
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
            ON CONFLICT (id) DO UPDATE SET cells = excluded.cells, placements = excluded.placements,
                is_complete = excluded.is_complete
            """)
        take = try connection.prepare(
            "INSERT INTO rollback_pixels (change, placement, pixels) VALUES (?, ?, -1)")
        giveBack = try connection.prepare(
            """
            INSERT INTO rollback_pixels (change, placement, pixels)
            SELECT ?1, placement, -pixels FROM rollback_pixels WHERE change = ?2
            """)
    }

    /// Keeps one, or how far it has come, inside the caller's transaction.
    func write(_ rollback: Rollback) throws(SQLiteFailure) {
        let target: [SQLValue] =
            switch rollback.target {
            case .rollback(let id): [.integer(Int64(id))] + [SQLValue](repeating: .null, count: 7)
            case .placements(let account, let fromMs, let toMs, let box):
                [.null, SQLValue(account?.stored), .integer(fromMs), .integer(toMs)] + box.stored
            }
        let numbers = [rollback.firstVersion, Int64(rollback.cells), Int64(rollback.placements)]
        try put.run(
            [.integer(Int64(rollback.id)), .integer(Int64(rollback.epoch))] + rollback.actor.stored
                + [.integer(rollback.atMs)] + target + numbers.map { .integer($0) }
                + [.integer(rollback.isComplete ? 1 : 0)])
    }

    /// Notes which placements a rollback's change took back, or that they stand again.
    func count(_ change: ChangeRecord) throws(SQLiteFailure) {
        if change.placements.isEmpty {
            try giveBack.run([.integer(change.version), SQLValue(change.undoes)])
        }
        for placement in change.placements { try take.run([.integer(change.version), .integer(placement)]) }
    }

    /// An epoch's rollbacks, the oldest first, and the highest number of all.
    static func recovered(
        of epoch: Int, _ connection: Connection
    ) throws(SQLiteFailure) -> (rollbacks: [Rollback], lastID: Int) {
        var found: [Rollback] = []
        let all = try connection.prepare(
            "SELECT \(columns) FROM canvas_rollbacks WHERE epoch = ? ORDER BY id")
        try all.forEachRow([.integer(Int64(epoch))]) { (row) throws(SQLiteFailure) in
            found.append(rollback(row))
            return true
        }
        return (found, Int(try connection.integer("SELECT max(id) FROM canvas_rollbacks") ?? 0))
    }

    private static func rollback(_ row: Row) -> Rollback {
        let target: Rollback.Target =
            if let undone = row.optionalInteger(6) {
                .rollback(Int(undone))
            } else {
                .placements(
                    account: row.optionalInteger(7).map { Identifier(stored: $0) }, fromMs: row.integer(8),
                    toMs: row.integer(9), CanvasBox(row, from: 10))
            }
        return Rollback(
            id: Int(row.integer(0)), epoch: Int(row.integer(1)), actor: Actor(row, from: 2),
            atMs: row.integer(5), target: target, firstVersion: row.integer(14), cells: Int(row.integer(15)),
            placements: Int(row.integer(16)), isComplete: row.integer(17) == 1)
    }
}

extension CanvasBox {
    /// The columns `x0`, `y0`, `x1` and `y1`.
    var stored: [SQLValue] { [x0, y0, x1, y1].map { .integer(Int64($0)) } }

    /// Reads the four columns, the first of which has a number.
    init(_ row: Row, from column: Int32) {
        self.init(
            Int(row.integer(column)), Int(row.integer(column + 1)), Int(row.integer(column + 2)),
            Int(row.integer(column + 3)))
    }
}
