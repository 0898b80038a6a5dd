import Engine
import Protocol

/// Answers who leads on a board.
struct BoardFinder {
    /// Identifiers are signed here, and order by their bits everywhere else.
    static let bestSQL = """
        SELECT s.account, a.name, s.sum
        FROM (
            SELECT account, sum(score) AS sum, max(at_ms) AS reached_at_ms FROM scores
            WHERE board = ? AND at_ms >= ? GROUP BY account) s
        JOIN accounts a ON a.id = s.account
        WHERE a.deleted_at_ms IS NULL
        ORDER BY s.sum DESC, s.reached_at_ms, s.account < 0, s.account
        LIMIT \(Limits.maxBoardEntries)
        """

    private let best: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        best = try connection.prepare(Self.bestSQL)
    }

    /// The accounts with the highest sums since a time; of equals, whoever reached it first stands first.
    func best(of board: Board, sinceMs: Int64) throws(SQLiteFailure) -> [BoardScore] {
        var scores: [BoardScore] = []
        try best.forEachRow([.text(board.rawValue), .integer(sinceMs)]) { (row) throws(SQLiteFailure) in
            scores.append(
                BoardScore(
                    account: AccountName(id: Identifier(stored: row.integer(0)), name: row.text(1)),
                    score: Int(row.integer(2))))
            return true
        }
        return scores
    }
}
