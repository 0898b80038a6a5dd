import Engine
import Game
import Protocol
import Testing

@testable import Storage

@Suite("Storage of rollbacks and protected areas")
struct RollbackStorageTests {
    /// A canvas that is played on, the changes that a database keeps of it, and what follows from them.
    private struct Play {
        var canvas: Canvas
        let size: CanvasSize
        let database: Database
        private(set) var lastRollback = 0
        private var random: SeededGenerator
        private var nowUs: Int64 = 1_000_000
        /// Placements that stand, as (cell, version, account), and those before each rollback's change.
        private(set) var standing: [StoredPixel] = []
        private var before: [Version: [StoredPixel]] = [:]

        init(seed: UInt64, size: CanvasSize, database: Database) {
            self.size = size
            self.database = database
            random = SeededGenerator(seed: seed)
            canvas = Canvas(
                size: size, epoch: 1, version: 0, cells: [UInt8](repeating: 0, count: size.cellCount))
        }

        /// Some turns in one commit.
        mutating func play(turns: Int) throws {
            var records: [Record] = []
            for _ in 0..<turns {
                nowUs += Int64.random(in: 0...400_000, using: &random)
                let account = Identifier(rawValue: UInt64.random(in: 1...3, using: &random))
                if Int.random(in: 0..<5, using: &random) == 0 {
                    guard let change = canvas.undo(by: account, atUs: nowUs) else { continue }
                    records.append(.change(record(change)))
                    standing.removeAll { $0.version == change.undoes }
                } else {
                    let cell = Int.random(in: 0..<size.cellCount, using: &random)
                    let change = canvas.place(
                        cell: cell, color: UInt8.random(in: 1...9, using: &random), account: account,
                        atUs: nowUs)
                    records.append(.change(record(change)))
                    standing.append(
                        StoredPixel(
                            version: change.version, cell: cell, color: change.color,
                            account: AccountName(id: account, name: "player \(account.rawValue)"),
                            placedAtMs: nowUs / 1000))
                }
            }
            try database.commit(records)
            canvas.commit(through: canvas.headVersion, atUs: nowUs)
        }

        private func record(_ change: CanvasChange, rollback: Int? = nil, _ placements: [Version] = [])
            -> ChangeRecord
        {
            ChangeRecord(
                version: change.version, cell: change.cell, color: change.color, account: change.account,
                atMs: nowUs / 1000, undoes: change.undoes, rollback: rollback, placements: placements)
        }

        /// Takes placements of the last seconds back, or undoes a rollback.
        mutating func rollBack() throws {
            let isUndo = lastRollback > 0 && Bool.random(using: &random)
            let undone = Int.random(in: 1...max(1, lastRollback), using: &random)
            let account = Identifier(rawValue: UInt64.random(in: 1...3, using: &random))
            let (fromMs, toMs) = (nowUs / 1000 - 9_000, nowUs / 1000)
            let search = RollbackSearch(
                epoch: 1, firstVersion: 0, through: canvas.headVersion, size: size, box: CanvasBox(all: size),
                target: isUndo
                    ? .rollback(undone, since: 1)
                    : .placements(account: account, fromMs: fromMs, toMs: toMs))
            let cells = try found(search)
            guard !cells.isEmpty else { return }
            lastRollback += 1
            let rollback = Rollback(
                id: lastRollback, epoch: 1, actor: .account(account), atMs: toMs,
                target: isUndo
                    ? .rollback(undone)
                    : .placements(account: account, fromMs: fromMs, toMs: toMs, CanvasBox(all: size)),
                firstVersion: canvas.headVersion + 1, cells: cells.count, isComplete: true)
            var records: [Record] = [.rollback(rollback)]
            for cell in cells {
                let change = canvas.rollBack(
                    cell: cell.cell, to: cell.color, before: cell.undoes, account: cell.account, atUs: nowUs)
                records.append(.change(record(change, rollback: lastRollback, cell.placements)))
                let pile = standing.filter { $0.cell == cell.cell }
                standing.removeAll { $0.cell == cell.cell }
                standing += before[cell.undoes] ?? pile.filter { $0.version < cell.undoes }
                before[change.version] = pile
            }
            try database.commit(records)
            canvas.commit(through: canvas.headVersion, atUs: nowUs)
        }

        func found(_ search: RollbackSearch) throws -> [RollbackCell] {
            var answer = database.answer(.rollback(.begin(search)))
            while case .rollback(.unfinished) = answer { answer = database.answer(.rollback(.goOn)) }
            guard case .rollback(.found(let count)) = answer else {
                throw Failure(.internalError, "no count")
            }
            let cells = try database.cellsToRollBack()
            #expect(count.cells == cells.count)
            _ = database.answer(.rollback(.end))
            return cells
        }

        func top(of cell: Int) -> StoredPixel? {
            standing.filter { $0.cell == cell }.max { $0.version < $1.version }
        }

        func last(of account: UInt64) -> StoredPixel? {
            standing.filter { $0.account.id.rawValue == account }.max { $0.version < $1.version }
        }
    }

    private func pixel(_ database: Database, _ query: Query) throws -> StoredPixel? {
        var query = query
        while true {
            switch (database.answer(query), query) {
            case (.pixel(let found), _): return found
            case (.pixelBefore(let version), .lastPixel(let account, let epoch, _)):
                query = .lastPixel(account: account, epoch: epoch, before: version)
            default: throw Failure(.internalError, "no pixel")
            }
        }
    }

    @Test(
        "owners, latest pixels, counts and cells follow from it, after any undos of rollbacks",
        arguments: 1...12 as ClosedRange<UInt64>)
    func follows(seed: UInt64) throws {
        let scratch = try Scratch()
        let size = try #require(CanvasSize(width: 5, height: 4))
        let database = try Database(directory: scratch.path)
        _ = try database.recover(canvasSize: size, nowMs: 0)
        try database.commit([.account(account(1)), .account(account(2)), .account(account(3))])
        var play = Play(seed: seed, size: size, database: database)
        for _ in 0..<25 {
            try play.play(turns: 8)
            try play.rollBack()
        }
        for cell in 0..<size.cellCount {
            #expect(try pixel(database, .topPixel(cell: cell, epoch: 1)) == play.top(of: cell))
        }
        for number in 1...3 as ClosedRange<UInt64> {
            let query = Query.lastPixel(account: account(number).id, epoch: 1)
            #expect(try pixel(database, query) == play.last(of: number))
        }
        let counts = (1...3).map { number in play.standing.count { $0.account.id.rawValue == number } }
        let board = Dictionary(
            uniqueKeysWithValues: database.board(.pixels).compactMap { line -> (Int, Int)? in
                let parts = line.split { " :".contains($0) }.compactMap { Int($0) }
                return parts.count == 2 ? (parts[0], parts[1]) : nil
            })
        #expect((1...3).map { board[$0] ?? 0 } == counts)
        let recovered = try database.recover(canvasSize: size, nowMs: 0)
        #expect(
            recovered.cells == play.canvas.durableCells && recovered.version == play.canvas.durableVersion)
        #expect(recovered.rollbacks.map(\.id) == Array(1...play.lastRollback))
        #expect(recovered.lastRollback == play.lastRollback)
        database.close()
    }

    @Test("counts are the same once they were brought up in stretches")
    func stretches() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let many = PixelCounts.stretchVersions + 40
        try database.commit((1...many).map { change($0) })
        database.maintain()
        let cells = Array(1...Version(64)).map { many - 64 + $0 }
        let order = Rollback.Target.placements(account: nil, fromMs: 0, toMs: .max, CanvasBox(0, 0, 7, 7))
        let rollback = Rollback(
            id: 1, epoch: 1, actor: .console, atMs: 9, target: order, firstVersion: many + 1)
        try database.commit(
            [.rollback(rollback)]
                + cells.enumerated().map { index, version in
                    .change(
                        ChangeRecord(
                            version: many + 1 + Version(index), cell: Int(version * 7) % 64, color: 0,
                            account: account(1).id, atMs: 9, undoes: version, rollback: 1,
                            placements: [version]))
                })
        let expected = ["player 1: \(many - 64)"]
        #expect(database.board(.pixels) == expected)
        try database.commit((1...PixelCounts.stretchVersions).map { change(many + 64 + $0, by: 2) })
        database.maintain()
        #expect(database.board(.pixels).contains(expected[0]))
        database.close()
    }

    @Test("the search goes in steps through a long history and finds all of it")
    func steps() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let many = Version(Limits.maxRollbackReads) * 2 + 500
        try database.commit((1...many).map { change($0, by: $0 <= 40 ? 2 : 1) })
        let search = RollbackSearch(
            epoch: 1, firstVersion: 0, through: many, size: try .small(), box: CanvasBox(0, 0, 7, 7),
            target: .placements(account: account(1).id, fromMs: 0, toMs: .max))
        var steps = 1
        var answer = database.answer(.rollback(.begin(search)))
        while case .rollback(.unfinished) = answer {
            steps += 1
            answer = database.answer(.rollback(.goOn))
        }
        guard case .rollback(.found(let count)) = answer else { throw Failure(.internalError, "no count") }
        #expect(steps == 3)
        #expect(count == RollbackCount(cells: 64, placements: Int(many) - 40, accounts: 1))
        let cells = try database.cellsToRollBack()
        #expect(cells.count == 64)
        #expect(
            cells.count { $0.color != 0 } == (1...40).count { $0 % 32 != 0 },
            "forty cells have what lay beneath")
        _ = database.answer(.rollback(.end))
        guard case .rollback(.none) = database.answer(.rollback(.goOn)) else {
            throw Failure(.internalError, "a search that was forgotten goes on")
        }
        database.close()
    }

    @Test("an account whose very many latest placements were taken back is looked up in steps")
    func lastPixelInSteps() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let many = Version(Limits.maxLastPixelReads) * 2
        try database.commit((1...many).map { change($0) })
        let target = Rollback.Target.placements(account: nil, fromMs: 0, toMs: .max, CanvasBox(0, 0, 7, 7))
        let rollback = Rollback(
            id: 1, epoch: 1, actor: .console, atMs: 9, target: target, firstVersion: many + 1)
        // All but the first one, by changes that stand for a cell each.
        try database.commit([
            .rollback(rollback),
            .change(
                ChangeRecord(
                    version: many + 1, cell: 3, color: 0, account: account(2).id, atMs: 9, undoes: 2,
                    rollback: 1,
                    placements: Array(2...many))),
        ])
        let query = Query.lastPixel(account: account(1).id, epoch: 1)
        guard case .pixelBefore = database.answer(query) else {
            throw Failure(.internalError, "one step looks at everything")
        }
        #expect(try pixel(database, query)?.version == 1)
        database.close()
    }

    @Test("protected areas and rollbacks of the running epoch alone come back, with numbers that go on")
    func recovers() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        func area(_ id: Int, _ actor: Actor = .console) -> HostProtectedArea {
            HostProtectedArea(
                area: ProtectedArea(id: id, box: CanvasBox(1, 2, 3, 4), note: "n\(id)"), actor: actor, atMs: 7
            )
        }
        let rollback = Rollback(
            id: 3, epoch: 1, actor: .telegram(user: 5), atMs: 8,
            target: .placements(account: nil, fromMs: 1, toMs: 2, CanvasBox(0, 0, 1, 1)), firstVersion: 1)
        try database.commit([
            .protection(ProtectionRecord(protection: area(1), epoch: 1)),
            .protection(ProtectionRecord(protection: area(2, .account(account(2).id)), epoch: 1)),
            .protection(ProtectionRecord(protection: area(1), epoch: 1, endedAtMs: 9)),
            .rollback(rollback),
        ])
        var state = try database.recoverSmall()
        #expect(state.protections == [area(2, .account(account(2).id))] && state.lastProtection == 2)
        #expect(state.rollbacks == [rollback] && state.lastRollback == 3)
        try database.commit([
            .epoch(EpochRecord(epoch: 2, firstVersion: 1, size: try .small(), startedAtMs: 5))
        ])
        state = try database.recoverSmall()
        #expect(state.protections.isEmpty && state.rollbacks.isEmpty)
        #expect(state.lastProtection == 2 && state.lastRollback == 3)
        database.close()
    }
}

@Suite("Storage of several canvases")
struct EpochStorageTests {
    @Test("keeps what was of the canvas before, and tells owners, touched cells and counts of each apart")
    func severalEpochs() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        try database.commit((1...200).map { change($0) } + [snapshot(at: 200, size: .small())])
        let wide = try #require(CanvasSize(width: 30, height: 20))
        try database.commit([.epoch(EpochRecord(epoch: 2, firstVersion: 201, size: wide, startedAtMs: 5))])
        try database.commit((202...260).map { change($0, cells: 600, by: 2) })
        database.close()
        let again = try Database(directory: scratch.path)
        let state = try again.recoverSmall()
        #expect(state.epoch?.epoch == 2 && state.version == 260 && state.cells.count == 600)
        #expect(state.snapshot == nil)
        #expect(state.touched?.size == wide && state.touched?.count == 59)
        guard case .pixel(let old) = again.answer(.topPixel(cell: Int(200 * 7) % 64, epoch: 1)),
            case .pixel(let new) = again.answer(.topPixel(cell: Int(260 * 7) % 600, epoch: 2)),
            case .pixel(let none) = again.answer(.topPixel(cell: Int(200 * 7) % 64, epoch: 2)),
            case .pixel(let last) = again.answer(.lastPixel(account: account(1).id, epoch: 2))
        else { throw Failure(.internalError, "no pixel") }
        #expect(old?.version == 200 && new?.version == 260 && none == nil && last == nil)
        #expect(again.board(.pixels) == ["player 1: 200", "player 2: 59"])
        try again.commit([
            .epoch(EpochRecord(epoch: 3, firstVersion: 261, size: try .small(), startedAtMs: 6))
        ])
        #expect(try again.recoverSmall().touched?.count == 0)
        again.close()
    }
}

extension Database {
    /// All cells that a finished search found, a group after the other.
    func cellsToRollBack() throws -> [RollbackCell] {
        var cells: [RollbackCell] = []
        while true {
            let step = RollbackStep.cells(from: cells.count, count: Limits.maxRollbackCells)
            guard case .rollback(.cells(let group)) = answer(.rollback(step)) else {
                throw Failure(.internalError, "no cells")
            }
            if group.isEmpty { return cells }
            cells += group
        }
    }
}
