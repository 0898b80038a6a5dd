import Engine
import Protocol

/// The contributions to the latest games, so that neither a minute's write nor a question reads all pushes.
///
/// What is kept of a game is what `click_pushes` holds of it: it is read from there once, and from then on
/// each push is added after the commit that made it durable. A value, so that a commit which must write the sum
/// of pushes before it knows whether they last works on a copy, and drops that where it fails.
struct ContributionsLedger {
    /// The game that runs, and the one before.
    static let keptGames = 2

    /// The longest text that is written into a game's row, in bytes.
    ///
    /// SQLite checks the text as JSON with many times its length in memory, and would refuse a gigabyte. Beyond
    /// this the row stays as it was last written, and whoever asks is answered from the pushes.
    var maxRowBytes = 64 * 1024 * 1024
    static let pushesSQL = """
        SELECT session, holder, kind, planet, accepted, clicks FROM click_pushes
        WHERE game = ? ORDER BY id
        """
    /// How far a game has come, and whether its row has every push of it.
    static let standingSQL = """
        SELECT status, contributed_through > 0 AND contributed_through = newest FROM (
            SELECT g.status, g.contributed_through,
                (SELECT max(p.id) FROM click_pushes p WHERE p.game = g.id) AS newest
            FROM game_queue g WHERE g.id = ?)
        """

    private let planets, pushes, standing, row, save: Statement
    /// The one added last stands first.
    private var kept: [GameContributions] = []

    init(connection: Connection) throws(SQLiteFailure) {
        planets = try connection.prepare(
            "SELECT p.value FROM game_queue g, json_each(g.planets) p WHERE g.id = ? ORDER BY p.key")
        pushes = try connection.prepare(Self.pushesSQL)
        standing = try connection.prepare(Self.standingSQL)
        row = try connection.prepare("SELECT click_contributions FROM game_queue WHERE id = ?")
        save = try connection.prepare(
            """
            UPDATE game_queue SET click_contributions = ?2,
                contributed_through = coalesce((SELECT max(id) FROM click_pushes WHERE game = ?1), 0)
            WHERE id = ?1
            """)
    }

    /// Takes pushes that have become durable.
    ///
    /// A game that isn't kept is read when it is needed, these pushes with it.
    mutating func add(_ pushes: [ClickPushRecord]) {
        for push in pushes {
            guard let index = kept.firstIndex(where: { $0.game == push.game }) else { continue }
            kept[index].add(push)
        }
    }

    /// Writes games' rows inside the caller's transaction, after the transaction's own pushes.
    ///
    /// - Parameter pushes: those of the transaction.
    /// - Returns: what the ledger is once the transaction is durable.
    func writingRows(
        of games: [Identifier], adding pushes: [ClickPushRecord]
    ) throws(SQLiteFailure) -> ContributionsLedger {
        var after = self
        after.add(pushes)
        for game in games { try after.writeRow(of: game) }
        return after
    }

    /// Writes the row of a game, if there is such a game and its text isn't beyond all measure.
    mutating func writeRow(of game: Identifier) throws(SQLiteFailure) {
        guard let index = try keep(game) else { return }
        let text = kept[index].json()
        guard text.count <= maxRowBytes else { return }
        try save.run([.integer(game.stored), .utf8(text)])
    }

    /// The contributions to a game as JSON; nil for an unknown one.
    ///
    /// Of an older game they are what its row says, unless a crash or a full disk kept the row from being
    /// completed: then they are read from its pushes.
    mutating func json(of game: Identifier) throws(SQLiteFailure) -> [UInt8]? {
        if keeps(game) { return try look(at: game) { $0.json() } }
        guard try hasWholeRow(game) else { return try look(at: game) { $0.json() } }
        var text: [UInt8]?
        try row.forEachRow([.integer(game.stored)]) { (row) throws(SQLiteFailure) in
            text = row.blob(0)
            return false
        }
        return text
    }

    /// Whether a game's row has every push of it; not where there is none.
    func hasWholeRow(_ game: Identifier) throws(SQLiteFailure) -> Bool {
        try standing(of: game)?.isWhole ?? false
    }

    /// Looks at a game's contributions; nil for an unknown game.
    ///
    /// Those of a running game are kept; those of an older one only if they are already.
    mutating func look<Result>(
        at game: Identifier, _ body: (inout GameContributions) -> Result
    ) throws(SQLiteFailure) -> Result? {
        let isWorthKeeping = keeps(game) ? true : try standing(of: game)?.isActive ?? false
        if isWorthKeeping {
            guard let index = try keep(game) else { return nil }
            return body(&kept[index])
        }
        guard var read = try read(game) else { return nil }
        return body(&read)
    }

    /// Whether a game's contributions are in memory.
    private func keeps(_ game: Identifier) -> Bool { kept.contains { $0.game == game } }

    /// The names of a game's planets, in order.
    private func planets(of game: Identifier) throws(SQLiteFailure) -> [String] {
        var names: [String] = []
        try planets.forEachRow([.integer(game.stored)]) { (row) throws(SQLiteFailure) in
            names.append(row.text(0))
            return true
        }
        return names
    }

    /// Has a game's contributions in memory; nil for an unknown game.
    private mutating func keep(_ game: Identifier) throws(SQLiteFailure) -> Int? {
        if let index = kept.firstIndex(where: { $0.game == game }) { return index }
        guard let read = try read(game) else { return nil }
        kept.insert(read, at: 0)
        kept.removeLast(max(0, kept.count - Self.keptGames))
        return 0
    }

    private func standing(
        of game: Identifier
    ) throws(SQLiteFailure) -> (isActive: Bool, isWhole: Bool)? {
        var found: (isActive: Bool, isWhole: Bool)?
        try standing.forEachRow([.integer(game.stored)]) { (row) throws(SQLiteFailure) in
            found = (row.text(0) == ClickGameStatus.active.rawValue, row.integer(1) != 0)
            return false
        }
        return found
    }

    /// Reads all pushes of a game; nil for an unknown one.
    private func read(_ game: Identifier) throws(SQLiteFailure) -> GameContributions? {
        guard try standing(of: game) != nil else { return nil }
        var read = GameContributions(game: game, planets: try planets(of: game))
        try pushes.forEachRow([.integer(game.stored)]) { (row) throws(SQLiteFailure) in
            let isGuest = row.withUTF8(2) { $0.first == UInt8(ascii: "g") }
            row.withUTF8(5) { clicks in
                read.add(
                    session: Identifier(stored: row.integer(0)), holder: Identifier(stored: row.integer(1)),
                    isGuest: isGuest, planet: row.text(3), accepted: Int(row.integer(4)),
                    // Without the brackets.
                    numbers: clicks.dropFirst().dropLast())
            }
            return true
        }
        return read
    }
}
