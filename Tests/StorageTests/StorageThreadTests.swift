import Engine
import Protocol
import Synchronization
import Testing

@testable import Storage

@Suite("The storage thread")
struct StorageThreadTests {
    /// What was delivered, in order.
    private final class Inbox: Sendable {
        private let inputs = Mutex<[Input]>([])

        func take(_ input: Input) { inputs.withLock { $0.append(input) } }

        var all: [Input] { inputs.withLock { $0 } }
    }

    @Test("answers commits in order, finishes everything before it stops, and leaves it durable")
    func finishesItsQueue() throws {
        let scratch = try Scratch()
        let inbox = Inbox()
        let thread = try StorageThread(database: Database.started(in: scratch.path)) { inbox.take($0) }
        for number in UInt64(1)...50 {
            thread.commit(CommitID(rawValue: number), [change(Version(number))])
            thread.query(RequestID(rawValue: number), .lastPixel(account: account(1).id, epoch: 1))
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
        #expect(thread.lastCommitUs > 0)
        let again = try Database(directory: scratch.path)
        #expect(try again.recoverSmall().version == 50)
        again.close()
    }

    @Test("tells which commit failed and why, and answers queries after it")
    func tellsFailure() throws {
        let scratch = try Scratch()
        let inbox = Inbox()
        let thread = try StorageThread(database: Database.started(in: scratch.path)) { inbox.take($0) }
        thread.commit(CommitID(rawValue: 1), [change(1), change(1)])
        thread.query(RequestID(rawValue: 2), .topPixel(cell: 0, epoch: 1))
        thread.stop()
        let all = inbox.all
        #expect(
            all.contains {
                if case .commitFailed(CommitID(rawValue: 1), .broken) = $0 { true } else { false }
            })
        #expect(
            all.contains {
                if case .queryAnswered(RequestID(rawValue: 2), .pixel(nil)) = $0 { true } else { false }
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
            #expect(mailbox.put(query: .query(RequestID(rawValue: number), query), limit: 2))
        }
        mailbox.put(write: .commit(CommitID(rawValue: 1), []))
        mailbox.put(write: .commit(CommitID(rawValue: 2), []))
        mailbox.close()
        var order: [String] = []
        while let job = mailbox.next() {
            switch job {
            case .commit(let id, _): order.append("commit \(id.rawValue)")
            case .query(let id, _): order.append("query \(id.rawValue)")
            case .probe: order.append("probe")
            }
        }
        #expect(order == ["commit 1", "commit 2", "query 1", "query 2"])
    }

    @Test("refuses a query when too many wait")
    func isBounded() {
        let mailbox = StorageMailbox()
        let job = StorageJob.query(RequestID(rawValue: 1), .topPixel(cell: 0, epoch: 1))
        #expect(mailbox.put(query: job, limit: 1))
        #expect(!mailbox.put(query: job, limit: 1))
    }
}
