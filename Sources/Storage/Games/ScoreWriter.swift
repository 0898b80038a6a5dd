import Engine
import Protocol

/// Writes scores, and which of them are their accounts' best.
struct ScoreWriter {
    private let score: Statement
    private let bests: BestTable

    init(connection: Connection) throws(SQLiteFailure) {
        bests = try BestTable(connection: connection)
        score = try connection.prepare(
            """
            INSERT INTO scores (board, account, score, source, at_ms) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (source, account, board) DO NOTHING
            """)
    }

    /// Writes a score inside the caller's transaction; a game or relay gives an account one on a board.
    func write(_ record: ScoreRecord) throws(SQLiteFailure) {
        try score.run([
            .text(record.board.rawValue), .integer(record.account.stored), .integer(Int64(record.score)),
            .integer(record.source.stored), .integer(record.atMs),
        ])
        try bests.write(record)
    }
}
