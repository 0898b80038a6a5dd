import Engine
import Protocol
import Testing

@testable import Storage

@Suite("A long reading of history")
struct HistoryPieceTests {
    @Test("is done in pieces, between which what is written and what others ask comes first")
    func betweenPieces() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        defer { database.close() }
        let count = Version(3 * HistoryReading.pieceChanges + 5)
        try database.commit((1...count).map { change($0) })
        let mailbox = StorageMailbox()
        let query = HistoryQuery.at(.version(count), through: count)
        #expect(mailbox.put(query: .query(QueryID(rawValue: 1), .history(query)), limit: 10))
        guard case .job(.query(let id, .history(let asked))) = mailbox.next(waitUs: nil) else {
            Issue.record("no query")
            return
        }
        var reading = HistoryReading(asked)
        var pieces = 0
        while case nil = database.advance(&reading) {
            pieces += 1
            mailbox.putBack(query: .reading(id, reading))
            _ = mailbox.put(query: .query(QueryID(rawValue: 2), .flags), limit: 10)
            mailbox.put(write: .probe)
            guard case .job(.probe) = mailbox.next(waitUs: nil),
                case .job(.reading(id, let rest)) = mailbox.next(waitUs: nil)
            else {
                Issue.record("another order")
                return
            }
            reading = rest
            guard case .job(.query(QueryID(rawValue: 2), .flags)) = mailbox.next(waitUs: nil) else {
                Issue.record("another order")
                return
            }
        }
        // The beginning, and a piece for each `pieceChanges` but the last, which answers.
        #expect(pieces == 4)
    }

    @Test("is finished before the thread stops, and gives the same as at once")
    func onTheThread() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let count = Version(2 * HistoryReading.pieceChanges + 77)
        try database.commit((1...count).map { change($0) })
        let query = HistoryQuery.changes(after: 3, limit: Limits.maxHistoryChanges, through: count)
        guard case .history(let truth) = database.answer(.history(query)) else {
            Issue.record("no answer")
            return
        }
        let inbox = Inbox()
        let thread = try StorageThread(database: database) { inbox.take($0) }
        for number in UInt64(1)...5 {
            thread.query(QueryID(rawValue: number), .history(query))
            thread.commit(CommitID(rawValue: number), [change(count + Version(number))])
        }
        thread.stop()
        var answers = 0
        for case .queryAnswered(_, let answer) in inbox.all {
            guard case .history(let found) = answer else { continue }
            #expect(found == truth)
            answers += 1
        }
        #expect(answers == 5)
    }

    @Test("is made of an older snapshot where newer ones are damaged, of the blank canvas where all are")
    func olderSnapshots() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        var chronicle = Chronicle(seed: 5, size: try .small())
        try database.commit(chronicle.grow(by: 3 * Int(Chronicle.snapshotEvery) + 7))
        defer { database.close() }
        let latest = chronicle.version
        for before in [Version.max, 181, 180, 121, 120, 61, 60, 1] {
            let query = HistoryQuery.at(.version(latest), through: latest, before: before)
            guard case .history(.state(let material)) = database.answer(.history(query)),
                case .state(let state) = material.restored()
            else {
                Issue.record("no canvas of what was before \(before)")
                continue
            }
            let kept = min(before - 1, latest) / Chronicle.snapshotEvery * Chronicle.snapshotEvery
            #expect(Version(material.changes.count) == latest - kept)
            #expect((material.base == nil) == (kept == 0))
            let cells = try SnapshotCodec.inflate(state.snapshot.zlib, cellCount: material.size.cellCount)
            #expect(cells == chronicle.states[Int(latest)])
        }
    }

    @Test("of which changes are missing tells where it is damaged")
    func missingChanges() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        try database.commit((1...50).map { change($0) })
        database.close()
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        try connection.execute("DELETE FROM canvas_changes WHERE version = 20")
        connection.close()
        let again = try Database(directory: scratch.path)
        defer { again.close() }
        func found(_ query: HistoryQuery) -> HistoryFinding? {
            if case .history(let finding) = again.answer(.history(query)) { finding } else { nil }
        }
        #expect(found(.at(.version(40), through: 50)) == .damaged(from: 20))
        #expect(found(.changes(after: 10, limit: 100, through: 50)) == .damaged(from: 20))
        guard case .state? = found(.at(.version(19), through: 50)) else {
            Issue.record("what comes before is whole")
            return
        }
    }

    @Test("that begins before what it needs is dropped tells that it is gone")
    func droppedMeanwhile() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let count = Version(3 * HistoryReading.pieceChanges)
        try database.commit((1...count).map { change($0) })
        var reading = HistoryReading(.at(.version(count), through: count))
        guard case nil = database.advance(&reading) else {
            Issue.record("it is done at once")
            return
        }
        database.close()
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        try connection.execute(
            """
            DELETE FROM canvas_changes WHERE version < 5000;
            INSERT INTO history_horizon (id, version, at_ms) VALUES (1, 5000, 0);
            """)
        connection.close()
        let again = try Database(directory: scratch.path)
        defer { again.close() }
        guard case .history(.missing(let failure))? = again.advance(&reading) else {
            Issue.record("no refusal")
            return
        }
        #expect(failure.code == .historyGone)
    }
}
