import Engine
import Game
import Protocol

/// Writes relays and the puzzles of their players, each so that writing it again changes nothing.
struct RelayWriter {
    private let relay, player, gonePlayers, puzzle: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        relay = try connection.prepare(
            """
            INSERT INTO relays (id, code, status, start_points, decay_points, decay_interval_ms, award, penalty,
                seconds, max_players, is_private, steps, end_reason, created_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                status = excluded.status, steps = excluded.steps, end_reason = excluded.end_reason
            """)
        player = try connection.prepare(
            """
            INSERT INTO relay_players
                (relay, seat, account, points, is_active, solves, awarded, decayed, penalized)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (relay, seat) DO UPDATE SET
                account = excluded.account, points = excluded.points,
                is_active = excluded.is_active, solves = excluded.solves, awarded = excluded.awarded,
                decayed = excluded.decayed, penalized = excluded.penalized
            """)
        gonePlayers = try connection.prepare("DELETE FROM relay_players WHERE relay = ? AND seat >= ?")
        puzzle = try connection.prepare(
            """
            INSERT INTO puzzles (id, relay, account, type, data, answer, difficulty, worth, assigned_at_ms,
                solved_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET solved_at_ms = excluded.solved_at_ms
            """)
    }

    /// Writes a relay and its ring inside the caller's transaction like what follows; its code, options and
    /// time of birth never change.
    func write(_ record: Relay) throws(SQLiteFailure) {
        let id = SQLValue.integer(record.id.stored)
        let options = record.options
        let numbers = [
            options.startPoints, options.decayPoints, options.decayIntervalMs, options.award, options.penalty,
            options.seconds, options.maxPlayers, options.isPrivate ? 1 : 0, record.steps,
        ]
        try relay.run(
            [id, .text(record.code.description), .text(record.status.rawValue)]
                + numbers.map { .integer(Int64($0)) }
                + [SQLValue(record.endReason?.rawValue), .integer(record.createdAtMs)])
        for (seat, seated) in record.players.enumerated() {
            let numbers = [
                seated.points, seated.isActive ? 1 : 0, seated.solves, seated.awarded, seated.decayed,
                seated.penalized,
            ]
            try player.run(
                [id, .integer(Int64(seat)), .integer(seated.account.id.stored)]
                    + numbers.map { .integer(Int64($0)) })
        }
        try gonePlayers.run([id, .integer(Int64(record.players.count))])
    }

    /// Writes a puzzle, or that it was solved.
    func write(_ record: PuzzleRecord) throws(SQLiteFailure) {
        try puzzle.run([
            .integer(record.id.stored), .integer(record.relay.stored), .integer(record.account.stored),
            .text(record.data.type.rawValue), .utf8(record.data.json()), .text(record.answer),
            .integer(Int64(record.difficulty)), .integer(Int64(record.worth)), .integer(record.assignedAtMs),
            SQLValue(record.solvedAtMs),
        ])
    }
}
