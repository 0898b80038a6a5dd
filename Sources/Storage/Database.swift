public import Engine
public import Protocol

/// The server's storage: one SQLite file in a locked directory, confined to one thread at a time.
///
/// A commit is durable when `commit` returns. Upkeep that a commit makes due (copying the log into the file,
/// indexing full blocks of changes) is left to `maintain`, so that no commit is late for it.
public final class Database {
    /// Where it lies.
    public let directory: String
    /// How long the last commit took, in microseconds.
    public private(set) var lastCommitUs: Int64 = 0

    /// What the database and its log take up on the disk, in bytes: two look-ups of the system's.
    public var bytes: Int64 { place?.databaseBytes ?? 0 }

    /// Days of the canvas's history that are kept; 0 for all.
    public var historyDays = 0

    /// Frames in the log at which it is copied into the file: about 4 MB.
    var checkpointFrames = 1_000
    /// What a probe writes: more than a commit of 200 changes needs.
    private static let probeBytes = 64 * 1024

    private let connection: Connection
    private let writer: RecordWriter
    private let snapshots: SnapshotTable
    private let pixels: PixelFinder
    private let tokens: TokenFinder
    private let clicks: ClickFinder
    private let boards: BoardFinder
    private let flags: FlagTable
    private let feedback: FeedbackTable
    private let audits: AuditTable
    private let stocks: StockTable
    private var ledger: ContributionsLedger
    private var index: ChangeIndex
    private var counts: PixelCounts
    private var touched: TouchedTable
    private var rollbacks: RollbackFinder
    private let past: HistoryTable
    private var thinning: HistoryThinning
    private let probeRow: Statement
    /// What the program brings and a start had no room for: the next commit takes it along, so that what
    /// players do with it has something to refer to.
    private var pendingStock: Stock?
    /// Held for its lock; nil once closed.
    private var place: DataDirectory?
    /// The files that the connection writes to.
    private let files: [FileIdentity?]
    /// What made it read-only until a restart.
    private var broken: StorageFault?

    /// Whether a directory has a database, of whatever release.
    public static func exists(in directory: String) -> Bool { DataDirectory.hasDatabase(directory) }

    /// Takes the directory's lock, opens the database in it and brings it to this release's schema.
    public convenience init(directory: String) throws(StorageError) {
        try self.init(directory: directory, vfs: nil)
    }

    /// Opens through another of SQLite's file layers, which tests use to make I/O fail.
    init(directory: String, vfs: String?) throws(StorageError) {
        let place = try DataDirectory(path: directory)
        try place.makeDatabaseFile()
        let connection = try place.openDatabase(vfs: vfs)
        // Asked before anything is written: the file may be another program's.
        let migrator = Migrator(connection: connection, directory: directory)
        let applied = try migrator.appliedVersion()
        try Self.configure(connection, in: directory)
        try migrator.run(after: applied)
        do throws(SQLiteFailure) {
            snapshots = try SnapshotTable(connection: connection)
            writer = try RecordWriter(connection: connection, snapshots: snapshots)
            pixels = try PixelFinder(connection: connection)
            tokens = try TokenFinder(connection: connection)
            clicks = try ClickFinder(connection: connection)
            boards = try BoardFinder(connection: connection)
            flags = try FlagTable(connection: connection)
            feedback = try FeedbackTable(connection: connection)
            audits = try AuditTable(connection: connection)
            stocks = try StockTable(connection: connection)
            ledger = try ContributionsLedger(connection: connection)
            index = try ChangeIndex(connection: connection)
            counts = try PixelCounts(connection: connection)
            touched = try TouchedTable(connection: connection)
            rollbacks = try RollbackFinder(connection: connection)
            past = try HistoryTable(connection: connection)
            thinning = try HistoryThinning(connection: connection)
            probeRow = try connection.prepare(
                """
                INSERT INTO storage_probe (id, padding) VALUES (1, randomblob(\(Self.probeBytes)))
                ON CONFLICT (id) DO UPDATE SET padding = excluded.padding
                """)
            // What a crash or a failed sync left in the log is written and synced again before anything is
            // appended to it: the kernel may hold pages that it believes are on the disk.
            try connection.checkpoint(truncate: true)
            while try index.fillBlock() {}
            try counts.advance()
            try touched.keep(through: index.indexedVersion)
        } catch {
            throw error.error(doing: "open the database", in: directory)
        }
        self.connection = connection
        self.directory = directory
        self.place = place
        files = place.databaseFiles
    }

    deinit { close() }

    /// Reads what the engine starts from; the first start begins an epoch with `canvasSize`.
    ///
    /// A later start keeps the stored size. Throws `.corrupt` where versions have a gap.
    ///
    /// - Parameter stock: what the program brings; what differs from it in the tables is brought up to it, but
    ///   for what is a host's own.
    public func recover(
        canvasSize: CanvasSize, nowMs: Int64, stock: Stock = .none
    ) throws(StorageError) -> RecoveredState {
        let recovery = Recovery(
            connection: connection, snapshots: snapshots, touched: touched, stocks: stocks,
            directory: directory)
        pendingStock = stock
        return try recovery.run(
            canvasSize: canvasSize, nowMs: nowMs, ledger: &ledger, stock: &pendingStock)
    }

    /// Makes the records durable as one transaction: all on return, none after a throw.
    ///
    /// After `.broken` every further commit is refused with the same fault; after `.full` the next may pass.
    public func commit(_ records: [Record]) throws(StorageFault) {
        let start = ContinuousClock.now
        let clicks = CommittedClicks(records)
        var after: ContributionsLedger?
        try write { () throws(SQLiteFailure) in
            try connection.transaction { () throws(SQLiteFailure) in
                if let pendingStock { try stocks.write(pendingStock) }
                for record in records { try writer.write(record) }
                guard !clicks.games.isEmpty else { return }
                after = try ledger.writingRows(of: clicks.games, adding: clicks.pushes)
            }
        }
        pendingStock = nil
        if let after { ledger = after } else { ledger.add(clicks.pushes) }
        lastCommitUs = Self.microseconds(since: start)
    }

    /// Does the upkeep that has become due: at most one block indexed, a stretch of pixels counted, a piece of old
    /// history dropped, and the log copied into the file.
    ///
    /// - Parameter nowMs: what the history's age is told by, in milliseconds since 1970; with 0 nothing is old.
    public func maintain(nowMs: Int64 = 0) {
        // A fault here takes nothing back: the log still holds every commit, and a fault that lasts
        // refuses the next one.
        do throws(StorageFault) {
            try write { () throws(SQLiteFailure) in
                _ = try index.fillBlock()
                try counts.advance()
                try touched.keep(through: index.indexedVersion)
                try thinHistory(nowMs: nowMs)
                if connection.walFrames >= checkpointFrames { try connection.checkpoint() }
            }
        } catch {}
    }

    /// Drops a piece of what is older than the history that is kept, as far as nothing else needs it.
    private func thinHistory(nowMs: Int64) throws(SQLiteFailure) {
        guard historyDays > 0 else { return }
        // What a rollback found stays until it is over, even where it lies beneath what it takes back.
        guard !rollbacks.isSearching else { return thinning.lookAgain() }
        let cutoffMs = nowMs - Int64(historyDays) * 86_400_000
        try thinning.step(cutoffMs: cutoffMs, nowMs: nowMs) { (version) throws(SQLiteFailure) in
            try counts.count(through: version)
            try touched.keep(through: version)
        }
    }

    /// Goes on with a reading of history for some milliseconds at most; nil while it isn't done.
    func advance(_ reading: inout HistoryReading) -> QueryAnswer? {
        do throws(SQLiteFailure) {
            return try reading.step(in: past).map(QueryAnswer.history)
        } catch {
            note(error)
            return .failed(error.fault)
        }
    }

    /// Looks something up.
    public func answer(_ query: Query) -> QueryAnswer {
        do throws(SQLiteFailure) {
            switch query {
            case .topPixel(let cell, let epoch):
                return .pixel(try pixels.topPixel(of: cell, in: epoch, through: index))
            case .lastPixel(let account, let epoch, let bound):
                switch try pixels.lastPixel(of: account, in: epoch, before: bound, through: index) {
                case .found(let pixel): return .pixel(pixel)
                case .goesOn(let version): return .pixelBefore(version)
                }
            case .rollback(let step): return .rollback(try rollbacks.answer(step))
            case .refreshToken(let hash):
                return .refreshToken(session: try tokens.session(ofHash: hash))
            case .clickHistory(let session, let holder, let game):
                return .clickHistory(
                    try clicks.history(session: session, holder: holder, game: game, ledger: &ledger))
            case .clickPush(let session, let batchID):
                return .clickPush(try clicks.receipt(session: session, batchID: batchID))
            case .clickContributions(let game):
                return .clickContributions(try ledger.json(of: game))
            case .clickContributors(let game):
                return .clickContributors(try ledger.look(at: game) { $0.contributors } ?? [])
            case .leaderboard(.pixels, let sinceMs):
                return .leaderboard(try counts.best(sinceMs: sinceMs))
            case .leaderboard(let board, let sinceMs):
                return .leaderboard(try boards.best(of: board, sinceMs: sinceMs))
            case .flags: return .flags(try flags.latest())
            case .feedback: return .feedback(try feedback.latest())
            case .audit(let limit, let before): return .audit(try audits.latest(limit, before: before))
            case .history(let query):
                var reading = HistoryReading(query)
                while true {
                    if let finding = try reading.step(in: past) { return .history(finding) }
                }
            }
        } catch {
            note(error)
            return .failed(error.fault)
        }
    }

    /// Begins a copy into a file that must not exist; it is made by its steps, between commits.
    func beginCopy(to path: String) throws(StorageError) -> BackupCopy {
        try BackupCopy(of: connection, to: path)
    }

    /// Tries a small durable write; nil when it worked.
    public func probe() -> StorageFault? {
        do throws(StorageFault) {
            try write { () throws(SQLiteFailure) in
                try connection.transaction { () throws(SQLiteFailure) in try probeRow.run() }
            }
            return nil
        } catch {
            return error
        }
    }

    /// Copies the log into the file and gives the directory back; nothing may be called afterwards.
    public func close() {
        guard place != nil else { return }
        do throws(StorageFault) {
            try write { () throws(SQLiteFailure) in try connection.checkpoint(truncate: true) }
        } catch {
            // The log keeps what the file couldn't take; the next start copies it.
            connection.keepLogOnClose()
        }
        connection.close()
        place = nil
    }

    /// Runs something that writes, unless an earlier fault forbids it, and remembers a fault that lasts.
    private func write(_ body: () throws(SQLiteFailure) -> Void) throws(StorageFault) {
        if let broken { throw broken }
        do throws(SQLiteFailure) {
            try body()
        } catch {
            note(error)
            throw error.fault
        }
        // The system writes on into files that have no name any more, and a restart would find nothing of it.
        guard place?.databaseFiles == files else {
            let fault = StorageFault.broken("the database's files were moved or removed")
            broken = fault
            throw fault
        }
    }

    private func note(_ failure: SQLiteFailure) {
        if case .broken = failure.fault, broken == nil { broken = failure.fault }
    }

    private static func configure(_ connection: Connection, in directory: String) throws(StorageError) {
        let mode: String
        do throws(SQLiteFailure) {
            try connection.execute(
                """
                PRAGMA busy_timeout = 2000;
                PRAGMA page_size = 4096;
                PRAGMA synchronous = FULL;
                PRAGMA foreign_keys = ON;
                PRAGMA cache_size = -65536;
                PRAGMA temp_store = MEMORY;
                PRAGMA secure_delete = FAST;
                PRAGMA journal_size_limit = 67108864;
                """)
            mode = try connection.text("PRAGMA journal_mode = WAL")
        } catch {
            throw error.error(doing: "open the database", in: directory)
        }
        guard mode == "wal" else {
            throw StorageError(
                .io, "the file system of \(directory) can't hold a write-ahead log; choose a local disk")
        }
    }

    private static func microseconds(since start: ContinuousClock.Instant) -> Int64 {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
