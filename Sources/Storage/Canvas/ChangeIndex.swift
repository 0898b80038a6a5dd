import Engine
import Protocol

/// Finds changes by cell and by account without a random write for each change.
///
/// An ordinary index on `canvas_changes (cell)` makes a commit of 200 random pixels touch 200 pages: ten times
/// the time and a hundred times the bytes. So changes are indexed a block of versions at a time, once the
/// block is full, in order of cell and of account: sequential writes. A look-up reads the changes of the
/// blocks not indexed yet, then asks each block, newest first.
struct ChangeIndex {
    /// What changes are found by.
    enum Key {
        case cell(Int)
        case account(Identifier)
    }

    /// Versions in a block: few enough to read one through in a millisecond, and to index it in a few.
    static let blockVersions: Int64 = 16_384

    private let connection: Connection
    private let newestVersion: Statement
    private let nextVersion: Statement
    private let fill: [Statement]
    private let cell: Finder
    private let account: Finder
    /// The first block that isn't indexed.
    private var openBlock: Int64

    init(connection: Connection) throws(SQLiteFailure) {
        self.connection = connection
        openBlock = try connection.integer("SELECT max(block) + 1 FROM canvas_changes_by_cell") ?? 0
        newestVersion = try connection.prepare("SELECT max(version) FROM canvas_changes")
        nextVersion = try connection.prepare("SELECT min(version) FROM canvas_changes WHERE version >= ?")
        cell = try Finder(connection: connection, column: "cell")
        account = try Finder(connection: connection, column: "account")
        var fill: [Statement] = []
        for column in ["cell", "account"] {
            fill.append(
                try connection.prepare(
                    """
                    INSERT INTO canvas_changes_by_\(column) (block, \(column), version)
                    SELECT ?1, \(column), version FROM canvas_changes
                    WHERE version >= ?2 AND version < ?3 ORDER BY \(column), version
                    """))
        }
        self.fill = fill
    }

    /// The version up to which all changes are indexed.
    var indexedVersion: Version { max(0, openBlock * Self.blockVersions - 1) }

    /// Indexes the oldest full block that isn't yet, in a transaction of its own.
    ///
    /// - Returns: whether there was one.
    mutating func fillBlock() throws(SQLiteFailure) -> Bool {
        guard let newest = try newestVersion.integer(), newest / Self.blockVersions > openBlock else {
            return false
        }
        // Blocks without a change are passed over: only a damaged history has any, but then perhaps very many.
        let next = try nextVersion.integer([.integer(openBlock * Self.blockVersions)]) ?? newest
        openBlock = next / Self.blockVersions
        guard newest / Self.blockVersions > openBlock else { return false }
        let first = openBlock * Self.blockVersions
        let values: [SQLValue] = [.integer(openBlock), .integer(first), .integer(first + Self.blockVersions)]
        try connection.transaction { () throws(SQLiteFailure) in
            for statement in fill { try statement.run(values) }
        }
        openBlock += 1
        return true
    }

    /// Hands the changes of a cell or an account to `body`, newest first, until it returns false.
    ///
    /// - Parameter versions: where to look.
    func forEachChange(
        of key: Key, in versions: Range<Version>, _ body: (ChangeRecord) throws(SQLiteFailure) -> Bool
    ) throws(SQLiteFailure) {
        let finder: Finder
        let value: SQLValue
        switch key {
        case .cell(let number): (finder, value) = (cell, .integer(Int64(number)))
        case .account(let id): (finder, value) = (account, .integer(id.stored))
        }
        let low = max(0, versions.lowerBound)
        let bounds: [SQLValue] = [.integer(low), .integer(versions.upperBound)]
        let unindexed = openBlock * Self.blockVersions
        var goesOn = true
        func hand(_ row: Row) throws(SQLiteFailure) -> Bool {
            goesOn = try body(ChangeRecord(row))
            return goesOn
        }
        try finder.unindexed.forEachRow([value, .integer(max(low, unindexed)), bounds[1]], hand)
        var block = min(openBlock - 1, versions.upperBound / Self.blockVersions)
        while goesOn, block >= low / Self.blockVersions {
            try finder.indexed.forEachRow([value, .integer(block)] + bounds, hand)
            block -= 1
        }
    }

    /// The two look-ups by one column.
    private struct Finder {
        let unindexed, indexed: Statement

        init(connection: Connection, column: String) throws(SQLiteFailure) {
            let columns = ChangeRecord.columns
            unindexed = try connection.prepare(
                """
                SELECT \(columns) FROM canvas_changes c
                WHERE c.\(column) = ?1 AND c.version >= ?2 AND c.version < ?3 ORDER BY c.version DESC
                """)
            // CROSS JOIN keeps the planner from reading the changes first.
            indexed = try connection.prepare(
                """
                SELECT \(columns)
                FROM canvas_changes_by_\(column) i CROSS JOIN canvas_changes c ON c.version = i.version
                WHERE i.\(column) = ?1 AND i.block = ?2 AND i.version >= ?3 AND i.version < ?4
                ORDER BY i.version DESC
                """)
        }
    }
}

extension ChangeRecord {
    /// The columns that `init(_:)` reads, of `canvas_changes c`.
    static let columns = "c.version, c.cell, c.color, c.account, c.at_ms, c.undoes, c.rollback"

    /// Reads a row of `columns`.
    init(_ row: Row) {
        self.init(
            version: row.integer(0), cell: Int(row.integer(1)),
            color: UInt8(truncatingIfNeeded: row.integer(2)),
            account: Identifier(stored: row.integer(3)), atMs: row.integer(4), undoes: row.optionalInteger(5),
            rollback: row.optionalInteger(6).map { Int($0) })
    }
}
