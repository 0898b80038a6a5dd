import CSQLite
import Engine
import Glibc

/// What SQLite said when a call failed, read at once, before another call overwrites it.
struct SQLiteFailure: Error, Hashable {
    /// The extended result code.
    var code: Int32
    /// The system's error number of the last I/O, 0 where there was none.
    var systemError: Int32

    /// Reads the last error of a connection, on the thread where it came up.
    ///
    /// The system's number is `errno`: `sqlite3_system_errno` would name an earlier failure here, because SQLite
    /// 3.40 doesn't refresh it when a COMMIT fails.
    init(of handle: OpaquePointer?) {
        systemError = errno
        code = sqlite3_extended_errcode(handle)
    }

    /// Forgets the system's last error, so that the next failure doesn't show an older one's.
    static func forgetSystemError() { errno = 0 }

    /// Joins the parts.
    init(code: Int32, systemError: Int32) {
        self.code = code
        self.systemError = systemError
    }

    /// The result code without its extension.
    var primaryCode: Int32 { code & 0xff }

    /// SQLite's own words for the code; they hold no path and no value.
    var words: String {
        let text = sqlite3_errstr(code).map { String(cString: $0) } ?? "unknown error"
        let cause = primaryCode == SQLITE_IOERR && systemError != 0 ? ", system error \(systemError)" : ""
        return "\(text) (SQLite \(code)\(cause))"
    }

    /// Whether more room would have made it work.
    ///
    /// A failed sync is never one of these: the kernel may have dropped the pages and forgotten, so a second
    /// sync proves nothing.
    var isFull: Bool {
        if primaryCode == SQLITE_FULL { return true }
        let syncs = [SQLITE_IOERR | 4 << 8, SQLITE_IOERR | 5 << 8]
        guard primaryCode == SQLITE_IOERR, !syncs.contains(code) else { return false }
        return [ENOSPC, EDQUOT, EFBIG].contains(systemError)
    }

    /// Whether another process held the database's write lock for longer than we wait.
    var isBusy: Bool { primaryCode == SQLITE_BUSY || primaryCode == SQLITE_LOCKED }

    /// Whether the file itself is at fault.
    var isDamage: Bool {
        // A file that ends too soon reads short.
        [SQLITE_CORRUPT, SQLITE_NOTADB].contains(primaryCode) || code == SQLITE_IOERR | 2 << 8
    }

    /// What the engine is told: a lack of room and a foreign lock pass, everything else doesn't.
    var fault: StorageFault {
        isFull || isBusy ? .full : .broken(words)
    }

    /// What the person who starts the server is told.
    func error(doing what: String, in directory: String) -> StorageError {
        if isFull { return StorageError(.full, "no room left in \(directory) to \(what)") }
        switch primaryCode {
        case SQLITE_NOTADB:
            return StorageError(.notADatabase, "the database in \(directory) isn't an SQLite database")
        case SQLITE_CORRUPT:
            return StorageError(.corrupt, "the database in \(directory) is damaged: \(words)")
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY:
            return StorageError(.directory, "can't open or write the database in \(directory): \(words)")
        default:
            return StorageError(.io, "can't \(what) in \(directory): \(words)")
        }
    }
}
