import Engine
import Protocol
import Testing

@testable import Storage

@Suite("The canvas's history in storage")
struct HistoryTests {
    /// Grows a history in three epochs, in commits with upkeep after each, and in a second database that keeps all.
    private func grown(
        seed: UInt64, days: Int, in path: String, twin: String? = nil
    ) throws -> (chronicle: Chronicle, database: Database, twin: Database?) {
        let databases = try ([path] + (twin.map { [$0] } ?? [])).map { try Database.started(in: $0) }
        databases[0].historyDays = days
        var chronicle = Chronicle(seed: seed, size: try .small())
        func commit(_ records: [Record]) throws {
            for database in databases {
                try database.commit(records)
                database.maintain(nowMs: chronicle.nowMs)
            }
        }
        for (width, height, rounds) in [(8, 8, 40), (5, 9, 30), (11, 4, 60)] {
            if chronicle.version > 0 {
                let size = try #require(CanvasSize(width: width, height: height))
                try commit([chronicle.beginEpoch(size: size)])
            }
            for _ in 0..<rounds { try commit(chronicle.grow(by: chronicle.draw(1...60))) }
        }
        // What is under way is ended, as later commits would.
        for step in 0..<400 {
            databases[0].maintain(nowMs: chronicle.nowMs + Int64(step) * HistoryThinning.lookIntervalMs)
        }
        return (chronicle, databases[0], databases.count > 1 ? databases[1] : nil)
    }

    private func finding(_ database: Database, _ query: HistoryQuery) throws -> HistoryFinding {
        guard case .history(let finding) = database.answer(.history(query)) else {
            throw StorageFault.broken("no answer about history")
        }
        return finding
    }

    private func canvas(
        _ database: Database, at moment: HistoryMoment, through: Version
    ) throws -> (version: Version, atMs: Int64, cells: [UInt8])? {
        guard case .state(let material) = try finding(database, .at(moment, through: through)),
            case .state(let state) = material.restored()
        else { return nil }
        let snapshot = state.snapshot
        let cells = try SnapshotCodec.inflate(snapshot.zlib, cellCount: snapshot.size.cellCount)
        return (snapshot.version, state.atMs, cells)
    }

    private func oldest(_ database: Database, through: Version) throws -> Version {
        guard case .overview(let answer) = try finding(database, .overview(through: through)) else {
            return -1
        }
        return answer.oldestVersion
    }

    @Test(
        "gives at every version what all changes up to it made, thinned or not",
        arguments: 1...6 as ClosedRange<UInt64>, [0, 1])
    func everyVersion(seed: UInt64, days: Int) throws {
        let scratch = try Scratch()
        let (chronicle, database, _) = try grown(seed: seed, days: days, in: scratch.path)
        defer { database.close() }
        let latest = chronicle.version
        let oldest = try oldest(database, through: latest)
        #expect(days == 0 ? oldest == 0 : oldest > 0)
        for version in 0...latest {
            let found = try canvas(database, at: .version(version), through: latest)
            guard version >= oldest else {
                #expect(found == nil)
                continue
            }
            #expect(found?.version == version)
            #expect(found?.cells == chronicle.states[Int(version)], "at \(version)")
            #expect(found?.atMs == chronicle.timesMs[Int(version)], "at \(version)")
        }
    }

    @Test(
        "tells every change that is kept in pages, each of one epoch",
        arguments: 1...4 as ClosedRange<UInt64>, [0, 1])
    func pages(seed: UInt64, days: Int) throws {
        let scratch = try Scratch()
        let grown = try grown(seed: seed, days: days, in: scratch.path)
        var chronicle = grown.chronicle
        let database = grown.database
        defer { database.close() }
        let latest = chronicle.version
        var at = try oldest(database, through: latest)
        while at < latest {
            let limit = chronicle.draw(1...300)
            let answer = try finding(database, .changes(after: at, limit: limit, through: latest))
            guard case .page(let page) = answer else {
                Issue.record("no page after \(at)")
                return
            }
            let (epoch, last) = chronicle.epoch(of: at)
            #expect(page.epoch == epoch.epoch && page.from == at && page.to == min(at + Version(limit), last))
            for (index, change) in page.changes.enumerated() {
                let truth = try #require(chronicle.changes[Int(at) + index + 1])
                #expect(epoch.size.cell(x: Int(change.x), y: Int(change.y)) == truth.cell)
                #expect(change.color == truth.color && page.atMs + change.afterMs == truth.atMs)
                #expect(page.accounts[Int(change.account)].id == truth.account)
            }
            at = page.to == last ? last + 1 : page.to
        }
    }

    @Test("finds the last version made up to a time")
    func times() throws {
        let scratch = try Scratch()
        let (chronicle, database, _) = try grown(seed: 9, days: 1, in: scratch.path)
        defer { database.close() }
        let latest = chronicle.version
        let oldest = try oldest(database, through: latest)
        for version in stride(from: oldest, through: latest, by: 13) {
            let ms = chronicle.timesMs[Int(version)]
            let truth = chronicle.timesMs.lastIndex { $0 <= ms }.map(Version.init)
            #expect(try canvas(database, at: .time(ms: ms), through: latest)?.version == truth)
        }
        #expect(try canvas(database, at: .time(ms: .max), through: latest)?.version == latest)
        let before = HistoryMoment.time(ms: chronicle.timesMs[Int(oldest)] - 1)
        guard case .missing(let failure) = try finding(database, .at(before, through: latest)) else {
            Issue.record("a time that was dropped was told")
            return
        }
        #expect(failure.code == .historyGone)
    }

    @Test("tells nothing after the version that it is asked for")
    func boundedAbove() throws {
        let scratch = try Scratch()
        let (chronicle, database, _) = try grown(seed: 3, days: 0, in: scratch.path)
        defer { database.close() }
        let through = chronicle.version - 25
        guard case .overview(let overview) = try finding(database, .overview(through: through)),
            case .page(let page) = try finding(
                database, .changes(after: through - 5, limit: 100, through: through))
        else {
            Issue.record("no answers")
            return
        }
        #expect(overview.latestVersion == through && overview.epochs.last?.lastVersion == through)
        #expect(overview.epochs.map(\.firstVersion) == chronicle.epochs.map(\.firstVersion))
        #expect(page.to == through)
        #expect(try canvas(database, at: .time(ms: .max), through: through)?.version == through)
    }

    @Test(
        "once thinned, still tells owners, counts, touched cells and the canvas as if nothing were gone",
        arguments: 1...6 as ClosedRange<UInt64>)
    func nothingElseIsLost(seed: UInt64) throws {
        let (scratch, other) = (try Scratch(), try Scratch())
        let (chronicle, thinned, twin) = try grown(
            seed: seed, days: 1, in: scratch.path, twin: other.path)
        let whole = try #require(twin)
        try expectSame(thinned, whole, chronicle)
        thinned.close()
        whole.close()
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        let rows = try connection.integer("SELECT count(*) FROM canvas_changes") ?? 0
        let horizon = try connection.integer("SELECT version FROM history_horizon") ?? 0
        let left =
            try connection.integer("SELECT count(*) FROM canvas_changes WHERE version <= \(horizon)") ?? 0
        // One for each cell, one for each account, and a few that were taken back after the horizon.
        #expect(left <= Int64(chronicle.size.cellCount) + 3 + 20)
        #expect(rows == chronicle.version - horizon + left - openings(chronicle, after: horizon))
        let dangling = try connection.integer(
            """
            SELECT count(*) FROM canvas_changes_by_cell i
            WHERE NOT EXISTS (SELECT 1 FROM canvas_changes c WHERE c.version = i.version)
            """)
        #expect(dangling == 0)
        #expect(
            try connection.integer("SELECT count(*) FROM canvas_snapshots WHERE version < \(horizon)") == 0)
        connection.close()
        let again = (try Database(directory: scratch.path), try Database(directory: other.path))
        let states = (try again.0.recoverSmall(), try again.1.recoverSmall())
        #expect(states.0.cells == states.1.cells && states.0.cells == chronicle.states.last)
        #expect(states.0.touched == states.1.touched && states.0.version == states.1.version)
        try expectSame(again.0, again.1, chronicle)
        again.0.close()
        again.1.close()
    }

    private func openings(_ chronicle: Chronicle, after version: Version) -> Int64 {
        Int64(chronicle.epochs.count { $0.firstVersion > version })
    }

    private func expectSame(_ thinned: Database, _ whole: Database, _ chronicle: Chronicle) throws {
        var queries: [Query] = (0..<chronicle.size.cellCount).map {
            .topPixel(cell: $0, epoch: chronicle.epoch)
        }
        queries += (1...3).map { .lastPixel(account: Identifier(rawValue: $0), epoch: chronicle.epoch) }
        for query in queries {
            guard case .pixel(let found) = thinned.answer(query), case .pixel(let truth) = whole.answer(query)
            else {
                Issue.record("no answer to \(query)")
                return
            }
            #expect(found == truth, "\(query)")
        }
        for sinceMs in [Int64(0), chronicle.nowMs / 86_400_000 * 86_400_000] {
            guard case .leaderboard(let found) = thinned.answer(.leaderboard(.pixels, sinceMs: sinceMs)),
                case .leaderboard(let truth) = whole.answer(.leaderboard(.pixels, sinceMs: sinceMs))
            else {
                Issue.record("no leaderboard")
                return
            }
            #expect(found == truth)
            #expect(!truth.isEmpty)
        }
    }

    @Test("goes on with a pass that a crash ended, and never thins what is young")
    func resumes() throws {
        let scratch = try Scratch()
        let grown = try grown(seed: 5, days: 30, in: scratch.path)
        let chronicle = grown.chronicle
        var database = grown.database
        #expect(try oldest(database, through: chronicle.version) == 0)
        database.close()
        var horizons: [Version] = []
        for round in 0..<40 {
            // Each time a piece or two, and then it is gone.
            database = try Database(directory: scratch.path)
            database.historyDays = 1
            for _ in 0..<(1 + round % 3) { database.maintain(nowMs: chronicle.nowMs) }
            horizons.append(try oldest(database, through: chronicle.version))
            for version in stride(from: horizons[round], through: chronicle.version, by: 97) {
                let found = try canvas(database, at: .version(version), through: chronicle.version)
                #expect(found?.cells == chronicle.states[Int(version)])
            }
            database.close()
        }
        #expect(horizons == horizons.sorted() && horizons[39] > 0)
        let horizon = Int(horizons[39])
        #expect(chronicle.timesMs[horizon] <= chronicle.nowMs - 86_400_000)
        database = try Database(directory: scratch.path)
        database.historyDays = 1
        for step in 0..<400 {
            database.maintain(nowMs: chronicle.nowMs + Int64(step) * HistoryThinning.lookIntervalMs)
        }
        for cell in 0..<chronicle.size.cellCount {
            guard case .pixel(let pixel) = database.answer(.topPixel(cell: cell, epoch: chronicle.epoch))
            else {
                Issue.record("no answer")
                return
            }
            #expect(pixel.map(\.color) ?? 0 == chronicle.states.last?[cell])
        }
        database.close()
    }
}
