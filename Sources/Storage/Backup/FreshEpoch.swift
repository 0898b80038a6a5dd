/// Gives the running epoch of a restored canvas another number.
///
/// Its versions begin again where the backup ends, and others had them before: whoever kept what the canvas was then
/// (a client that slept, a cache) must not take the two for one.
struct FreshEpoch {
    /// How far a number lies from those that were used where nobody can tell which these were.
    static let leap: Int64 = 1_000

    /// The highest number that the former database used; nil where that can't be read.
    let formerHighest: Int64?

    /// Reads what a database used that is about to be replaced.
    init(former path: String?) {
        guard let path else {
            formerHighest = nil
            return
        }
        do throws(SQLiteFailure) {
            let former = try Connection(path: path, isReadOnly: true)
            defer { former.close() }
            formerHighest = try former.integer("SELECT max(epoch) FROM canvas_epochs")
        } catch {
            // It is damaged, which is why it is replaced.
            formerHighest = nil
        }
    }

    /// Changes the number in a database that no server has open, wherever it stands.
    func take(in path: String) throws(StorageError) {
        do throws(SQLiteFailure) {
            let connection = try Connection(path: path)
            defer { connection.close() }
            try connection.execute("PRAGMA synchronous = FULL")
            guard
                let running = try connection.integer(
                    "SELECT epoch FROM canvas_epochs ORDER BY first_version DESC LIMIT 1"),
                let highest = try connection.integer("SELECT max(epoch) FROM canvas_epochs")
            else { return }
            let fresh = formerHighest.map { max($0, highest) + 1 } ?? highest + Self.leap
            let others = try Self.tables(in: connection)
            try connection.transaction { () throws(SQLiteFailure) in
                try connection.execute("PRAGMA defer_foreign_keys = ON")
                for table in ["canvas_epochs"] + others {
                    try connection.execute("UPDATE \(table) SET epoch = \(fresh) WHERE epoch = \(running)")
                }
            }
            try connection.checkpoint(truncate: true)
        } catch {
            throw error.error(doing: "write", to: path)
        }
    }

    /// The tables with a column `epoch` that names one, in whatever schema the backup has.
    private static func tables(in connection: Connection) throws(SQLiteFailure) -> [String] {
        var tables: [String] = []
        let all = try connection.prepare(
            """
            SELECT m.name FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
            WHERE m.type = 'table' AND f."table" = 'canvas_epochs' AND f."from" = 'epoch' ORDER BY m.name
            """)
        try all.forEachRow { (row) throws(SQLiteFailure) in
            tables.append(row.text(0))
            return true
        }
        return tables
    }
}
