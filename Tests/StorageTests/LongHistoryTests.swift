import Engine
import FoundationEssentials
import Protocol
import Testing

@testable import Storage

@Suite("A long history")
struct LongHistoryTests {
    /// `make soak` asks for 10 million.
    private static let changes =
        Version(ProcessInfo.processInfo.environment["PIXELWARS_CHANGES"] ?? "") ?? 300_000

    @Test("is ready in under a second: the newest snapshot and a tail, however many changes there are")
    func starts() throws {
        let scratch = try Scratch()
        let size = try #require(CanvasSize(width: 1000, height: 1000))
        let cells = size.cellCount
        let tail: Version = 1_000
        let database = try Database(directory: scratch.path)
        _ = try database.recover(canvasSize: size, nowMs: 1_000)
        try database.commit([.account(account(1))])
        var version: Version = 0
        while version < Self.changes {
            let next = min(Self.changes, version + 5_000)
            try database.commit((version + 1...next).map { change($0, cells: cells) })
            database.maintain()
            version = next
        }
        try database.commit([snapshot(at: version, size: size)])
        try database.commit((version + 1...version + tail).map { change($0, cells: cells) })
        database.close()

        let clock = ContinuousClock()
        let began = clock.now
        let again = try Database(directory: scratch.path)
        let state = try again.recover(canvasSize: size, nowMs: 2_000)
        let took = began.duration(to: clock.now)
        #expect(state.version == Self.changes + tail)
        #expect(state.tail.count == Int(tail))
        #expect(state.cells == canvas(at: Self.changes + tail, cells: cells))
        #expect(took < .seconds(1), "\(Self.changes) changes: ready in \(took)")
        print("\(Self.changes) changes: ready in \(took)")
        again.close()
    }

    @Test("that only claims to be long, by a damaged version number, is refused at once for its gap")
    func claimsToBeLong() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        try database.commit((1...20).map { change($0) })
        database.close()
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        try connection.execute("UPDATE canvas_changes SET version = \(Version.max) WHERE version = 20")
        connection.close()
        let again = try Database(directory: scratch.path)
        let error = #expect(throws: StorageError.self) { try again.recoverSmall() }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains("changes 20 to") == true, "\(error?.message ?? "")")
        again.close()
    }
}
