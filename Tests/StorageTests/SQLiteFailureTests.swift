import CSQLite
import Engine
import Glibc
import Testing

@testable import Storage

@Suite("A failure of SQLite")
struct SQLiteFailureTests {
    @Test(
        "that more room or patience would have cured passes",
        arguments: [
            (SQLITE_FULL, 0), (SQLITE_FULL, ENOSPC), (SQLITE_IOERR | 3 << 8, ENOSPC),
            (SQLITE_IOERR | 3 << 8, EDQUOT),
            (SQLITE_IOERR | 3 << 8, EFBIG), (SQLITE_IOERR | 19 << 8, ENOSPC), (SQLITE_BUSY, 0),
        ])
    func passes(code: Int32, number: Int32) {
        #expect(SQLiteFailure(code: code, systemError: number).fault == .full)
    }

    @Test(
        "of any other kind lasts, a failed sync whatever its cause",
        arguments: [
            (SQLITE_IOERR | 3 << 8, EIO), (SQLITE_IOERR | 4 << 8, ENOSPC), (SQLITE_IOERR | 5 << 8, ENOSPC),
            (SQLITE_CORRUPT, ENOSPC), (SQLITE_NOMEM, 0), (SQLITE_CONSTRAINT | 6 << 8, 0),
            (SQLITE_IOERR | 1 << 8, EIO),
        ])
    func lasts(code: Int32, number: Int32) throws {
        guard case .broken(let reason) = SQLiteFailure(code: code, systemError: number).fault else {
            Issue.record("passes")
            return
        }
        #expect(reason.contains("SQLite \(code)"))
        #expect(!reason.contains("/"))
    }
}
