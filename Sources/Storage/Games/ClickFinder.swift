import Engine
import Protocol

/// Answers the questions about a sign-in's pushes.
struct ClickFinder {
    /// The latest pushes with a name.
    ///
    /// Their index has their ids, so that the newest are found without a row of the others being read.
    static let recentSQL = """
        SELECT batch_id, game, planet, accepted, total FROM click_pushes
        WHERE id IN (
            SELECT id FROM click_pushes WHERE session = ? AND batch_id IS NOT NULL
            ORDER BY id DESC LIMIT \(Limits.recentPushes + 1))
        ORDER BY id
        """
    static let namedSQL = """
        SELECT batch_id, game, planet, accepted, total FROM click_pushes
        WHERE session = ? AND batch_id = ?
        """

    private let recent, named: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        recent = try connection.prepare(Self.recentSQL)
        named = try connection.prepare(Self.namedSQL)
    }

    /// What a sign-in pushed lately and in a game, and which planet its account or guest pushed for there.
    func history(
        session: Identifier, holder: Identifier, game: Identifier?, ledger: inout ContributionsLedger
    ) throws(SQLiteFailure) -> ClickHistory {
        var history = ClickHistory()
        try recent.forEachRow([.integer(session.stored)]) { (row) throws(SQLiteFailure) in
            history.recent.append(Self.push(row))
            return true
        }
        if history.recent.count > Limits.recentPushes {
            history.recent.removeFirst()
            history.hasOlder = true
        }
        guard let game else { return history }
        let part = try ledger.look(at: game) { ($0.clicks(of: session), $0.planet(of: holder)) }
        if let part { (history.total, history.planet) = part }
        return history
    }

    /// What a sign-in was told about a push; nil where there was none of that name.
    func receipt(session: Identifier, batchID: String) throws(SQLiteFailure) -> ClickReceipt? {
        var receipt: ClickReceipt?
        try named.forEachRow([.integer(session.stored), .text(batchID)]) { (row) throws(SQLiteFailure) in
            receipt = Self.push(row).receipt
            return false
        }
        return receipt
    }

    private static func push(_ row: Row) -> ClickHistory.Push {
        ClickHistory.Push(
            batchID: row.text(0),
            receipt: ClickReceipt(
                game: Identifier(stored: row.integer(1)), planet: row.text(2),
                accepted: Int(row.integer(3)), total: Int(row.integer(4))))
    }
}
