import Glibc

/// A database's backup: one file that is there whole or not at all, checked before it gets its name.
///
/// It holds no signing key. It is a database without a write-ahead log, so that it can be read where nothing can
/// be written.
public enum Backup {
    /// Where a copy is made before it becomes the backup `file`: beside it, so that it can be renamed.
    public static func draftPath(of file: String) -> String { "\(file).\(getpid()).part" }

    /// Refuses a name that is taken, unless it may be, before anything is copied; names beside the database in any
    /// case, and files that are no databases.
    public static func checkName(
        _ file: String, replacing: Bool, of directory: String
    ) throws(StorageError) {
        guard !isInside(file, directory) else {
            throw StorageError(
                .exists, "\(file) lies in the data directory, which is the server's: choose a place outside")
        }
        var status = stat()
        guard lstat(file, &status) == 0 else {
            guard errno == ENOENT else { throw FileFailure("make", file, errno).error }
            return
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw StorageError(.exists, "\(file) is no file that a backup could take the place of")
        }
        guard replacing else {
            throw StorageError(.exists, "\(file) exists: choose another name, or --force to replace it")
        }
        guard isDatabase(file) else {
            throw StorageError(.exists, "\(file) is no database: --force replaces backups alone")
        }
    }

    /// Whether a file's place is in a directory or beneath it, by whatever names.
    private static func isInside(_ file: String, _ directory: String) -> Bool {
        let parent = file.lastIndex(of: "/").map { String(file[...$0]) } ?? "."
        guard let place = realpath(parent, nil), let data = realpath(directory, nil) else { return false }
        defer {
            free(place)
            free(data)
        }
        return (String(cString: place) + "/").hasPrefix(String(cString: data) + "/")
    }

    /// Whether a file begins as SQLite's do (sqlite.org/fileformat.html §1.3).
    private static func isDatabase(_ file: String) -> Bool {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let magic = Array("SQLite format 3\0".utf8)
        var head = [UInt8](repeating: 0, count: magic.count)
        return read(descriptor, &head, head.count) == head.count && head == magic
    }

    /// Copies the database of a directory where no server lives, whatever release wrote it, into a draft.
    public static func copy(directory: String, to draft: String) throws(StorageError) {
        let place = try DataDirectory(existing: directory)
        let connection = try place.openDatabase()
        defer { connection.close() }
        _ = try Migrator(connection: connection, directory: directory).appliedVersion()
        let copy = try BackupCopy(of: connection, to: draft)
        while try copy.step() == .copying {}
    }

    /// Makes a whole copy the backup: checks it, syncs it and gives it its name; a draft that isn't one is removed.
    ///
    /// - Returns: its size in bytes.
    @discardableResult
    public static func finish(
        _ draft: String, as file: String, replacing: Bool
    ) throws(StorageError) -> Int64 {
        do throws(StorageError) {
            try makeReadable(draft)
            let flaws = try DatabaseCheck.flaws(of: draft)
            guard flaws.isEmpty else {
                throw StorageError(
                    .corrupt, "the database is damaged, and so would be its backup: \(flaws[0])")
            }
            try FileSync.sync(draft)
            try give(file, to: draft, replacing: replacing)
            return FileSync.bytes(of: file)
        } catch {
            unlink(draft)
            throw error
        }
    }

    /// Takes the mark of a write-ahead log off the copy.
    private static func makeReadable(_ draft: String) throws(StorageError) {
        do throws(SQLiteFailure) {
            let connection = try Connection(path: draft)
            defer { connection.close() }
            try connection.execute("PRAGMA synchronous = OFF")
            guard try connection.text("PRAGMA journal_mode = DELETE") == "delete" else {
                throw connection.failure
            }
        } catch {
            throw error.error(doing: "finish the copy", to: draft)
        }
    }

    private static func give(_ file: String, to draft: String, replacing: Bool) throws(StorageError) {
        if replacing {
            guard rename(draft, file) == 0 else { throw FileFailure("make", file, errno).error }
        } else {
            // A link, unlike a rename, never takes another file's place.
            guard link(draft, file) == 0 else {
                if errno == EEXIST { throw StorageError(.exists, "\(file) appeared meanwhile") }
                throw FileFailure("make", file, errno).error
            }
            unlink(draft)
        }
        try FileSync.syncDirectory(of: file)
    }
}
