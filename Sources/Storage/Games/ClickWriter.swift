import Engine
import Game
import Protocol

/// Writes click games, each so that writing it again changes nothing, and adds pushes to them.
struct ClickWriter {
    private let game, push: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        game = try connection.prepare(
            """
            INSERT INTO game_queue (id, status, starts_at_ms, ends_at_ms, planets, is_ordered, winner)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                status = excluded.status, starts_at_ms = excluded.starts_at_ms,
                ends_at_ms = excluded.ends_at_ms, planets = excluded.planets,
                is_ordered = excluded.is_ordered, winner = excluded.winner
            """)
        push = try connection.prepare(
            """
            INSERT INTO click_pushes
                (game, session, holder, kind, planet, clicks, accepted, total, batch_id, at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
    }

    /// Writes a game, or what became of it, inside the caller's transaction like what follows.
    ///
    /// Its clicks are those of its pushes, so they have no column.
    func write(_ record: ClickGame) throws(SQLiteFailure) {
        try game.run([
            .integer(record.id.stored), .text(record.status.rawValue), .integer(record.startsAtMs),
            .integer(record.endsAtMs), .utf8(JSONText.array(of: record.planets.map(\.name))),
            .integer(record.isOrdered ? 1 : 0), SQLValue(record.winner),
        ])
    }

    /// Adds a push.
    func write(_ record: ClickPushRecord) throws(SQLiteFailure) {
        try push.run([
            .integer(record.game.stored), .integer(record.session.stored), .integer(record.holder.stored),
            .text(record.isGuest ? "guest" : "account"), .text(record.planet),
            .utf8(JSONText.array(of: record.clicks)), .integer(Int64(record.accepted)),
            .integer(Int64(record.total)), SQLValue(record.batchID), .integer(record.atMs),
        ])
    }
}
