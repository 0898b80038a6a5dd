import Engine
import Protocol
import Testing

@testable import Storage

@Suite("The storage thread")
struct StorageThreadTests {
    @Test("answers commits in order, finishes everything before it stops, and leaves it durable")
    func finishesItsQueue() throws {
        let scratch = try Scratch()
        let inbox = Inbox()
        let thread = try StorageThread(database: Database.started(in: scratch.path)) { inbox.take($0) }
        for number in UInt64(1)...50 {
            thread.commit(CommitID(rawValue: number), [change(Version(number))])
            thread.query(QueryID(rawValue: number), .lastPixel(account: account(1).id, epoch: 1))
        }
        thread.probe()
        thread.stop()
        var commits: [UInt64] = []
        var queries: [UInt64] = []
        var probes = 0
        for input in inbox.all {
            switch input {
            case .committed(let id): commits.append(id.rawValue)
            case .queryAnswered(let id, .pixel): queries.append(id.rawValue)
            case .storageProbed(nil): probes += 1
            default: Issue.record("unexpected \(input)")
            }
        }
        #expect(commits == Array(1...50))
        #expect(queries == Array(1...50))
        #expect(probes == 1)
        let again = try Database(directory: scratch.path)
        #expect(try again.recoverSmall().version == 50)
        again.close()
    }

    @Test("counts its commits, how long they took, those that failed, and what the files take up")
    func counts() throws {
        let scratch = try Scratch()
        let thread = try StorageThread(database: Database.started(in: scratch.path)) { _ in }
        thread.commit(CommitID(rawValue: 1), [change(1)])
        let cells = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }
        let large = SnapshotAnswer(size: try .small(), epoch: 1, version: 1, zlib: cells)
        thread.commit(CommitID(rawValue: 2), [.snapshot(large, takenAtMs: 1)])
        thread.commit(CommitID(rawValue: 3), [change(1)])
        thread.stop()
        let statistics = thread.statistics
        #expect(statistics.count == 2)
        #expect(statistics.buckets.count == CommitStatistics.bucketBoundsUs.count + 1)
        #expect(statistics.failedCount == 1)
        #expect(statistics.lastUs > 0)
        #expect(statistics.seconds >= Double(statistics.lastUs) / 1_000_000)
        #expect(statistics.databaseBytes > 1_000_000)
    }

    @Test("tells which commit failed and why, and answers queries after it")
    func tellsFailure() throws {
        let scratch = try Scratch()
        let inbox = Inbox()
        let thread = try StorageThread(database: Database.started(in: scratch.path)) { inbox.take($0) }
        thread.commit(CommitID(rawValue: 1), [change(1), change(1)])
        thread.query(QueryID(rawValue: 2), .topPixel(cell: 0, epoch: 1))
        thread.stop()
        let all = inbox.all
        #expect(
            all.contains {
                if case .commitFailed(CommitID(rawValue: 1), .broken) = $0 { true } else { false }
            })
        #expect(
            all.contains {
                if case .queryAnswered(QueryID(rawValue: 2), .pixel(nil)) = $0 { true } else { false }
            })
        thread.stop()
    }
}

@Suite("The storage thread's queue")
struct StorageMailboxTests {
    @Test("gives writes before queries, each in order, and ends once closed and empty")
    func ordersWork() {
        let mailbox = StorageMailbox()
        for number in UInt64(1)...2 {
            let query = Query.topPixel(cell: 0, epoch: 1)
            #expect(mailbox.put(query: .query(QueryID(rawValue: number), query), limit: 2))
        }
        mailbox.put(write: .commit(CommitID(rawValue: 1), []))
        mailbox.put(write: .commit(CommitID(rawValue: 2), []))
        mailbox.close()
        var order: [String] = []
        while case .job(let job) = mailbox.next(waitUs: nil) {
            switch job {
            case .commit(let id, _): order.append("commit \(id.rawValue)")
            case .query(let id, _): order.append("query \(id.rawValue)")
            case .reading(let id, _): order.append("reading \(id.rawValue)")
            case .probe: order.append("probe")
            case .copy(let path, _): order.append("copy \(path)")
            case .endCopy(let path): order.append("end of copy \(path)")
            }
        }
        #expect(order == ["commit 1", "commit 2", "query 1", "query 2"])
    }

    @Test("waits no longer than it is told to, and takes what came meanwhile first")
    func waitsForATime() {
        let mailbox = StorageMailbox()
        guard case .idle = mailbox.next(waitUs: 100) else {
            Issue.record("something came")
            return
        }
        mailbox.put(write: .probe)
        guard case .job(.probe) = mailbox.next(waitUs: 0) else {
            Issue.record("the probe was passed over")
            return
        }
    }

    @Test("refuses a query when too many wait")
    func isBounded() {
        let mailbox = StorageMailbox()
        let job = StorageJob.query(QueryID(rawValue: 1), .topPixel(cell: 0, epoch: 1))
        #expect(mailbox.put(query: job, limit: 1))
        #expect(!mailbox.put(query: job, limit: 1))
    }
}

@Suite("The times of commits")
struct CommitTimesTests {
    @Test(
        "are counted in the first bucket whose bound they didn't pass",
        arguments: [(0, 0), (250, 0), (251, 1), (1_000, 2), (1_000_000, 10), (1_000_001, 11), (.max, 11)]
            as [(Int64, Int)])
    func fallIntoBuckets(us: Int64, bucket: Int) {
        let times = CommitTimes()
        times.count(us: us)
        var buckets = [Int](repeating: 0, count: 12)
        buckets[bucket] = 1
        #expect(times.statistics == CommitStatistics(buckets: buckets, seconds: Double(us) / 1e6, lastUs: us))
    }

    @Test("add up, and failures are counted apart")
    func addUp() {
        let times = CommitTimes()
        for us in [300, 400, 2_000_000] as [Int64] { times.count(us: us) }
        times.countFailure()
        let statistics = times.statistics
        #expect(statistics.count == 3)
        #expect(statistics.buckets == [0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
        #expect(statistics.seconds == 2.0007)
        #expect(statistics.lastUs == 2_000_000)
        #expect(statistics.failedCount == 1)
    }
}
