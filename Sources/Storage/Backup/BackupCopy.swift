import CSQLite
import Glibc

/// A copy of a database in the making, taken a few pages at a time through the connection that writes.
///
/// What is committed through that connection meanwhile reaches the copy by itself (sqlite.org/c3ref/backup_finish.html),
/// so that writers neither wait for a copy nor make it begin anew. Between two steps it holds no lock on the source.
/// Dropped before it is whole, it takes its file away.
final class BackupCopy {
    /// How far it is.
    enum Progress: Equatable {
        case copying
        /// Every page is in the file, as of the last commit.
        case whole
    }

    /// Pages in one call of SQLite's: a quarter of a megabyte.
    private static let pagesAtOnce: Int32 = 64
    /// What a step takes at most, but for its last call.
    private static let stepUs: Int64 = 4_000
    /// Bytes after which the kernel is told to begin writing: what piles up in its cache makes a commit's sync late.
    private static let writebackBytes = 4 << 20

    /// The file it is made in.
    let path: String
    private let source: Connection
    private let copy: Connection
    private var backup: OpaquePointer?
    /// For the kernel alone.
    ///
    /// Closed after SQLite's own: a process's locks on a file end with any descriptor of it.
    private let descriptor: Int32
    private var begunBytes = 0
    private var isWhole = false

    /// Makes the file (0600), which must not exist, and copies nothing yet.
    init(of source: Connection, to path: String) throws(StorageError) {
        self.path = path
        self.source = source
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileFailure("make", path, errno).error }
        do throws(SQLiteFailure) {
            copy = try Connection(path: path)
            // A copy that a crash leaves half done is thrown away: it needs no journal, and is synced once it is whole.
            try copy.execute(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY"
            )
            backup = try source.beginBackup(into: copy)
        } catch {
            Glibc.close(descriptor)
            unlink(path)
            throw error.error(doing: "begin the copy", to: path)
        }
        self.descriptor = descriptor
    }

    deinit {
        if let backup { sqlite3_backup_finish(backup) }
        copy.close()
        Glibc.close(descriptor)
        if !isWhole { unlink(path) }
    }

    /// Copies for a few milliseconds; a step that another connection's lock keeps from working copies nothing.
    func step() throws(StorageError) -> Progress {
        guard let backup else { return .whole }
        let clock = ContinuousClock()
        let end = clock.now + .microseconds(Self.stepUs)
        repeat {
            SQLiteFailure.forgetSystemError()
            let result = sqlite3_backup_step(backup, Self.pagesAtOnce)
            switch result {
            case SQLITE_OK: break
            case SQLITE_DONE:
                try finish(backup)
                return .whole
            case SQLITE_BUSY, SQLITE_LOCKED: return .copying
            default: throw SQLiteFailure(code: result, systemError: errno).error(doing: "copy", to: path)
            }
        } while clock.now < end
        beginWriteback()
        return .copying
    }

    private func finish(_ backup: OpaquePointer) throws(StorageError) {
        self.backup = nil
        let result = sqlite3_backup_finish(backup)
        guard result == SQLITE_OK else {
            throw SQLiteFailure(code: result, systemError: errno).error(doing: "copy", to: path)
        }
        isWhole = true
    }

    private func beginWriteback() {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return }
        let written = Int(status.st_size)
        guard written - begunBytes >= Self.writebackBytes else { return }
        // Named for what it does to clean pages; dirty ones it begins to write, without waiting for any.
        posix_fadvise(descriptor, begunBytes, written - begunBytes, POSIX_FADV_DONTNEED)
        begunBytes = written
    }
}
