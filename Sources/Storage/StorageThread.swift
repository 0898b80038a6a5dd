public import Engine
import Glibc
import Processes
import Synchronization

/// Storage on a thread of its own: work is handed in from the loop, results come back as inputs.
///
/// Commits and probes go before waiting queries, so that readers never make a placement late; a query that takes
/// long is done a piece at a time, and they go between its pieces, too. A query that
/// finds too many others waiting is refused at once.
public final class StorageThread: Sendable {
    /// Queries that may wait.
    public static let maxWaitingQueries = 10_000

    private let mailbox = StorageMailbox()
    private let times = CommitTimes()
    private let running: Mutex<SystemThread?>
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
        do throws(ProcessFailure) {
            running = Mutex(try SystemThread { worker.run() })
        } catch {
            throw StorageError(.io, "can't start the storage thread: \(error)")
        }
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

    /// Copies the database into a file that must not exist, a little at a time between commits and queries.
    ///
    /// - Parameter onEnd: told that the copy is whole, or why it never will be and its file is gone; called on the
    ///   storage thread, or on the caller's where nothing is taken any more.
    public func copy(to path: String, onEnd: @escaping CopyEnd) {
        guard !mailbox.put(query: .copy(path: path, onEnd: onEnd), limit: .max) else { return }
        onEnd(.failure(StorageCopying.stopped))
    }

    /// Gives a copy up that isn't whole yet; its `onEnd` hears of a failure.
    public func endCopy(to path: String) {
        _ = mailbox.put(query: .endCopy(path: path), limit: .max)
    }

    /// Finishes what was handed in, closes the database and ends the thread; returns when that is done.
    public func stop() {
        mailbox.close()
        let thread = running.withLock { thread in
            let taken = thread
            thread = nil
            return taken
        }
        thread?.join()
    }
}

/// The storage thread's own side: it alone touches the database.
final class StorageWorker {
    private let database: Database
    private let mailbox: StorageMailbox
    private let times: CommitTimes
    private let deliver: @Sendable (Input) -> Void
    private var copying = StorageCopying()

    init(
        database: Database, mailbox: StorageMailbox, times: CommitTimes,
        deliver: @escaping @Sendable (Input) -> Void
    ) {
        self.database = database
        self.mailbox = mailbox
        self.times = times
        self.deliver = deliver
    }

    /// Does what is handed in until there is no more; the worker and its database belong to the thread that it runs on.
    func run() {
        times.measured(databaseBytes: database.bytes)
        loop: while true {
            switch mailbox.next(waitUs: copying.pauseUs) {
            case .job(let job):
                perform(job)
                copying.stepIfLate()
            case .idle: copying.step()
            case .over: break loop
            }
        }
        copying.stop()
        database.close()
    }

    private func perform(_ job: StorageJob) {
        switch job {
        case .commit(let id, let records):
            do throws(StorageFault) {
                try database.commit(records)
                times.count(us: database.lastCommitUs)
                deliver(.committed(id))
                database.maintain(nowMs: Self.nowMs)
                times.measured(databaseBytes: database.bytes)
            } catch {
                times.countFailure()
                deliver(.commitFailed(id, error))
            }
        case .probe:
            deliver(.storageProbed(database.probe()))
        case .query(let id, .history(let query)): read(id, HistoryReading(query))
        case .reading(let id, let reading): read(id, reading)
        case .query(let id, let query):
            deliver(.queryAnswered(id, database.answer(query)))
        case .copy(let path, let onEnd):
            copying.begin(of: database, to: path, onEnd: onEnd)
        case .endCopy(let path): copying.end(to: path)
        }
    }

    /// Does a piece of a reading; the rest waits behind what else was asked.
    private func read(_ id: QueryID, _ reading: HistoryReading) {
        var reading = reading
        if let answer = database.advance(&reading) {
            deliver(.queryAnswered(id, answer))
        } else {
            mailbox.putBack(query: .reading(id, reading))
        }
    }

    private static var nowMs: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
