import Engine
import Protocol

/// Answers who leads on a board.
struct BoardFinder {
    static let sumSQL = """
        SELECT s.account, a.name, s.sum
        FROM (
            SELECT account, sum(score) AS sum, max(at_ms) AS reached_at_ms FROM scores
            WHERE board = ? AND at_ms >= ? GROUP BY account) s
        JOIN accounts a ON a.id = s.account
        WHERE \(isShown)
        ORDER BY s.sum DESC, s.reached_at_ms, \(byAccount("s"))
        LIMIT \(Limits.maxBoardEntries)
        """
    static let highestSQL = bestSQL("max", order: "s.best DESC")
    static let lowestSQL = bestSQL("min", order: "s.best")
    static let highestEverSQL = bestEverSQL(order: "s.score DESC")
    static let lowestEverSQL = bestEverSQL(order: "s.score")

    /// Whoever is gone or banned has no place on a board.
    static let isShown = "a.deleted_at_ms IS NULL AND a.ban_reason IS NULL"

    /// Identifiers are signed here, and order by their bits everywhere else.
    static func byAccount(_ table: String) -> String { "\(table).account < 0, \(table).account" }

    /// The inner query tells when each of an account's scores was reached first, the next one which is the
    /// best: of a single `max` or `min` SQLite takes the other columns from the row that has it.
    private static func bestSQL(_ best: String, order: String) -> String {
        """
        SELECT s.account, a.name, s.best
        FROM (
            SELECT account, \(best)(score) AS best, reached_at_ms
            FROM (
                SELECT account, score, min(at_ms) AS reached_at_ms FROM scores
                WHERE board = ? AND at_ms >= ? GROUP BY account, score)
            GROUP BY account) s
        JOIN accounts a ON a.id = s.account
        WHERE \(isShown)
        ORDER BY \(order), s.reached_at_ms, \(byAccount("s"))
        LIMIT \(Limits.maxBoardEntries)
        """
    }

    /// Over all time the bests are kept in order.
    private static func bestEverSQL(order: String) -> String {
        """
        SELECT s.account, a.name, s.score
        FROM arcade_bests s CROSS JOIN accounts a ON a.id = s.account
        WHERE s.board = ? AND \(isShown)
        ORDER BY \(order), s.at_ms, \(byAccount("s"))
        LIMIT \(Limits.maxBoardEntries)
        """
    }

    private let sum, highest, lowest, highestEver, lowestEver: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        sum = try connection.prepare(Self.sumSQL)
        highest = try connection.prepare(Self.highestSQL)
        lowest = try connection.prepare(Self.lowestSQL)
        highestEver = try connection.prepare(Self.highestEverSQL)
        lowestEver = try connection.prepare(Self.lowestEverSQL)
    }

    /// The accounts with the best sums or scores since a time; of equals, whoever reached it first stands first.
    func best(of board: Board, sinceMs: Int64) throws(SQLiteFailure) -> [BoardScore] {
        let (since, ever) =
            switch board.measure {
            case .sum: (sum, sum)
            case .highest: (highest, highestEver)
            case .lowest: (lowest, lowestEver)
            }
        // No score is older than 1970.
        let isEver = sinceMs <= 0 && board.measure != .sum
        var values = [SQLValue.text(board.rawValue)]
        if !isEver { values.append(.integer(sinceMs)) }
        var scores: [BoardScore] = []
        try (isEver ? ever : since).forEachRow(values) { (row) throws(SQLiteFailure) in
            scores.append(BoardScore(row))
            return true
        }
        return scores
    }
}

extension BoardScore {
    /// Reads a row of account, name and score.
    init(_ row: Row) {
        self.init(
            account: AccountName(id: Identifier(stored: row.integer(0)), name: row.text(1)),
            score: Int(row.integer(2)))
    }
}
