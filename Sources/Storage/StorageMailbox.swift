import Engine
import Glibc
import Synchronization

/// Work handed to the storage thread.
enum StorageJob: Sendable {
    case commit(CommitID, [Record])
    case probe
    case query(QueryID, Query)
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

    /// Takes nothing more; `next` ends after what was taken.
    func close() {
        state.withLock { $0.isClosed = true }
        ready.signal()
    }

    /// Waits for the next job; nil once closed and empty.
    func next() -> StorageJob? {
        while true {
            ready.wait()
            let (job, isOver) = state.withLock { state -> (StorageJob?, Bool) in
                if !state.writes.isEmpty { return (state.writes.removeFirst(), false) }
                if !state.queries.isEmpty { return (state.queries.removeFirst(), false) }
                return (nil, state.isClosed)
            }
            if let job { return job }
            if isOver { return nil }
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

    func wait() {
        // A signal's handler may interrupt it.
        while sem_wait(address) != 0 {}
    }
}
