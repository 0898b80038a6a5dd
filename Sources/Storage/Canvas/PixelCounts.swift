import Engine
import Protocol

/// Counts the pixels that each account placed and didn't take back.
///
/// A count that each placement moves would make a commit touch a page for each of its players. So changes are
/// counted a stretch of versions at a time, and a look-up adds those that came since.
struct PixelCounts {
    /// Versions in a stretch: few enough to be read through in a few milliseconds at each look-up.
    static let stretchVersions: Version = 2_048
    /// The most changes that one transaction counts.
    static let maxStretchChanges = 32 * Int(stretchVersions)
    private static let dayMs: Int64 = 86_400_000

    /// What changes do to the count of the placement's day: an undo takes from the day of what it takes back, and a
    /// rollback from those of all that it does, or gives to them.
    ///
    /// - Parameters:
    ///   - version: SQL of the version after which they count.
    ///   - condition: of the change `c` and the placement `p`.
    static func effects(after version: String, _ condition: String) -> String {
        """
        SELECT c.account AS account, CASE WHEN c.undoes IS NULL THEN 1 ELSE -1 END AS pixels, p.at_ms AS at_ms
        FROM canvas_changes c CROSS JOIN canvas_changes p ON p.version = coalesce(c.undoes, c.version)
        WHERE c.version > \(version) AND c.rollback IS NULL \(condition)
        UNION ALL
        SELECT p.account, c.pixels, p.at_ms
        FROM (SELECT change AS version, placement, pixels FROM rollback_pixels WHERE change > \(version)) c
            CROSS JOIN canvas_changes p ON p.version = c.placement
        WHERE true \(condition)
        """
    }

    /// Parameters: the counted version, the first day, its beginning.
    static let sinceSQL = bestSQL(
        counted: "SELECT account, pixels, latest_at_ms AS at_ms FROM pixels_by_day WHERE day >= ?2",
        since: "AND p.at_ms >= ?3")
    /// Parameter: the counted version.
    static let everSQL = bestSQL(
        counted: "SELECT account, pixels, latest_at_ms AS at_ms FROM pixels_by_account", since: "")

    private static func bestSQL(counted: String, since: String) -> String {
        """
        SELECT s.account, a.name, s.sum
        FROM (
            SELECT account, sum(pixels) AS sum, max(at_ms) AS reached_at_ms
            FROM (\(counted) UNION ALL \(effects(after: "?1", since)))
            GROUP BY account HAVING sum(pixels) > 0) s
        JOIN accounts a ON a.id = s.account
        WHERE \(BoardFinder.isShown)
        ORDER BY s.sum DESC, s.reached_at_ms, \(BoardFinder.byAccount("s"))
        LIMIT \(Limits.maxBoardEntries)
        """
    }

    private let connection: Connection
    private let newestVersion, stretchEnd, since, ever, mark: Statement
    private let count: [Statement]
    /// The version up to which all changes are counted.
    private var counted: Version

    init(connection: Connection) throws(SQLiteFailure) {
        self.connection = connection
        counted = try connection.integer("SELECT version FROM counted_changes") ?? 0
        newestVersion = try connection.prepare("SELECT max(version) FROM canvas_changes")
        stretchEnd = try connection.prepare(
            """
            SELECT max(version)
            FROM (SELECT version FROM canvas_changes WHERE version > ?1 ORDER BY version LIMIT ?2)
            """)
        since = try connection.prepare(Self.sinceSQL)
        ever = try connection.prepare(Self.everSQL)
        mark = try connection.prepare("UPDATE counted_changes SET version = ?")
        let toStretch = Self.effects(after: "?1", "AND c.version <= ?2")
        let onConflict = """
            DO UPDATE SET pixels = pixels + excluded.pixels,
                latest_at_ms = max(latest_at_ms, excluded.latest_at_ms)
            """
        count = [
            try connection.prepare(
                """
                INSERT INTO pixels_by_day (day, account, pixels, latest_at_ms)
                SELECT at_ms / \(Self.dayMs), account, sum(pixels), max(at_ms)
                FROM (\(toStretch)) WHERE true GROUP BY 1, 2
                ON CONFLICT (day, account) \(onConflict)
                """),
            try connection.prepare(
                """
                INSERT INTO pixels_by_account (account, pixels, latest_at_ms)
                SELECT account, sum(pixels), max(at_ms) FROM (\(toStretch)) WHERE true GROUP BY 1
                ON CONFLICT (account) \(onConflict)
                """),
        ]
    }

    /// Counts what came since the last time once that is a stretch; a history that was never counted goes in many
    /// transactions, none of which is large, and goes on where a crash ended it.
    mutating func advance() throws(SQLiteFailure) {
        guard let newest = try newestVersion.integer() else { return }
        while newest - counted >= Self.stretchVersions {
            // By the changes that are there: where a version number is damaged the gap before it may be endless.
            let most = SQLValue.integer(Int64(Self.maxStretchChanges))
            guard let end = try stretchEnd.integer([.integer(counted), most]) else { return }
            try add(through: end)
        }
    }

    /// Counts all changes up to a version, whatever that is of a stretch.
    mutating func count(through version: Version) throws(SQLiteFailure) {
        try advance()
        if version > counted { try add(through: version) }
    }

    private mutating func add(through end: Version) throws(SQLiteFailure) {
        let values: [SQLValue] = [.integer(counted), .integer(end)]
        try connection.transaction { () throws(SQLiteFailure) in
            for statement in count { try statement.run(values) }
            try mark.run([.integer(end)])
        }
        counted = end
    }

    /// The accounts with the most pixels since a midnight; of equals, whoever placed the last of them first stands
    /// first.
    ///
    /// - Parameter sinceMs: 0 for all time.
    func best(sinceMs: Int64) throws(SQLiteFailure) -> [BoardScore] {
        var scores: [BoardScore] = []
        func take(_ row: Row) -> Bool {
            scores.append(BoardScore(row))
            return true
        }
        if sinceMs <= 0 {
            try ever.forEachRow([.integer(counted)], take)
        } else {
            let day = sinceMs / Self.dayMs
            try since.forEachRow([.integer(counted), .integer(day), .integer(sinceMs)], take)
        }
        return scores
    }
}
