import Engine
import Game
import Protocol

/// Reads click games at a start: those that wait, the one that runs and the one that ended last.
struct ClickReader {
    private static let columns = "number, id, status, starts_at_ms, ends_at_ms, is_ordered, winner"
    /// The game that ended last.
    static let lastSQL = """
        SELECT id FROM game_queue WHERE status = 'finished'
        ORDER BY ends_at_ms DESC, id < 0 DESC, id DESC LIMIT 1
        """
    static let gamesSQL = """
        SELECT \(columns) FROM game_queue WHERE status IN ('scheduled', 'active') OR id = (\(lastSQL))
        ORDER BY number
        """

    let connection: Connection

    /// The games, with clicks and players of each planet, counted from their pushes.
    func games(ledger: inout ContributionsLedger) throws(SQLiteFailure) -> [ClickGame] {
        var games: [(view: ClickGameView, isOrdered: Bool)] = []
        let all = try connection.prepare(Self.gamesSQL)
        try all.forEachRow { (row) throws(SQLiteFailure) in
            let view = ClickGameView(
                game: Identifier(stored: row.integer(1)),
                status: ClickGameStatus(rawValue: row.text(2)) ?? .finished, startsAtMs: row.integer(3),
                endsAtMs: row.integer(4), planets: [], winner: row.optionalText(6))
            games.append((view, row.integer(5) != 0))
            return true
        }
        for index in games.indices {
            games[index].view.planets = try ledger.look(at: games[index].view.game) { $0.totals } ?? []
        }
        return games.map { ClickGame(kept: $0.view, isOrdered: $0.isOrdered) }
    }

    /// Completes the row of the game that ended last where a crash came before its contributions were written.
    func completeRow(ledger: inout ContributionsLedger) throws(SQLiteFailure) {
        let last = try connection.integer(Self.lastSQL)
        guard let game = last.map(Identifier.init(stored:)), try !ledger.hasWholeRow(game) else { return }
        var after = ledger
        try connection.transaction { () throws(SQLiteFailure) in try after.writeRow(of: game) }
        ledger = after
    }
}
