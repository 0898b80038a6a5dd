import Engine
import Protocol

/// Writes runs of arcade games that are over.
struct RunWriter {
    private let run: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        run = try connection.prepare(
            """
            INSERT INTO arcade_games (id, game, account, seed, points, reason, score, rank, multiplier_percent,
                profile_points, started_at_ms, ended_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """)
    }

    /// Writes a run inside the caller's transaction; what is over never changes.
    func write(_ record: RunRecord) throws(SQLiteFailure) {
        let result = record.result
        try run.run([
            .integer(record.id.stored), .text(record.game.rawValue), .integer(record.account.stored),
            .integer(Int64(bitPattern: record.seed)), .utf8(JSONText.array(of: record.points)),
            .text(result.reason.rawValue), .integer(Int64(result.score)),
            SQLValue(result.rank.map(Int64.init)), SQLValue(result.multiplierPercent.map(Int64.init)),
            .integer(Int64(result.profilePoints)), .integer(record.startedAtMs), .integer(record.endedAtMs),
        ])
    }
}
