import CSQLite
import Engine
import Glibc
import Protocol
import Testing

@testable import Storage

@Suite("A failing disk", .serialized)
struct FaultTests {
    private static let writes: Set<FaultyDisk.Operation> = [.write, .truncate]
    private static let commitsInWorkload = 8
    private static let changesInCommit: Version = 12

    /// Every way an operation fails, with what the engine is to be told.
    static let faults: [(fault: FaultyDisk.Fault, isFull: Bool)] = [
        (.init(operations: writes, code: SQLITE_FULL, number: ENOSPC), true),
        (.init(operations: writes, code: SQLITE_IOERR | 3 << 8, number: ENOSPC), true),
        (.init(operations: writes, code: SQLITE_IOERR | 3 << 8, number: EIO), false),
        (.init(operations: writes, code: SQLITE_IOERR | 3 << 8, number: EIO, lasts: true), false),
        (.init(operations: [.sync], code: SQLITE_IOERR | 4 << 8, number: EIO), false),
        (.init(operations: [.sync], code: SQLITE_IOERR | 4 << 8, number: ENOSPC, lasts: true), false),
    ]

    /// SQLite's own method: the same work again and again, failing one operation later each time.
    @Test("at any operation loses nothing acknowledged and never keeps half a commit", arguments: faults)
    func keepsWhatItAcknowledged(fault: FaultyDisk.Fault, isFull: Bool) throws {
        try #require(FaultyDisk.isRegistered)
        let started = try StartedDatabase()
        var nth = 1 - FaultyDisk.stride
        var fired = true
        while fired {
            nth += FaultyDisk.stride
            let scratch = try Scratch()
            let database = try started.copy(into: scratch.path, vfs: FaultyDisk.name)
            database.checkpointFrames = 20
            FaultyDisk.fail(at: nth, with: fault)
            let (acknowledged, seen) = try work(on: database)
            database.close()
            fired = FaultyDisk.heal()
            for seen in seen {
                if isFull {
                    #expect(seen == .full, "operation \(nth)")
                } else {
                    #expect(seen != .full, "operation \(nth)")
                }
            }
            let again = try Database(directory: scratch.path)
            let state = try again.recoverSmall()
            #expect(state.version >= acknowledged, "operation \(nth)")
            #expect(state.version % Self.changesInCommit == 0, "operation \(nth)")
            #expect(state.version <= acknowledged + Self.changesInCommit, "operation \(nth)")
            #expect(state.cells == canvas(at: state.version), "operation \(nth)")
            let workload = SignInWorkload(commit: Int(state.version / Self.changesInCommit))
            workload.expect(in: state, "operation \(nth)")
            #expect(try flags(in: scratch) == workload.commit, "operation \(nth)")
            again.close()
        }
        #expect(nth > 5)
    }

    /// Commits as the engine does: after `.full` the same versions again, after `.broken` only to see it refused.
    private func work(on database: Database) throws -> (acknowledged: Version, faults: [StorageFault]) {
        var acknowledged: Version = 0
        var faults: [StorageFault] = []
        for _ in 0..<Self.commitsInWorkload {
            var records = (1...Self.changesInCommit).map { change(acknowledged + $0) }
            records += SignInWorkload(commit: Int(acknowledged / Self.changesInCommit) + 1).records
            if acknowledged > 0 { records.append(snapshot(at: acknowledged, size: try .small())) }
            do throws(StorageFault) {
                try database.commit(records)
                acknowledged += Self.changesInCommit
                let wasBroken = faults.contains { $0 != .full }
                #expect(!wasBroken, "a commit after a fault that lasts")
            } catch {
                faults.append(error)
            }
            database.maintain()
        }
        return (acknowledged, faults)
    }

    private func flags(in scratch: Scratch) throws -> Int {
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        defer { connection.close() }
        return Int(try connection.integer("SELECT count(*) FROM flags") ?? -1)
    }

    /// A database that an older release left.
    enum Older: CaseIterable {
        case firstRelease
        case secondSchema
        case fourthSchema

        func copy(into directory: String) throws {
            switch self {
            case .firstRelease: try FirstRelease.copy(into: directory)
            case .secondSchema: try SecondSchema.copy(into: directory)
            case .fourthSchema: try FourthSchema.copy(into: directory)
            }
        }

        func expect(in state: RecoveredState) throws {
            switch self {
            case .firstRelease: try FirstRelease.expect(in: state)
            case .secondSchema: SecondSchema.expect(in: state)
            case .fourthSchema: FourthSchema.expect(in: state)
            }
        }
    }

    @Test(
        "while an older release's database is brought up to date leaves it whole", arguments: [true, false],
        Older.allCases)
    func failsWhileMigrating(isFull: Bool, older: Older) throws {
        try #require(FaultyDisk.isRegistered)
        let fault = FaultyDisk.Fault(
            operations: [.read, .write, .sync, .truncate], code: SQLITE_IOERR | 3 << 8,
            number: isFull ? ENOSPC : EIO)
        var nth = 1 - FaultyDisk.stride
        var fired = true
        while fired {
            nth += FaultyDisk.stride
            let scratch = try Scratch()
            try older.copy(into: scratch.path)
            FaultyDisk.fail(at: nth, with: fault)
            do throws(StorageError) {
                try Database(directory: scratch.path, vfs: FaultyDisk.name).close()
            } catch {
                #expect((error.code == .full) == isFull, "operation \(nth)")
            }
            fired = FaultyDisk.heal()
            let again = try Database(directory: scratch.path)
            try older.expect(in: FirstRelease.recover(again))
            again.close()
        }
        #expect(nth > 20)
    }

    @Test("while the database is made leaves a directory that a later start can use")
    func failsWhileOpening() throws {
        try #require(FaultyDisk.isRegistered)
        let fault = FaultyDisk.Fault(
            operations: [.read, .write, .sync, .truncate], code: SQLITE_IOERR | 3 << 8, number: ENOSPC)
        var nth = 1 - FaultyDisk.stride
        var fired = true
        while fired {
            nth += FaultyDisk.stride
            let scratch = try Scratch()
            FaultyDisk.fail(at: nth, with: fault)
            do throws(StorageError) {
                try Database(directory: scratch.path, vfs: FaultyDisk.name).close()
            } catch {
                #expect(error.code == .full)
                #expect(error.message.contains(scratch.path))
            }
            fired = FaultyDisk.heal()
            let again = try Database(directory: scratch.path)
            #expect(try again.recoverSmall().version == 0)
            again.close()
        }
        #expect(nth > 5)
    }

    @Test("that is full refuses commits and probes until there is room, then takes both")
    func recoversFromFull() throws {
        try #require(FaultyDisk.isRegistered)
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path, vfs: FaultyDisk.name)
        FaultyDisk.limit(to: 400 * 1_024)
        var version: Version = 0
        var refusal: StorageFault?
        while refusal == nil, version < 100_000 {
            do throws(StorageFault) {
                try database.commit((1...200).map { change(version + $0) })
                version += 200
                database.maintain()
            } catch {
                refusal = error
            }
        }
        #expect(refusal == .full)
        #expect(database.probe() == .full)
        guard case .pixel(let pixel) = database.answer(.topPixel(cell: Int(version * 7) % 64, epoch: 1))
        else {
            Issue.record("a full disk still answers")
            return
        }
        #expect(pixel?.version == version)
        FaultyDisk.heal()
        #expect(database.probe() == nil)
        try database.commit((1...200).map { change(version + $0) })
        database.close()
        let again = try Database(directory: scratch.path)
        let state = try again.recoverSmall()
        #expect(state.version == version + 200)
        #expect(state.cells == canvas(at: version + 200))
        again.close()
    }

    @Test("that is full lets a server start all the same; what has ended is cleared away when there is room")
    func startsWhileFull() throws {
        try #require(FaultyDisk.isRegistered)
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path, vfs: FaultyDisk.name)
        try database.commit(SignInWorkload(commit: 1).records)
        FaultyDisk.limit(to: 0)
        let state = try database.recoverSmall()
        #expect(state.accounts.count == 3)
        #expect(FaultyDisk.heal(), "the disk was in the way")
        try SignInWorkload(commit: 1).expect(in: database.recoverSmall(), "with room")
        database.close()
    }

    @Test("that fails to sync a checkpoint refuses the next commit, and the log keeps the ones before")
    func refusesAfterFailedCheckpoint() throws {
        try #require(FaultyDisk.isRegistered)
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path, vfs: FaultyDisk.name)
        database.checkpointFrames = 1
        try database.commit([change(1)])
        FaultyDisk.fail(at: 1, with: .init(operations: [.sync], code: SQLITE_IOERR | 4 << 8, number: EIO))
        database.maintain()
        #expect(FaultyDisk.heal())
        let refusal = #expect(throws: StorageFault.self) { try database.commit([change(2)]) }
        #expect(refusal != .full)
        #expect(database.probe() == refusal)
        database.close()
        let again = try Database(directory: scratch.path)
        #expect(try again.recoverSmall().version == 1)
        again.close()
    }

    @Test(
        "that fails to read answers the query with the fault and stops taking commits",
        arguments: [
            Query.topPixel(cell: 0, epoch: 1), .refreshToken(hash: tokenHash(40, generation: 0)),
        ])
    func failsToRead(query: Query) throws {
        try #require(FaultyDisk.isRegistered)
        let scratch = try Scratch()
        let first = try Database.started(in: scratch.path)
        try first.commit((1...2_000).map { change($0) } + [.session(session(40))])
        first.close()
        let database = try Database(directory: scratch.path, vfs: FaultyDisk.name)
        FaultyDisk.fail(at: 1, with: .init(operations: [.read], code: SQLITE_IOERR | 1 << 8, number: EIO))
        guard case .failed(let fault) = database.answer(query) else {
            Issue.record("the read didn't fail")
            return
        }
        #expect(FaultyDisk.heal())
        #expect(fault != .full)
        #expect(throws: fault) { try database.commit([change(2_001)]) }
        database.close()
    }
}
