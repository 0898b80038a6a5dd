import Engine
import Protocol

/// Each account's best score on each board of an arcade game, so that a start needn't read all of `scores`.
struct BestTable {
    static let highestSQL = sql(orderedBy: "b.score DESC")
    static let lowestSQL = sql(orderedBy: "b.score")

    /// Joined in this order, so that the index leaves nothing to sort.
    private static func sql(orderedBy order: String) -> String {
        """
        SELECT b.account, b.score FROM arcade_bests b CROSS JOIN accounts a ON a.id = b.account
        WHERE b.board = ? AND a.deleted_at_ms IS NULL ORDER BY \(order)
        """
    }

    private let higher, lower, highest, lowest: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        higher = try connection.prepare(Self.write(where: "excluded.score > score"))
        lower = try connection.prepare(Self.write(where: "excluded.score < score"))
        highest = try connection.prepare(Self.highestSQL)
        lowest = try connection.prepare(Self.lowestSQL)
    }

    private static func write(where isBetter: String) -> String {
        """
        INSERT INTO arcade_bests (board, account, score, at_ms) VALUES (?, ?, ?, ?)
        ON CONFLICT (board, account) DO UPDATE SET score = excluded.score, at_ms = excluded.at_ms
        WHERE \(isBetter)
        """
    }

    /// Writes a score inside the caller's transaction where it is the account's best on its board, if that is
    /// a board of bests; an equal one leaves the time at which the score was reached first.
    func write(_ record: ScoreRecord) throws(SQLiteFailure) {
        let statement: Statement
        switch record.board.measure {
        case .sum: return
        case .highest: statement = higher
        case .lowest: statement = lower
        }
        try statement.run([
            .text(record.board.rawValue), .integer(record.account.stored), .integer(Int64(record.score)),
            .integer(record.atMs),
        ])
    }

    /// The bests of all accounts but the deleted ones, of each game the best first: whoever ranks them adds
    /// each at the end.
    func bests() throws(SQLiteFailure) -> [BestRun] {
        var bests: [BestRun] = []
        for game in ArcadeGameID.all {
            let board = Board.arcade(game)
            let statement = board.measure == .lowest ? lowest : highest
            try statement.forEachRow([.text(board.rawValue)]) { (row) throws(SQLiteFailure) in
                bests.append(
                    BestRun(
                        game: game, account: Identifier(stored: row.integer(0)), score: Int(row.integer(1))))
                return true
            }
        }
        return bests
    }
}
