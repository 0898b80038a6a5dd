public import Engine
import Glibc
import Synchronization

/// Storage on a thread of its own: work is handed in from the loop, results come back as inputs.
///
/// Commits and probes go before waiting queries, so that readers never make a placement late. A query that
/// finds too many others waiting is refused at once.
public final class StorageThread: Sendable {
    /// Queries that may wait.
    public static let maxWaitingQueries = 10_000

    private let mailbox = StorageMailbox()
    private let times = CommitTimes()
    private let running: Mutex<pthread_t?>
    private let deliver: @Sendable (Input) -> Void

    /// Starts the thread, which owns the database from here on.
    ///
    /// - Parameter deliver: takes the results, called on the storage thread; a refused query is delivered on
    ///   the caller's.
    public init(
        database: sending Database, deliver: @escaping @Sendable (Input) -> Void
    ) throws(StorageError) {
        self.deliver = deliver
        let worker = StorageWorker(database: database, mailbox: mailbox, times: times, deliver: deliver)
        running = Mutex(try worker.start())
    }

    /// What became of the commits so far, and what the database takes up; reading it waits for nothing.
    public var statistics: CommitStatistics { times.statistics }

    /// Makes records durable; `.committed` or `.commitFailed` follows.
    public func commit(_ id: CommitID, _ records: [Record]) {
        mailbox.put(write: .commit(id, records))
    }

    /// Looks something up; `.queryAnswered` follows.
    public func query(_ id: QueryID, _ query: Query) {
        guard !mailbox.put(query: .query(id, query), limit: Self.maxWaitingQueries) else { return }
        deliver(.queryAnswered(id, .failed(.full)))
    }

    /// Tries a small write; `.storageProbed` follows.
    public func probe() {
        mailbox.put(write: .probe)
    }

    /// Finishes what was handed in, closes the database and ends the thread; returns when that is done.
    public func stop() {
        mailbox.close()
        let thread = running.withLock { thread in
            let taken = thread
            thread = nil
            return taken
        }
        if let thread { pthread_join(thread, nil) }
    }
}

/// The storage thread's own side: it alone touches the database.
final class StorageWorker {
    private let database: Database
    private let mailbox: StorageMailbox
    private let times: CommitTimes
    private let deliver: @Sendable (Input) -> Void

    init(
        database: Database, mailbox: StorageMailbox, times: CommitTimes,
        deliver: @escaping @Sendable (Input) -> Void
    ) {
        self.database = database
        self.mailbox = mailbox
        self.times = times
        self.deliver = deliver
    }

    /// Starts the thread; the worker and its database belong to it until it ends.
    consuming func start() throws(StorageError) -> pthread_t {
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<StorageWorker>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard result == 0 else {
            context.release()
            throw StorageError(.io, "can't start the storage thread: system error \(result)")
        }
        return thread
    }

    private func run() {
        // Signals are the loop's; blocking them here also turns SIGXFSZ into an error that a write returns.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, nil)
        times.measured(databaseBytes: database.bytes)
        while let job = mailbox.next() { perform(job) }
        database.close()
    }

    private func perform(_ job: StorageJob) {
        switch job {
        case .commit(let id, let records):
            do throws(StorageFault) {
                try database.commit(records)
                times.count(us: database.lastCommitUs)
                deliver(.committed(id))
                database.maintain()
                times.measured(databaseBytes: database.bytes)
            } catch {
                times.countFailure()
                deliver(.commitFailed(id, error))
            }
        case .probe:
            deliver(.storageProbed(database.probe()))
        case .query(let id, let query):
            deliver(.queryAnswered(id, database.answer(query)))
        }
    }
}
