/// Holds what storage keeps in sums and indexes against the rows that they are made of.
struct SumCheck {
    let connection: Connection
    /// The newest migration in the database.
    let schema: Int64

    private typealias Finding = DatabaseCheck.Finding

    /// One question: rows of flaws, or none.
    ///
    /// The first column is an id, the others are what is told.
    struct Question {
        let subject: String
        /// The migration that brought its tables.
        let since: Int64
        let sql: String
        /// What is told where there is no flaw: a count.
        let countSQL: String
        let unit: String
        let words: (Row) -> String
    }

    /// Asks every question that the schema has tables for.
    func run() throws(SQLiteFailure) -> [DatabaseCheck.Finding] {
        let horizon = schema < Migration.history.version ? nil : try HistoryTable.horizon(connection)?.version
        var findings: [DatabaseCheck.Finding] = []
        let moderation = Self.moderation(since: horizon ?? 0)
        let counts = horizon == nil ? Self.counts : Self.leastCounts
        for question in Self.indexes + Self.sums + moderation + counts where question.since <= schema {
            findings += try ask(question)
        }
        return findings
    }

    private func ask(_ question: Question) throws(SQLiteFailure) -> [DatabaseCheck.Finding] {
        var findings: [DatabaseCheck.Finding] = []
        try connection.prepare(question.sql).forEachRow { (row) throws(SQLiteFailure) in
            findings.append(Finding(question.subject, question.words(row), isSound: false))
            return findings.count < DatabaseCheck.maxToldFlaws
        }
        guard findings.isEmpty else { return findings }
        let count = try connection.integer(question.countSQL) ?? 0
        return [Finding(question.subject, "\(count) \(question.unit)")]
    }

    /// Changes found by cell and by account are those that there are.
    private static var indexes: [Question] {
        ["cell", "account"].map { column in
            let table = "canvas_changes_by_\(column)"
            // A block stands in the index whole or not at all; what a retention took is in neither.
            return Question(
                subject: "index by \(column)", since: 1,
                sql: """
                    SELECT i.version FROM \(table) i LEFT JOIN canvas_changes c ON c.version = i.version
                    WHERE c.version IS NULL OR c.\(column) <> i.\(column)
                        OR i.block <> i.version / \(ChangeIndex.blockVersions)
                    UNION ALL
                    SELECT c.version FROM canvas_changes c
                    WHERE c.version < (SELECT coalesce(max(block) + 1, 0) FROM \(table)) * \(ChangeIndex.blockVersions)
                        AND NOT EXISTS (
                            SELECT 1 FROM \(table) i
                            WHERE i.block = c.version / \(ChangeIndex.blockVersions)
                                AND i.\(column) = c.\(column) AND i.version = c.version)
                    """,
                countSQL: "SELECT count(*) FROM \(table)", unit: "changes",
                words: { "change \($0.integer(0)) isn't found as it is" })
        }
    }

    private static var sums: [Question] {
        [
            Question(
                subject: "points", since: 5,
                sql: """
                    SELECT a.id, \(Migration.identifierText("a.id")), a.points, coalesce(sum(p.points), 0)
                    FROM accounts a LEFT JOIN point_entries p ON p.account = a.id
                    GROUP BY a.id HAVING a.points <> coalesce(sum(p.points), 0)
                    """,
                countSQL: "SELECT count(*) FROM accounts", unit: "accounts",
                words: { "account \($0.text(1)) has \($0.integer(2)), its entries make \($0.integer(3))" }),
            Question(
                subject: "pixels by day", since: 6,
                sql: """
                    SELECT account, \(Migration.identifierText("account")), sum(ever), sum(days) FROM (
                        SELECT account, pixels AS ever, 0 AS days FROM pixels_by_account
                        UNION ALL SELECT account, 0, pixels FROM pixels_by_day)
                    GROUP BY account HAVING sum(ever) <> sum(days)
                    """,
                countSQL: "SELECT count(*) FROM pixels_by_day", unit: "days of accounts",
                words: { "account \($0.text(1)) has \($0.integer(2)), its days make \($0.integer(3))" }),
            Question(
                subject: "click pushes", since: 3,
                sql: """
                    SELECT id, accepted, (SELECT sum(value) FROM json_each(clicks)) AS sum
                    FROM click_pushes WHERE sum IS NOT accepted
                    """,
                countSQL: "SELECT count(*) FROM click_pushes", unit: "pushes",
                words: { "push \($0.integer(0)) counted \($0.integer(1)), its clicks make \($0.integer(2))" }),
        ]
    }

    private static let countedEffects = PixelCounts.effects(
        after: "-1", "AND c.version <= (SELECT version FROM counted_changes)")

    /// How many pixels each account placed, up to where they were counted.
    private static var counts: [Question] {
        let effects = countedEffects
        func differing(_ kept: String, _ made: String) -> String {
            "SELECT account, pixels FROM (SELECT * FROM (\(kept) EXCEPT \(made)) UNION ALL SELECT * FROM (\(made) EXCEPT \(kept)))"
        }
        return [
            Question(
                subject: "pixel counts", since: 9,
                sql: """
                    SELECT account, \(Migration.identifierText("account")), max(pixels) FROM (
                        \(differing(
                            "SELECT account, pixels, 0 AS day FROM pixels_by_account",
                            "SELECT account, sum(pixels) AS pixels, 0 AS day FROM (\(effects)) GROUP BY account"))
                        UNION ALL
                        \(differing(
                            "SELECT account, pixels, day FROM pixels_by_day",
                            "SELECT account, sum(pixels) AS pixels, at_ms / 86400000 AS day FROM (\(effects)) GROUP BY 1, 3")))
                    GROUP BY account
                    """,
                countSQL: "SELECT count(*) FROM pixels_by_account", unit: "accounts",
                words: { "the pixels of account \($0.text(1)) aren't what its changes make" })
        ]
    }

    /// The same where history was dropped: counts of what is gone can't be made anew, but what is dropped never took
    /// more than it gave, so that no account can have fewer than the changes that are kept make.
    private static var leastCounts: [Question] {
        func fewer(_ table: String, _ day: String, kept: String) -> String {
            """
            SELECT m.account, m.pixels AS made, coalesce(k.pixels, 0) AS kept
            FROM (SELECT account, \(day) AS day, sum(pixels) AS pixels FROM (\(countedEffects)) GROUP BY 1, 2) m
            LEFT JOIN \(table) k ON k.account = m.account AND \(kept)
            WHERE m.pixels > coalesce(k.pixels, 0)
            """
        }
        return [
            Question(
                subject: "pixel counts", since: 9,
                sql: """
                    SELECT account, \(Migration.identifierText("account")), max(made), kept FROM (
                        \(fewer("pixels_by_account", "0", kept: "true")) UNION ALL
                        \(fewer("pixels_by_day", "at_ms / 86400000", kept: "k.day = m.day")))
                    GROUP BY account
                    """,
                countSQL: "SELECT count(*) FROM pixels_by_account", unit: "accounts",
                words: {
                    "account \($0.text(1)) has \($0.integer(3)) pixels, the changes that are kept make \($0.integer(2))"
                })
        ]
    }
}
