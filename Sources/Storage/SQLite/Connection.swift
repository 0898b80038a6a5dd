import CSQLite

/// The one connection that writes and checkpoints, confined to one thread.
///
/// One is a rule, not a habit: SQLite before 3.51.3 can corrupt a WAL database when two connections write or
/// checkpoint at once.
final class Connection {
    private var handle: OpaquePointer?
    /// Frames in the write-ahead log after the last commit.
    private(set) var walFrames = 0

    /// Opens a database file that exists.
    ///
    /// - Parameters:
    ///   - vfs: the name of SQLite's file layer; nil is the system's, tests pass one that fails.
    ///   - isReadOnly: for whoever looks on beside the one that writes.
    init(path: String, vfs: String? = nil, isReadOnly: Bool = false) throws(SQLiteFailure) {
        // Calls come from one thread at a time, so SQLite needs no locks of its own.
        let flags = (isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX
        SQLiteFailure.forgetSystemError()
        guard sqlite3_open_v2(path, &handle, flags, vfs) == SQLITE_OK else {
            let failure = failure
            sqlite3_close_v2(handle)
            handle = nil
            throw failure
        }
        sqlite3_extended_result_codes(handle, 1)
        // This hook takes the place of SQLite's automatic checkpoint, which would run inside a commit and keep
        // a failed sync to itself.
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = sqlite3_wal_hook(
            handle,
            { context, _, _, frames in
                guard let context else { return SQLITE_OK }
                Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().walFrames = Int(frames)
                return SQLITE_OK
            }, context)
    }

    deinit { close() }

    /// The last call's failure.
    var failure: SQLiteFailure { SQLiteFailure(of: handle) }

    /// Prepares a statement that is kept.
    func prepare(_ sql: String) throws(SQLiteFailure) -> Statement {
        var statement: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        guard sqlite3_prepare_v3(handle, sql, -1, flags, &statement, nil) == SQLITE_OK, let statement else {
            throw failure
        }
        return Statement(statement, of: self)
    }

    /// Runs one or more statements that give no rows of interest.
    func execute(_ sql: String) throws(SQLiteFailure) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
    }

    /// One statement's first value.
    func integer(_ sql: String) throws(SQLiteFailure) -> Int64? {
        try prepare(sql).integer()
    }

    /// One statement's first value as text.
    func text(_ sql: String) throws(SQLiteFailure) -> String {
        var text = ""
        try prepare(sql).forEachRow { (row) throws(SQLiteFailure) in
            text = row.text(0)
            return false
        }
        return text
    }

    /// Runs `body` in one transaction: all of it is durable on return, none of it after a throw.
    func transaction(_ body: () throws(SQLiteFailure) -> Void) throws(SQLiteFailure) {
        SQLiteFailure.forgetSystemError()
        try execute("BEGIN IMMEDIATE")
        do {
            try body()
            try execute("COMMIT")
        } catch {
            // SQLite has rolled back by itself after some errors; then there is nothing left to roll back.
            if sqlite3_get_autocommit(handle) == 0 { try execute("ROLLBACK") }
            throw error
        }
    }

    /// Copies the log into the database file, as far as readers allow.
    ///
    /// - Parameter truncate: whether to wait for readers and cut the log to nothing.
    func checkpoint(truncate: Bool = false) throws(SQLiteFailure) {
        var framesInLog: Int32 = 0
        var framesCopied: Int32 = 0
        SQLiteFailure.forgetSystemError()
        let mode = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
        let result = sqlite3_wal_checkpoint_v2(handle, nil, mode, &framesInLog, &framesCopied)
        guard result == SQLITE_OK else { throw failure }
        // What was copied needs no second try; the log starts afresh at the next commit.
        walFrames = Int(framesInLog - framesCopied)
    }

    /// Begins to copy all pages into another connection's file; the caller ends it with `sqlite3_backup_finish`.
    func beginBackup(into copy: Connection) throws(SQLiteFailure) -> OpaquePointer {
        SQLiteFailure.forgetSystemError()
        guard let backup = sqlite3_backup_init(copy.handle, "main", handle, "main") else {
            throw copy.failure
        }
        return backup
    }

    /// Leaves the log as it is when the connection closes.
    func keepLogOnClose() {
        _ = pw_sqlite_db_switch(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    }

    /// Closes the file once the last statement is gone.
    func close() {
        sqlite3_close_v2(handle)
        handle = nil
    }
}
