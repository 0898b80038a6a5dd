/// How a copy that is whole came about.
public struct CopyReport: Hashable, Sendable {
    /// Steps between which commits and queries had their turn.
    public var steps = 0
    /// The longest of them, in microseconds: as long as a commit may have waited for it.
    public var longestStepUs: Int64 = 0
}

/// Takes the end of a copy.
public typealias CopyEnd = @Sendable (Result<CopyReport, StorageError>) -> Void

/// The storage thread's copy under way, if there is one: when its next step is due, and whom to tell of its end.
///
/// Its steps take half of the thread's time at most, so that what comes in meanwhile finds it waiting as often as not.
struct StorageCopying {
    /// What those are told whose copy ends with the thread.
    static let stopped = StorageError(.io, "the server stopped before the copy was whole")
    /// What those are told whose copy was given up.
    static let unwanted = StorageError(.io, "nobody waits for the copy any more")
    /// Where jobs come without a pause a step is due all the same.
    private static let longestPauseUs: Int64 = 50_000

    private var copy: BackupCopy?
    private var onEnd: CopyEnd?
    private var report = CopyReport()
    private var lastEnd = ContinuousClock.now
    private var lastStepUs: Int64 = 0

    /// How long the thread may wait for a job before the next step; nil where there is nothing to copy.
    var pauseUs: Int64? { copy == nil ? nil : max(0, lastStepUs - sinceLastUs) }

    private var sinceLastUs: Int64 { Self.microseconds(since: lastEnd) }

    /// Begins a copy, unless one is under way.
    mutating func begin(of database: Database, to path: String, onEnd: @escaping CopyEnd) {
        guard copy == nil else {
            return onEnd(.failure(StorageError(.locked, "another backup is under way")))
        }
        do throws(StorageError) {
            copy = try database.beginCopy(to: path)
            self.onEnd = onEnd
            (lastEnd, lastStepUs, report) = (.now, 0, CopyReport())
        } catch {
            onEnd(.failure(error))
        }
    }

    /// Does a step where none was done for long.
    mutating func stepIfLate() {
        if copy != nil, sinceLastUs >= Self.longestPauseUs { step() }
    }

    /// Does a step, and tells of the end where it was the last.
    mutating func step() {
        guard let copy else { return }
        let start = ContinuousClock.now
        do throws(StorageError) {
            let progress = try copy.step()
            (lastEnd, lastStepUs) = (.now, Self.microseconds(since: start))
            report.steps += 1
            report.longestStepUs = max(report.longestStepUs, lastStepUs)
            if progress == .whole { end(.success(report)) }
        } catch {
            end(.failure(error))
        }
    }

    /// Gives the copy into a file up, if it is the one under way.
    mutating func end(to path: String) {
        if copy?.path == path { end(.failure(Self.unwanted)) }
    }

    /// Gives the copy up.
    mutating func stop() {
        if copy != nil { end(.failure(Self.stopped)) }
    }

    private mutating func end(_ result: Result<CopyReport, StorageError>) {
        copy = nil
        onEnd?(result)
        onEnd = nil
    }

    private static func microseconds(since start: ContinuousClock.Instant) -> Int64 {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
