import Glibc

/// Looks a database through, from its pages to its sums: what one row says must follow from the others.
///
/// It reads through a connection of its own that can't write, in one transaction: beside a live server it sees one
/// moment, and nobody waits for it.
public struct DatabaseCheck {
    /// Something that was looked at.
    public struct Finding: Hashable, Sendable {
        /// What was looked at, in a word or two.
        public var subject: String
        /// How much there was of it, or what is wrong.
        public var words: String
        /// Whether it is as it should be.
        public var isSound: Bool

        /// Joins the parts.
        public init(_ subject: String, _ words: String, isSound: Bool = true) {
            self.subject = subject
            self.words = words
            self.isSound = isSound
        }
    }

    /// Flaws of a kind that are told; there may be as many as there are rows.
    static let maxToldFlaws = 20

    /// Checks the database of a directory, of a live server or not.
    ///
    /// Where no server lives, the directory's lock keeps one from starting meanwhile.
    public static func run(directory: String) throws(StorageError) -> [Finding] {
        guard Database.exists(in: directory) else {
            throw StorageError(.directory, "no server has ever kept its data in \(directory) (see --data)")
        }
        var lock: DataDirectory?
        do throws(StorageError) {
            lock = try DataDirectory(path: directory)
        } catch {
            guard error.code == .locked else { throw error }
        }
        defer { withExtendedLifetime(lock) {} }
        return try run(file: directory + "/pixelwars.db")
    }

    /// Checks a database's file, such as a backup.
    public static func run(file: String) throws(StorageError) -> [Finding] {
        try reading(file) { (connection, schema) throws(SQLiteFailure) in
            try connection.execute("PRAGMA cache_size = -65536; BEGIN")
            var findings = try pages(connection)
            // Rows of a file whose pages are damaged may say anything.
            guard findings.allSatisfy(\.isSound) else { return findings }
            findings.append(try references(connection))
            findings += try HistoryCheck(connection: connection, schema: schema).run()
            findings += try SumCheck(connection: connection, schema: schema).run()
            return findings
        }
    }

    /// What is wrong with a database's file: nothing where it is one of ours, of a schema that this release
    /// knows, and its pages and references are whole.
    static func flaws(of file: String) throws(StorageError) -> [String] {
        let findings = try reading(file) { (connection, _) throws(SQLiteFailure) in
            let findings = try pages(connection)
            return try findings.allSatisfy(\.isSound) ? findings + [references(connection)] : findings
        }
        return findings.filter { !$0.isSound }.map { "\($0.subject): \($0.words)" }
    }

    /// Opens a file to read it, once it is known as a database of ours.
    private static func open(_ file: String) throws(StorageError) -> (connection: Connection, schema: Int64) {
        guard access(file, R_OK) == 0 else { throw FileFailure("open", file, errno).error }
        // A pipe or a device would be waited for.
        guard FileSync.isRegular(file) else {
            throw StorageError(.notADatabase, "\(file) is no file that could be a database")
        }
        let connection: Connection
        do throws(SQLiteFailure) {
            connection = try Connection(path: file, isReadOnly: true)
            try connection.execute("PRAGMA busy_timeout = 2000")
        } catch {
            throw error.error(doing: "open the database", in: file)
        }
        let schema = try Migrator(connection: connection, directory: file).appliedVersion()
        guard schema > 0 else {
            throw StorageError(.notADatabase, "there is no database of Pixel Wars in \(file)")
        }
        return (connection, schema)
    }

    /// What can't be read is a finding where the file is at fault, and an error where the system is.
    private static func reading(
        _ file: String, _ body: (Connection, _ schema: Int64) throws(SQLiteFailure) -> [Finding]
    ) throws(StorageError) -> [Finding] {
        let connection: Connection
        let schema: Int64
        do throws(StorageError) {
            (connection, schema) = try open(file)
        } catch {
            guard error.code == .corrupt else { throw error }
            return [Finding("pages", error.message, isSound: false)]
        }
        defer { connection.close() }
        do throws(SQLiteFailure) {
            return try body(connection, schema)
        } catch {
            guard error.isDamage else { throw error.error(doing: "read the database", in: file) }
            return [Finding("pages", error.words, isSound: false)]
        }
    }

    /// SQLite's own look at every page, index and constraint.
    private static func pages(_ connection: Connection) throws(SQLiteFailure) -> [Finding] {
        var findings: [Finding] = []
        let check = try connection.prepare("PRAGMA integrity_check(\(maxToldFlaws))")
        try check.forEachRow { (row) throws(SQLiteFailure) in
            let words = row.text(0)
            if words != "ok" { findings.append(Finding("pages", words, isSound: false)) }
            return true
        }
        guard findings.isEmpty else { return findings }
        let count = try connection.integer("PRAGMA page_count") ?? 0
        return [Finding("pages", "\(count)")]
    }

    private static func references(_ connection: Connection) throws(SQLiteFailure) -> Finding {
        var (count, first) = (0, "")
        try connection.prepare("PRAGMA foreign_key_check").forEachRow { (row) throws(SQLiteFailure) in
            if count == 0 {
                let which = row.optionalInteger(1).map { " \($0)" } ?? ""
                first = "row\(which) of \(row.text(0)) refers to a row of \(row.text(2)) that isn't there"
            }
            count += 1
            return true
        }
        guard count > 0 else { return Finding("references", "all lead somewhere") }
        return Finding(
            "references", count > 1 ? "\(first), and \(count - 1) more like it" : first, isSound: false)
    }
}
