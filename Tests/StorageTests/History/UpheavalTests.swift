import Engine
import FoundationEssentials
import Game
import Protocol
import Testing

@testable import Storage

@Suite("New canvases, rollbacks and retention together")
struct UpheavalTests {
    /// A database that keeps a day, through restarts, and what it must say.
    private struct Run {
        var upheaval: Upheaval
        private(set) var path: String
        /// Where a crash left the files.
        private var scratch: Scratch?
        var database: Database

        init(seed: UInt64, path: String) throws {
            self.path = path
            upheaval = Upheaval(seed: seed, size: try .small())
            database = try Database.started(in: path)
            database.historyDays = 1
        }

        /// What another run says, of a directory that has a database.
        init(_ upheaval: Upheaval, path: String) throws {
            (self.path, self.upheaval) = (path, upheaval)
            database = try Database(directory: path)
        }

        /// Commits and does a few pieces of upkeep; now and then the program ends in between, at any piece.
        mutating func commit(_ records: [Record], pieces: Int = 3) throws {
            try database.commit(records)
            for _ in 0..<pieces { database.maintain(nowMs: upheaval.nowMs) }
            if upheaval.draw(1...12) == 1 { try restart() }
        }

        /// Starts again, after an orderly end or with the files as a crash leaves them.
        mutating func restart() throws {
            if upheaval.draw(1...2) == 1 {
                let left = try Scratch()
                for name in ["/pixelwars.db", "/pixelwars.db-wal"] {
                    try FileManager.default.copyItem(atPath: path + name, toPath: left.path + name)
                }
                database.close()
                (path, scratch) = (left.path, left)
            } else {
                database.close()
            }
            database = try Database(directory: path)
            database.historyDays = upheaval.draw(1...3) == 1 ? 0 : 1
        }

        mutating func play(rounds: Int) throws {
            for _ in 0..<rounds {
                try commit(upheaval.play(turns: upheaval.draw(1...40)))
                switch upheaval.draw(1...5) {
                case 1: try rollBack()
                case 2: try undoRollback()
                default: break
                }
            }
        }

        func finding(_ query: HistoryQuery) throws -> HistoryFinding {
            guard case .history(let finding) = database.answer(.history(query)) else {
                throw StorageFault.broken("no answer about history")
            }
            return finding
        }

        func horizon() throws -> Version {
            guard case .overview(let answer) = try finding(.overview(through: upheaval.version)) else {
                return -1
            }
            return answer.oldestVersion
        }

        func search(_ target: RollbackSearch.Target, in box: CanvasBox) -> RollbackSearch {
            RollbackSearch(
                epoch: upheaval.epoch.epoch, firstVersion: upheaval.epoch.firstVersion,
                through: upheaval.version, size: upheaval.size, box: box, target: target)
        }

        func found(_ search: RollbackSearch) throws -> [RollbackCell] {
            var answer = database.answer(.rollback(.begin(search)))
            while case .rollback(.unfinished) = answer { answer = database.answer(.rollback(.goOn)) }
            return try database.cellsToRollBack()
        }

        /// Takes back what an account or everyone placed after the horizon.
        mutating func rollBack() throws {
            let fromMs = try upheaval.timesMs[Int(horizon())] + 1
            let spanMs = Int(max(0, upheaval.nowMs - fromMs))
            let account = upheaval.draw(0...3)
            let who = account == 0 ? nil : Identifier(rawValue: UInt64(account))
            let (start, end) = (upheaval.draw(0...spanMs), upheaval.draw(0...spanMs / 4))
            let (from, to) = (fromMs + Int64(start), upheaval.nowMs - Int64(end))
            let box = upheaval.drawBox()
            let search = search(.placements(account: who, fromMs: from, toMs: to), in: box)
            let cells = try found(search)
            #expect(cells == upheaval.expected(search), "of \(upheaval.version)")
            try make(cells, .placements(account: who, fromMs: from, toMs: to, box))
        }

        /// Brings back what a rollback of this canvas took, as far as its changes are kept.
        mutating func undoRollback() throws {
            let own = upheaval.ownRollbacks
            guard !own.isEmpty else { return }
            let undone = own[upheaval.draw(max(0, own.count - 3)...own.count - 1)]
            let search = search(
                .rollback(undone.id, since: undone.firstVersion), in: CanvasBox(all: upheaval.size))
            let (cells, horizon) = (try found(search), try horizon())
            let expected = upheaval.expected(search)
            #expect(cells.allSatisfy { expected.contains($0) }, "of \(upheaval.version)")
            #expect(expected.allSatisfy { $0.undoes <= horizon || cells.contains($0) })
            try make(cells, .rollback(undone.id))
        }

        /// Makes a rollback in groups, with upkeep in between; a crash may end it midway.
        mutating func make(_ cells: [RollbackCell], _ target: Rollback.Target) throws {
            defer { _ = database.answer(.rollback(.end)) }
            let groups = stride(from: 0, to: cells.count, by: 9).map { Array(cells[$0...].prefix(9)) }
            for (index, group) in groups.enumerated() {
                let isLast = index == groups.count - 1
                try database.commit(
                    upheaval.rollBack(group, target, isFirst: index == 0, isLast: isLast))
                for _ in 0..<3 { database.maintain(nowMs: upheaval.nowMs) }
                if upheaval.draw(1...20) == 1 { return try restart() }
            }
        }

        func pixel(_ query: Query) throws -> StoredPixel? {
            var query = query
            while true {
                switch (database.answer(query), query) {
                case (.pixel(let found), _): return found
                case (.pixelBefore(let version), .lastPixel(let account, let epoch, _)):
                    query = .lastPixel(account: account, epoch: epoch, before: version)
                default: throw StorageFault.broken("no pixel")
                }
            }
        }

        private func board(sinceMs: Int64) throws -> [Int] {
            guard case .leaderboard(let scores) = database.answer(.leaderboard(.pixels, sinceMs: sinceMs))
            else { throw StorageFault.broken("no leaderboard") }
            return (1...3).map { number in
                scores.first { $0.account.id.rawValue == number }?.score ?? 0
            }
        }

        /// Everything that is said of the present follows from all that ever happened.
        func expectPresent(_ comment: Comment) throws {
            let epoch = upheaval.epoch.epoch
            for cell in 0..<upheaval.size.cellCount {
                #expect(try pixel(.topPixel(cell: cell, epoch: epoch)) == upheaval.top(of: cell), comment)
            }
            for number in 1...3 as ClosedRange<UInt64> {
                let id = Identifier(rawValue: number)
                #expect(try pixel(.lastPixel(account: id, epoch: epoch)) == upheaval.last(of: id), comment)
            }
            for sinceMs in [0, upheaval.nowMs / Upheaval.dayMs * Upheaval.dayMs] {
                #expect(try board(sinceMs: sinceMs) == upheaval.counts(sinceMs: sinceMs), comment)
            }
            let state = try database.recoverSmall()
            #expect(state.epoch == upheaval.epoch && state.version == upheaval.version, comment)
            #expect(state.cells == upheaval.cells && state.touched == upheaval.touched, comment)
            #expect(state.rollbacks == upheaval.ownRollbacks, comment)
            #expect(state.lastRollback == upheaval.rollbacks.count, comment)
            let wrong = try DatabaseCheck.run(file: path + "/pixelwars.db").filter { !$0.isSound }
            #expect(wrong == [], comment)
        }

        /// The past from the horizon on is told as it was, and nothing of what lies before.
        func expectPast(every step: Int, _ comment: Comment) throws {
            let horizon = try horizon()
            for version in stride(
                from: Int(horizon % Version(step)), through: upheaval.states.count - 1, by: step)
            {
                let query = HistoryQuery.at(.version(Version(version)), through: upheaval.version)
                guard case .state(let material) = try finding(query) else {
                    #expect(version < horizon, comment)
                    continue
                }
                guard case .state(let state) = material.restored() else {
                    Issue.record(comment)
                    continue
                }
                let cells = try SnapshotCodec.inflate(
                    state.snapshot.zlib, cellCount: state.snapshot.size.cellCount)
                #expect(version >= horizon && cells == upheaval.states[version], comment)
                #expect(material.atMs == upheaval.timesMs[version], comment)
            }
        }
    }

    private func upset(seed: UInt64, path: String) throws -> Run {
        var run = try Run(seed: seed, path: path)
        for (width, height) in [(8, 8), (13, 15), (22, 9)] {
            if run.upheaval.version > 0 {
                let size = try #require(CanvasSize(width: width, height: height))
                let epoch = run.upheaval.beginEpoch(size: size)
                try run.commit([epoch])
            }
            for _ in 0..<3 {
                try run.play(rounds: 12)
                try run.expectPresent("seed \(seed), version \(run.upheaval.version)")
            }
        }
        return run
    }

    @Test(
        "owners, latest pixels, counts, touched cells and the kept past are as if nothing were dropped",
        arguments: 1...4 as ClosedRange<UInt64>)
    func asIfWhole(seed: UInt64) throws {
        let (scratch, other) = (try Scratch(), try Scratch())
        let run = try upset(seed: seed, path: scratch.path)
        try run.expectPast(every: 7, "seed \(seed)")
        #expect(try run.horizon() > 0)
        run.database.historyDays = 1
        for step in 0..<300 {
            run.database.maintain(
                nowMs: run.upheaval.nowMs + Int64(step) * HistoryThinning.lookIntervalMs)
        }
        try run.expectPresent("seed \(seed), thinned")
        try run.expectPast(every: 11, "seed \(seed), thinned")
        let draft = other.path + "/draft"
        let copy = try run.database.beginCopy(to: draft)
        while try copy.step() == .copying {}
        run.database.close()
        let backup = other.path + "/backup.db"
        try Backup.finish(draft, as: backup, replacing: false)
        try FileManager.default.createDirectory(
            atPath: other.path + "/data", withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        let report = try Restore(backup: backup, into: other.path + "/data", stamp: "now").run()
        #expect(report.version == run.upheaval.version)
        for path in [run.path, other.path + "/data"] {
            var upheaval = run.upheaval
            // A restored canvas goes on under a number of its own.
            if path != run.path { upheaval.renumber(epoch: run.upheaval.epoch.epoch + 1_000) }
            let again = try Run(upheaval, path: path)
            try again.expectPresent("seed \(seed), again")
            try again.expectPast(every: 17, "seed \(seed), again")
            again.database.close()
        }
    }

    @Test(
        "a rollback that reaches before the horizon leaves what is kept, and its undo what was",
        arguments: 1...4 as ClosedRange<UInt64>)
    func reachesBelow(seed: UInt64) throws {
        let scratch = try Scratch()
        var run = try upset(seed: seed, path: scratch.path)
        run.database.historyDays = 1
        let account = Identifier(rawValue: seed % 3 + 1)
        let box = CanvasBox(all: run.upheaval.size)
        let (owners, cells) = (run.database.owners(run.upheaval), run.upheaval.cells)
        let counts = run.upheaval.counts(sinceMs: 0)
        let (from, to) = (Int64(0), run.upheaval.nowMs)
        let search = run.search(.placements(account: account, fromMs: from, toMs: to), in: box)
        let found = try run.found(search)
        #expect(!found.isEmpty)
        try run.make(found, .placements(account: account, fromMs: from, toMs: to, box))
        func expectSound() throws {
            let state = try run.database.recoverSmall()
            #expect(state.cells == run.upheaval.cells)
            for cell in state.cells.indices {
                let top = try run.pixel(.topPixel(cell: cell, epoch: run.upheaval.epoch.epoch))
                #expect(top?.color ?? 0 == state.cells[cell])
            }
            let wrong = try DatabaseCheck.run(file: run.path + "/pixelwars.db").filter { !$0.isSound }
            #expect(wrong == [])
        }
        try expectSound()
        let made = try #require(run.upheaval.rollbacks.last)
        let back = run.search(.rollback(made.id, since: made.firstVersion), in: box)
        try run.make(try run.found(back), .rollback(made.id))
        try expectSound()
        if run.upheaval.rollbacks.last?.isComplete == true, made.isComplete {
            #expect(run.upheaval.cells == cells && run.database.owners(run.upheaval) == owners)
            let board = (1...3).map { "player \($0): \(counts[$0 - 1])" }
            #expect(Set(run.database.board(.pixels)) == Set(board))
        }
        run.database.close()
    }
}

extension Database {
    /// The version of the placement on top of each cell of the running canvas.
    fileprivate func owners(_ upheaval: Upheaval) -> [Version?] {
        (0..<upheaval.size.cellCount).map { cell in
            guard case .pixel(let pixel) = answer(.topPixel(cell: cell, epoch: upheaval.epoch.epoch)) else {
                return -1
            }
            return pixel?.version
        }
    }
}
