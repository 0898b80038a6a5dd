import Engine
import Protocol
import Testing

@testable import Storage

@Suite("A question about a pixel")
struct PixelFinderTests {
    /// Placements and undos as the game makes them, with the answers worked out by replaying.
    private struct History {
        private(set) var changes: [ChangeRecord] = []
        private var owners: [Int: [ChangeRecord]] = [:]
        private var seed: UInt64

        init(seed: UInt64) { self.seed = seed }

        private mutating func draw(_ bound: UInt64) -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (seed >> 33) % bound
        }

        mutating func grow(by count: Int, cells: UInt64, after first: Version = 0) {
            for _ in 0..<count {
                let version = (changes.last?.version ?? first) + 1
                let cell = Int(draw(cells))
                if draw(8) == 0, let top = owners[cell]?.popLast() {
                    changes.append(
                        ChangeRecord(
                            version: version, cell: cell, color: owners[cell]?.last?.color ?? 0,
                            account: top.account, atMs: version, undoes: top.version))
                } else {
                    let placed = ChangeRecord(
                        version: version, cell: cell, color: UInt8(draw(32)),
                        account: Identifier(rawValue: 1 + draw(3)), atMs: version)
                    changes.append(placed)
                    owners[cell, default: []].append(placed)
                }
            }
        }

        func top(of cell: Int) -> ChangeRecord? { owners[cell]?.last }

        func last(of account: Identifier) -> ChangeRecord? {
            owners.values.joined().filter { $0.account == account }.max { $0.version < $1.version }
        }
    }

    @Test("finds what replaying finds, in indexed blocks and after them", arguments: [900, 16_384, 40_000])
    func agreesWithReplay(count: Int) throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        var history = History(seed: UInt64(count))
        // Few cells early, so that some answers lie in the oldest block.
        history.grow(by: count / 2, cells: 64)
        history.grow(by: count - count / 2, cells: 32)
        for start in stride(from: 0, to: count, by: 4_000) {
            let end = min(start + 4_000, count)
            try database.commit(history.changes[start..<end].map { .change($0) })
            database.maintain()
        }
        try expectAgreement(database, history)
        database.close()
        let again = try Database(directory: scratch.path)
        try expectAgreement(again, history)
        again.close()
    }

    private func expectAgreement(_ database: Database, _ history: History) throws {
        for cell in 0..<64 {
            try expect(database, .topPixel(cell: cell, epoch: 1), is: history.top(of: cell))
        }
        for player in UInt64(1)...4 {
            let id = Identifier(rawValue: player)
            try expect(database, .lastPixel(account: id, epoch: 1), is: history.last(of: id))
        }
    }

    private func expect(_ database: Database, _ query: Query, is change: ChangeRecord?) throws {
        guard case .pixel(let pixel) = database.answer(query) else {
            Issue.record("\(query) failed")
            return
        }
        #expect(pixel?.version == change?.version, "\(query)")
        #expect(pixel?.color == change?.color)
        #expect(pixel?.cell == change?.cell)
        #expect(pixel?.account.id == change?.account)
        #expect(pixel?.account.name == change.map { "player \($0.account.rawValue)" })
        #expect(pixel?.placedAtMs == change?.atMs)
    }

    @Test("looks at its epoch alone")
    func staysInItsEpoch() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let player = account(1).id
        try database.commit([
            .change(ChangeRecord(version: 1, cell: 3, color: 1, account: player, atMs: 1)),
            .epoch(EpochRecord(epoch: 7, firstVersion: 2, size: .small(), startedAtMs: 2)),
        ])
        try expect(database, .topPixel(cell: 3, epoch: 7), is: nil)
        try expect(database, .lastPixel(account: player, epoch: 7), is: nil)
        let placed = ChangeRecord(version: 3, cell: 4, color: 2, account: player, atMs: 3)
        try database.commit([.change(placed)])
        try expect(database, .topPixel(cell: 4, epoch: 7), is: placed)
        try expect(database, .topPixel(cell: 4, epoch: 1), is: nil)
        try expect(database, .lastPixel(account: player, epoch: 7), is: placed)
        try expect(database, .topPixel(cell: 4, epoch: 99), is: nil)
        database.close()
    }
}
