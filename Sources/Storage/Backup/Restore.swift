import Glibc

/// Puts a backup in the place of a directory's database, where no server lives.
///
/// The database that was there stays beside it under a name with the time. The canvas's epoch gets another number,
/// since its versions are used once more. A restore that is cut short leaves
/// either of the two under the database's name, never none and never a mixture.
public struct Restore {
    /// What came of it.
    public struct Report: Hashable, Sendable {
        /// The backup's schema.
        public var schema: Int64
        /// The newest version of its canvas.
        public var version: Int64
        /// Where the former database is now; nil where there was none.
        public var formerPath: String?
    }

    private let backup: String
    private let directory: String
    /// What the former database's new name ends with.
    private let stamp: String

    /// - Parameter stamp: the time in a file's name, as in `20261127T231500Z`.
    public init(backup: String, into directory: String, stamp: String) {
        self.backup = backup
        self.directory = directory
        self.stamp = stamp
    }

    /// Does it.
    ///
    /// Whatever is wrong with the backup is found before anything is changed.
    public func run() throws(StorageError) -> Report {
        let place = try DataDirectory(path: directory)
        let (schema, version) = try examine()
        let draft = place.databasePath + ".restored.part"
        Self.remove(draft)
        defer { Self.remove(draft) }
        try copyFile(to: draft)
        let hasFormer = DataDirectory.hasDatabase(place.path)
        try FreshEpoch(former: hasFormer ? place.databasePath : nil).take(in: draft)
        try FileSync.sync(draft)
        try place.giveToOwner([draft])
        let former = try setAside(place)
        guard rename(draft, place.databasePath) == 0 else {
            throw FileFailure("replace", place.databasePath, errno).error
        }
        try FileSync.syncDirectory(of: place.databasePath)
        return Report(schema: schema, version: version, formerPath: former)
    }

    /// Removes a database file, and whatever SQLite left beside it.
    private static func remove(_ path: String) { for name in ["", "-wal", "-shm"] { unlink(path + name) } }

    private func examine() throws(StorageError) -> (schema: Int64, version: Int64) {
        guard access(backup, F_OK) == 0 else { throw FileFailure("open", backup, errno).error }
        let flaws = try DatabaseCheck.flaws(of: backup)
        guard flaws.isEmpty else { throw StorageError(.corrupt, "\(backup) is damaged: \(flaws[0])") }
        do throws(SQLiteFailure) {
            let connection = try Connection(path: backup, isReadOnly: true)
            defer { connection.close() }
            let schema = try connection.integer("SELECT max(version) FROM schema_migrations") ?? 0
            // A blank canvas that nobody painted on yet has a version without a change.
            let version = try connection.integer(
                """
                SELECT max(version) FROM (
                    SELECT version FROM canvas_changes UNION ALL SELECT first_version FROM canvas_epochs)
                """)
            return (schema, version ?? 0)
        } catch {
            throw error.error(doing: "read", to: backup)
        }
    }

    /// Copies the backup through SQLite, so that what stands in a log beside it comes along.
    private func copyFile(to draft: String) throws(StorageError) {
        let source: Connection
        do throws(SQLiteFailure) {
            source = try Connection(path: backup, isReadOnly: true)
        } catch {
            throw error.error(doing: "read", to: backup)
        }
        defer { source.close() }
        let copy = try BackupCopy(of: source, to: draft)
        while try copy.step() == .copying {}
    }

    /// Gives the former database a second name, and sees to it that no log of its is taken for the backup's.
    private func setAside(_ place: DataDirectory) throws(StorageError) -> String? {
        let path = place.databasePath
        guard DataDirectory.hasDatabase(place.path) else {
            // A log without its database is of no use, and would be read into the backup.
            for name in ["-wal", "-shm"] { unlink(path + name) }
            return nil
        }
        let aside = "\(path).before-restore-\(stamp)"
        copyLog(of: path)
        guard link(path, aside) == 0 else {
            if errno == EEXIST {
                throw StorageError(.exists, "\(aside) is there already: try again in a second")
            }
            throw FileFailure("make", aside, errno).error
        }
        // What couldn't be copied goes with its database: SQLite finds a log by the database's name.
        if access(path + "-wal", F_OK) == 0 {
            guard rename(path + "-wal", aside + "-wal") == 0 else {
                throw FileFailure("make", aside + "-wal", errno).error
            }
        }
        unlink(path + "-shm")
        try FileSync.syncDirectory(of: path)
        return aside
    }

    /// Copies the former database's log into it, where it is sound enough; then there is no log any more.
    private func copyLog(of path: String) {
        do throws(SQLiteFailure) {
            let former = try Connection(path: path)
            defer { former.close() }
            try former.execute("PRAGMA synchronous = FULL")
            try former.checkpoint(truncate: true)
        } catch {
            // A damaged one is kept as it is, its log with it.
        }
    }
}
