import Engine
import Glibc
import Synchronization

/// Work handed to the storage thread.
enum StorageJob: Sendable {
    case commit(CommitID, [Record])
    case probe
    case query(QueryID, Query)
    /// A copy into a file.
    case copy(path: String, onEnd: CopyEnd)
    /// The end of such a copy before it is whole.
    case endCopy(path: String)
    /// A query of which a part is done.
    case reading(QueryID, HistoryReading)
}

/// The storage thread's queue: writes first, queries after them, each in order.
final class StorageMailbox: Sendable {
    private struct State {
        /// At most one commit and one probe by the engine's rule, so this needs no limit of its own.
        var writes: [StorageJob] = []
        var queries: [StorageJob] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let ready = Semaphore()

    /// Adds a write.
    func put(write job: StorageJob) {
        state.withLock { $0.writes.append(job) }
        ready.signal()
    }

    /// Adds a query unless `limit` others wait; returns whether it did.
    func put(query job: StorageJob, limit: Int) -> Bool {
        let taken = state.withLock { state in
            guard state.queries.count < limit, !state.isClosed else { return false }
            state.queries.append(job)
            return true
        }
        if taken { ready.signal() }
        return taken
    }

    /// Puts a query that isn't done behind the others.
    func putBack(query job: StorageJob) {
        state.withLock { $0.queries.append(job) }
        ready.signal()
    }

    /// Takes nothing more; `next` ends after what was taken.
    func close() {
        state.withLock { $0.isClosed = true }
        ready.signal()
    }

    /// What a look into the queue brings.
    enum Turn {
        case job(StorageJob)
        /// Nothing came in time.
        case idle
        /// Closed and empty.
        case over
    }

    /// Waits for the next job.
    ///
    /// - Parameter waitUs: how long at most; nil for as long as it takes.
    func next(waitUs: Int64?) -> Turn {
        while true {
            guard ready.wait(atMostUs: waitUs) else { return .idle }
            let (job, isOver) = state.withLock { state -> (StorageJob?, Bool) in
                if !state.writes.isEmpty { return (state.writes.removeFirst(), false) }
                if !state.queries.isEmpty { return (state.queries.removeFirst(), false) }
                return (nil, state.isClosed)
            }
            if let job { return .job(job) }
            if isOver { return .over }
        }
    }
}

/// A counting semaphore of the system's.
///
/// `@unchecked` because of the address: it is set once, and `sem_post` and `sem_wait` may be called on it from
/// any threads at once (POSIX); it is freed when nobody holds the object any more.
private final class Semaphore: @unchecked Sendable {
    private let address: UnsafeMutablePointer<sem_t>

    init() {
        address = .allocate(capacity: 1)
        sem_init(address, 0, 0)
    }

    deinit {
        sem_destroy(address)
        address.deallocate()
    }

    func signal() { sem_post(address) }

    /// - Returns: whether it was signalled in time.
    func wait(atMostUs: Int64?) -> Bool {
        guard let atMostUs else {
            // A signal's handler may interrupt it.
            while sem_wait(address) != 0 {}
            return true
        }
        // POSIX has this wait by the wall clock alone. It is milliseconds; where the clock is set back within them,
        // the next signal ends it.
        var end = timespec()
        clock_gettime(CLOCK_REALTIME, &end)
        let nanoseconds = Int64(end.tv_nsec) + atMostUs * 1_000
        end.tv_sec += Int(nanoseconds / 1_000_000_000)
        end.tv_nsec = Int(nanoseconds % 1_000_000_000)
        while sem_timedwait(address, &end) != 0 {
            if errno != EINTR { return false }
        }
        return true
    }
}
