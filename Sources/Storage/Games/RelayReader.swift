import Engine
import Game
import Protocol

/// Reads relays at a start: those that wait or run.
struct RelayReader {
    static let openSQL = """
        SELECT id, code, status, start_points, decay_points, decay_interval_ms, award, penalty, seconds,
            max_players, is_private, steps, end_reason, created_at_ms
        FROM relays WHERE status <> 'ended' ORDER BY created_at_ms, id < 0, id
        """
    static let puzzleSQL = """
        SELECT id, type, data, answer, difficulty, worth FROM puzzles
        WHERE relay = ? AND account = ? AND solved_at_ms IS NULL ORDER BY assigned_at_ms DESC LIMIT 1
        """

    private let open, players, puzzle: Statement

    init(connection: Connection) throws(SQLiteFailure) {
        open = try connection.prepare(Self.openSQL)
        players = try connection.prepare(
            """
            SELECT p.account, a.name, p.points, p.is_active, p.solves, p.awarded, p.decayed, p.penalized
            FROM relay_players p JOIN accounts a ON a.id = p.account
            WHERE p.relay = ? ORDER BY p.seat
            """)
        puzzle = try connection.prepare(Self.puzzleSQL)
    }

    /// The relays, oldest first, with their rings and their players' open puzzles.
    func relays() throws(SQLiteFailure) -> [Relay] {
        var relays: [Relay] = []
        try open.forEachRow { (row) throws(SQLiteFailure) in
            // The writer leaves no other words; should damage bring some, nobody could find the relay.
            guard let code = RelayCode(row.text(1)), let status = RelayStatus(rawValue: row.text(2)) else {
                return true
            }
            var options = RelayOptions()
            options.startPoints = Int(row.integer(3))
            options.decayPoints = Int(row.integer(4))
            options.decayIntervalMs = Int(row.integer(5))
            options.award = Int(row.integer(6))
            options.penalty = Int(row.integer(7))
            options.seconds = Int(row.integer(8))
            options.maxPlayers = Int(row.integer(9))
            options.isPrivate = row.integer(10) != 0
            let id = Identifier(stored: row.integer(0))
            relays.append(
                Relay(
                    id: id, code: code, options: options, createdAtMs: row.integer(13), status: status,
                    steps: Int(row.integer(11)),
                    endReason: row.optionalText(12).flatMap(RelayEndReason.init(rawValue:)),
                    players: try ring(of: id)))
            return true
        }
        return relays
    }

    private func ring(of relay: Identifier) throws(SQLiteFailure) -> [Relay.Player] {
        var ring: [Relay.Player] = []
        try players.forEachRow([.integer(relay.stored)]) { (row) throws(SQLiteFailure) in
            var player = Relay.Player(
                account: AccountName(id: Identifier(stored: row.integer(0)), name: row.text(1)),
                points: Int(row.integer(2)))
            player.isActive = row.integer(3) != 0
            player.solves = Int(row.integer(4))
            player.awarded = Int(row.integer(5))
            player.decayed = Int(row.integer(6))
            player.penalized = Int(row.integer(7))
            // Whoever is out has no puzzle any more, though the last one was never solved.
            if player.isActive { player.puzzle = try openPuzzle(of: player.account.id, in: relay) }
            ring.append(player)
            return true
        }
        return ring
    }

    /// The puzzle that waits for a player's answer; one that can't be read is none, so that another can come.
    private func openPuzzle(
        of account: Identifier, in relay: Identifier
    ) throws(SQLiteFailure) -> Relay.OpenPuzzle? {
        var found: Relay.OpenPuzzle?
        try puzzle.forEachRow([.integer(relay.stored), .integer(account.stored)]) {
            (row) throws(SQLiteFailure) in
            guard let type = PuzzleType(rawValue: row.text(1)),
                let data = try? PuzzleData(type, json: row.blob(2))
            else { return false }
            found = Relay.OpenPuzzle(
                id: Identifier(stored: row.integer(0)),
                puzzle: Puzzle(data: data, answer: row.text(3), difficulty: Int(row.integer(4))),
                worth: Int(row.integer(5)))
            return false
        }
        return found
    }
}
