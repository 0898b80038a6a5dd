import CSQLite
import Engine
import Protocol
import Testing

@testable import Storage

@Suite("A start")
struct RecoveryTests {
    @Test("reads the newest snapshot and the changes after it", arguments: [0, 1, 40, 100] as [Version])
    func readsSnapshotAndTail(snapshotVersion: Version) throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        for version in Version(1)...100 {
            var records = [change(version)]
            if version == snapshotVersion { records.append(snapshot(at: version, size: try .small())) }
            try database.commit(records)
        }
        database.close()
        let again = try Database(directory: scratch.path)
        let state = try again.recoverSmall()
        #expect(state.version == 100)
        #expect(state.cells == canvas(at: 100))
        #expect(state.snapshot?.version == (snapshotVersion == 0 ? nil : snapshotVersion))
        #expect(state.tail.map(\.version) == Array(snapshotVersion + 1..<101))
        again.close()
    }

    @Test("passes over a damaged snapshot to the next older one")
    func passesOverDamage() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let size = try CanvasSize.small()
        try database.commit((1...10).map { change($0) } + [snapshot(at: 10, size: size)])
        try database.commit((11...20).map { change($0) } + [snapshot(at: 20, size: size)])
        database.close()
        try tamper(
            scratch,
            "UPDATE canvas_snapshots SET cells = substr(cells, 1, length(cells) - 5) WHERE version = 20")
        let again = try Database(directory: scratch.path)
        let state = try again.recoverSmall()
        #expect(state.snapshot?.version == 10)
        #expect(state.tail.map(\.version) == Array(11...20))
        #expect(state.cells == canvas(at: 20))
        again.close()
    }

    @Test(
        "refuses a history with a gap, and names it",
        arguments: [
            ("DELETE FROM canvas_changes WHERE version = 15", "15"),
            ("DELETE FROM canvas_changes WHERE version = 11", "11"),
            ("DELETE FROM canvas_changes WHERE version > 8", "9"),
            ("UPDATE canvas_changes SET cell = 64 WHERE version = 12", "12"),
            ("DELETE FROM canvas_snapshots; DELETE FROM canvas_epochs", "epoch"),
        ])
    func refusesGap(damage: String, named: String) throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        try database.commit((1...20).map { change($0) })
        try database.commit([snapshot(at: 10, size: .small())])
        database.close()
        try tamper(scratch, damage)
        let again = try Database(directory: scratch.path)
        let error = #expect(throws: StorageError.self) { try again.recoverSmall() }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains(named) == true)
        again.close()
    }

    @Test("takes no snapshot from before its epoch began")
    func snapshotBeforeEpoch() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        try database.commit((1...20).map { change($0) } + [snapshot(at: 10, size: .small())])
        database.close()
        try tamper(scratch, "UPDATE canvas_epochs SET first_version = 15")
        let again = try Database(directory: scratch.path)
        let state = try again.recoverSmall()
        #expect(state.snapshot == nil)
        #expect(state.tail.map(\.version) == Array(16...20))
        again.close()
    }

    @Test("after a reset reads the new epoch alone")
    func readsNewEpoch() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let size = try #require(CanvasSize(width: 3, height: 2))
        try database.commit((1...10).map { change($0) } + [snapshot(at: 10, size: .small())])
        let epoch = EpochRecord(epoch: 2, firstVersion: 11, size: size, startedAtMs: 5)
        try database.commit([.epoch(epoch)])
        #expect(try database.recoverSmall().version == 11)
        try database.commit([
            .change(ChangeRecord(version: 12, cell: 5, color: 3, account: account(1).id, atMs: 6))
        ])
        let state = try database.recoverSmall()
        #expect(state.epoch == epoch)
        #expect(state.snapshot == nil)
        #expect(state.cells == [0, 0, 0, 0, 0, 3])
        #expect(state.version == 12)
        database.close()
    }

    @Test("forgets sign-ins that have ended")
    func forgetsEndedSessions() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let sessions = [10_000, 20_000].map { (expiresAtMs: Int64) in
            SessionRecord(
                id: Identifier(rawValue: UInt64(expiresAtMs)), account: account(1).id,
                refreshHash: [UInt8](repeating: 1, count: 32), generation: 0, refreshedAtMs: 1_000,
                expiresAtMs: expiresAtMs)
        }
        try database.commit(sessions.map { .session($0) })
        #expect(try database.recoverSmall(nowMs: 9_999).sessions == sessions)
        #expect(try database.recoverSmall(nowMs: 10_000).sessions == [sessions[1]])
        #expect(try database.recoverSmall(nowMs: 20_000).sessions.isEmpty)
        database.close()
    }

    @Test("forgets guests whose tokens have ended, and everyone who was here")
    func forgetsEndedGuestsAndPresences() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let guests = [10_000, 20_000].map { (expiresAtMs: Int64) in
            GuestRecord(
                id: Identifier(rawValue: UInt64(expiresAtMs)), name: "guest", isRemoved: false,
                expiresAtMs: expiresAtMs)
        }
        try database.commit(guests.map { .guest($0) })
        try database.commit([
            .presence(
                PresenceRecord(
                    session: Identifier(rawValue: 5), holder: guests[0].id, isGuest: true, sinceMs: 9_000))
        ])
        #expect(try count("presences", in: scratch) == 1)
        #expect(try database.recoverSmall(nowMs: 9_999).guests == guests)
        #expect(try count("presences", in: scratch) == 0)
        #expect(try database.recoverSmall(nowMs: 10_000).guests == [guests[1]])
        #expect(try database.recoverSmall(nowMs: 20_000).guests.isEmpty)
        #expect(try count("guests", in: scratch) == 0)
        database.close()
    }

    private func count(_ table: String, in scratch: Scratch) throws -> Int64? {
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        defer { connection.close() }
        return try connection.integer("SELECT count(*) FROM \(table)")
    }

    @Test("finds the newest eight snapshots whole and one of each older stretch")
    func thinsSnapshots() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let taken = Array(stride(from: Version(3_000), through: 90_000, by: 3_000))
        let cells = SnapshotCodec.deflate([UInt8](repeating: 0, count: 64), level: 1)
        for version in taken {
            let snapshot = SnapshotAnswer(size: try .small(), epoch: 1, version: version, zlib: cells)
            try database.commit([.snapshot(snapshot, takenAtMs: 1)])
        }
        database.close()
        let kept = try versions(in: scratch)
        let newest = taken.suffix(8)
        #expect(Array(kept.suffix(8)) == Array(newest))
        let older = kept.dropLast(8)
        #expect(Array(older) == [3_000, 12_000, 21_000, 30_000, 42_000, 51_000, 60_000])
    }

    /// Changes the closed database behind the server's back.
    private func tamper(_ scratch: Scratch, _ sql: String) throws {
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        try connection.execute(sql)
        connection.close()
    }

    private func versions(in scratch: Scratch) throws -> [Version] {
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        var versions: [Version] = []
        try connection.prepare("SELECT version FROM canvas_snapshots ORDER BY version")
            .forEachRow { (row) throws(SQLiteFailure) in
                versions.append(row.integer(0))
                return true
            }
        return versions
    }
}
