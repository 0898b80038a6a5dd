import Engine
import Protocol
import Testing

@testable import Storage

@Suite("The cells that ever got a pixel")
struct TouchedTests {
    private let scratch: Scratch
    private let size: CanvasSize

    init() throws {
        scratch = try Scratch()
        size = try #require(CanvasSize(width: 250, height: 101))
    }

    /// Places on every third cell, and over and over again.
    private func change(_ version: Version) -> Record {
        .change(
            ChangeRecord(
                version: version, cell: Int(version * 3) % 25_000, color: 3, account: account(1).id,
                atMs: version))
    }

    private func truth(_ newest: Version) -> CellMask {
        var mask = CellMask(size: size)
        for version in 1...newest { mask[Int(version * 3) % 25_000] = true }
        return mask
    }

    private func start() throws -> (database: Database, state: RecoveredState) {
        let database = try Database(directory: scratch.path)
        return (database, try database.recover(canvasSize: size, nowMs: 1_000))
    }

    /// Fills a database with changes, its upkeep done, and closes it.
    private func fill(_ versions: Version) throws {
        let (database, _) = try start()
        try database.commit([.account(account(1))])
        var version: Version = 0
        while version < versions {
            let next = min(versions, version + 4_000)
            try database.commit((version + 1...next).map(change))
            database.maintain()
            version = next
        }
        database.close()
    }

    @Test("are none on an empty canvas, and one whose only pixel was taken back is among them")
    func begins() throws {
        let (database, state) = try start()
        #expect(state.touched.map(\.count) ?? 0 == 0)
        try database.commit([
            .account(account(1)), change(1),
            .change(
                ChangeRecord(
                    version: 2, cell: 3, color: 0, account: account(1).id, atMs: 2, undoes: 1)),
        ])
        database.close()
        let (again, later) = try start()
        #expect(later.touched == truth(1))
        again.close()
    }

    @Test(
        "are found by a start, kept up to a block of changes and read on from there", arguments: [9, 40_000])
    func areFound(versions: Version) throws {
        try fill(versions)
        let (database, state) = try start()
        #expect(state.touched == truth(versions))
        database.close()
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        let kept = try connection.integer("SELECT max(version) FROM touched_cells")
        let full = versions / ChangeIndex.blockVersions * ChangeIndex.blockVersions
        #expect(kept == (full == 0 ? nil : full - 1))
    }

    @Test("are made anew from all changes where what was kept is damaged, or claims too much")
    func areMadeAnew() throws {
        try fill(40_000)
        for damage in ["cells = x'00'", "version = 99999"] {
            let connection = try Connection(path: scratch.path + "/pixelwars.db")
            try connection.execute("UPDATE touched_cells SET \(damage)")
            connection.close()
            let (database, state) = try start()
            #expect(state.touched == truth(40_000), "\(damage)")
            database.close()
        }
    }
}
