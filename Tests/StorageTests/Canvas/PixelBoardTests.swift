import Engine
import Protocol
import Testing

@testable import Storage

@Suite("The board of pixels")
struct PixelBoardTests {
    private static let dayMs: Int64 = 86_400_000
    private let scratch: Scratch
    private let database: Database

    init() throws {
        scratch = try Scratch()
        database = try Database.started(in: scratch.path)
    }

    private func placement(_ version: Version, by player: UInt64, atMs: Int64) -> Record {
        .change(
            ChangeRecord(
                version: version, cell: Int(version) % 64, color: 3, account: Identifier(rawValue: player),
                atMs: atMs))
    }

    private func undo(_ version: Version, of undone: Version, by player: UInt64, atMs: Int64) -> Record {
        .change(
            ChangeRecord(
                version: version, cell: Int(undone) % 64, color: 0, account: Identifier(rawValue: player),
                atMs: atMs, undoes: undone))
    }

    @Test("counts what each account placed since a midnight and didn't take back")
    func counts() throws {
        let day = Self.dayMs
        try database.commit([
            placement(1, by: 1, atMs: day - 2), placement(2, by: 1, atMs: day - 1),
            placement(3, by: 2, atMs: day - 1), undo(4, of: 2, by: 1, atMs: day + 1),
            placement(5, by: 2, atMs: day), placement(6, by: 3, atMs: day + 5),
            undo(7, of: 6, by: 3, atMs: day + 6),
        ])
        #expect(database.board(.pixels) == ["player 2: 2", "player 1: 1"])
        #expect(
            database.board(.pixels, sinceMs: day) == ["player 2: 1"],
            "what was taken back was placed the day before")
        database.close()
    }

    @Test("puts whoever placed the last of them first before others, then goes by their ids")
    func ordersTies() throws {
        let high = account(0xfedc_ba98_7654_3210)
        try database.commit([
            .account(high), placement(1, by: 3, atMs: 50), placement(2, by: 1, atMs: 60),
            placement(3, by: high.id.rawValue, atMs: 50),
        ])
        #expect(database.board(.pixels) == ["player 3: 1", "\(high.name): 1", "player 1: 1"])
        database.close()
    }

    @Test("leaves out who is deleted or banned, until the ban is lifted")
    func leavesOut() throws {
        try database.commit((1...3).map { placement(Version($0), by: UInt64($0), atMs: 100) })
        var (gone, banned) = (account(1), account(2))
        (gone.name, gone.deletedAtMs) = ("gone", 5)
        banned.banReason = "a bot"
        try database.commit([.account(gone), .account(banned)])
        #expect(database.board(.pixels) == ["player 3: 1"])
        try database.commit([.account(account(2))])
        #expect(database.board(.pixels) == ["player 2: 1", "player 3: 1"])
        database.close()
    }

    /// Changes of five days, each tenth an undo of the one before it.
    private func history(_ versions: ClosedRange<Version>) -> [Record] {
        versions.map { version in
            let isUndo = version % 10 == 0
            let made = isUndo ? version - 1 : version
            let player = UInt64(made % 7 % 3 + 1)
            let atMs = version * 60_000
            return isUndo
                ? undo(version, of: version - 1, by: player, atMs: atMs)
                : placement(version, by: player, atMs: atMs)
        }
    }

    /// The same counted in the plainest way.
    private func truth(_ newest: Version, sinceMs: Int64) -> [String] {
        var counts: [UInt64: Int] = [:]
        var latest: [UInt64: Version] = [:]
        for version in 1...newest where version % 10 != 0 {
            let isUndone = version % 10 == 9 && version < newest
            let player = UInt64(version % 7 % 3 + 1)
            guard version * 60_000 >= sinceMs else { continue }
            latest[player] = version
            if !isUndone { counts[player, default: 0] += 1 }
        }
        return counts.sorted { ($1.value, latest[$0.key] ?? 0) < ($0.value, latest[$1.key] ?? 0) }
            .map { "player \($0.key): \($0.value)" }
    }

    @Test("counts alike wherever a stretch of changes ends, an undo in the next one too, and after a restart")
    func countsInStretches() throws {
        let stretch = PixelCounts.stretchVersions
        var database = database
        var version: Version = 0
        // 2,049 of the first stretch are counted when the placement at their end can still be taken back.
        for step in [stretch + 1, 7, stretch - 3, 1, 999, stretch, 500] {
            try database.commit(history(version + 1...version + step))
            version += step
            database.maintain()
            if step == 999 {
                database.close()
                database = try Database(directory: scratch.path)
                _ = try database.recoverSmall()
            }
            for sinceMs in [0, Self.dayMs, 3 * Self.dayMs] {
                #expect(database.board(.pixels, sinceMs: sinceMs) == truth(version, sinceMs: sinceMs))
            }
        }
        database.close()
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        let counted = try #require(try connection.integer("SELECT version FROM counted_changes"))
        #expect(version - counted < stretch, "no more than a stretch is counted at each look-up")
    }

    @Test("counts a long history that was never counted, more than one transaction's worth")
    func countsLongHistory() throws {
        let version = Version(PixelCounts.maxStretchChanges) + 3 * PixelCounts.stretchVersions
        var next: Version = 1
        while next <= version {
            let end = min(next + 8_191, version)
            try database.commit(history(next...end))
            next = end + 1
        }
        database.close()
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        try connection.execute(
            "DELETE FROM pixels_by_day; DELETE FROM pixels_by_account; UPDATE counted_changes SET version = 0"
        )
        connection.close()
        let database = try Database(directory: scratch.path)
        for sinceMs in [0, Self.dayMs] {
            #expect(database.board(.pixels, sinceMs: sinceMs) == truth(version, sinceMs: sinceMs))
        }
        database.close()
    }

    @Test("reads the days it asks for and the changes since the last stretch, and no more of them")
    func usesIndexes() throws {
        let since = try plan(of: PixelCounts.sinceSQL)
        #expect(since.contains("SEARCH pixels_by_day USING PRIMARY KEY (day>?)"), "\(since)")
        for plan in [since, try plan(of: PixelCounts.everSQL)] {
            #expect(plan.contains("SEARCH c USING INTEGER PRIMARY KEY (rowid>?)"), "\(plan)")
            #expect(plan.contains("SEARCH p USING INTEGER PRIMARY KEY (rowid=?)"), "\(plan)")
            #expect(plan.contains("SEARCH rollback_pixels USING PRIMARY KEY (change>?)"), "\(plan)")
        }
        database.close()
    }
}
