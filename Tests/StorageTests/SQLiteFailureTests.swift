import CSQLite
import Engine
import Glibc
import Testing

@testable import Storage

@Suite("A failure of SQLite")
struct SQLiteFailureTests {
    private static let failedRead = SQLITE_IOERR | 1 << 8
    private static let failedWrite = SQLITE_IOERR | 3 << 8
    private static let failedSync = SQLITE_IOERR | 4 << 8
    private static let failedDirectorySync = SQLITE_IOERR | 5 << 8

    static let passing: [SQLiteFailure] = [
        SQLiteFailure(code: SQLITE_FULL, systemError: 0),
        SQLiteFailure(code: failedWrite, systemError: ENOSPC),
        SQLiteFailure(code: failedWrite, systemError: EDQUOT),
        SQLiteFailure(code: failedWrite, systemError: EFBIG),
        SQLiteFailure(code: SQLITE_BUSY, systemError: 0),
    ]

    static let lasting: [SQLiteFailure] = [
        SQLiteFailure(code: failedWrite, systemError: EIO),
        SQLiteFailure(code: failedSync, systemError: ENOSPC),
        SQLiteFailure(code: failedDirectorySync, systemError: ENOSPC),
        SQLiteFailure(code: failedRead, systemError: EIO),
        SQLiteFailure(code: SQLITE_CORRUPT, systemError: ENOSPC),
        SQLiteFailure(code: SQLITE_NOMEM, systemError: 0),
    ]

    @Test("that more room or patience would have cured passes", arguments: passing)
    func passes(failure: SQLiteFailure) {
        #expect(failure.fault == .full)
    }

    @Test("of any other kind lasts, a failed sync whatever its cause", arguments: lasting)
    func lasts(failure: SQLiteFailure) {
        guard case .broken(let reason) = failure.fault else {
            Issue.record("it passes")
            return
        }
        #expect(reason.contains("SQLite \(failure.code)"))
        #expect(!reason.contains("pixelwars"))
    }
}
