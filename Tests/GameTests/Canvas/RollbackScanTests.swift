import Protocol
import Testing

@testable import Game

@Suite("The search for a rollback")
struct RollbackScanTests {
    private static let size: CanvasSize = {
        guard let size = CanvasSize(width: 4, height: 3) else { preconditionFailure("a legal size") }
        return size
    }()

    /// A canvas, its history and, beside them, a pile of standing placements for each cell.
    private struct Play {
        var canvas = Canvas(
            size: size, epoch: 1, version: 0, cells: [UInt8](repeating: 0, count: size.cellCount))
        var history: [ScannedChange] = []
        var piles: [[ScannedChange]] = Array(repeating: [], count: size.cellCount)
        var before: [Version: [ScannedChange]] = [:]
        var random: SeededGenerator
        var nowUs: Int64 = 0
        var lastRollback = 0

        init(seed: UInt64) { random = SeededGenerator(seed: seed) }

        mutating func turn() {
            nowUs += Int64.random(in: 0...700_000, using: &random)
            let account = Identifier(rawValue: UInt64.random(in: 1...3, using: &random))
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<7:
                let cell = Int.random(in: 0..<size.cellCount, using: &random)
                let color = UInt8.random(in: 1...20, using: &random)
                let change = canvas.place(cell: cell, color: color, account: account, atUs: nowUs)
                let scanned = ScannedChange(change, atMs: nowUs / 1000, rollback: nil)
                history.append(scanned)
                piles[cell].append(scanned)
            case 7..<9:
                guard let change = canvas.undo(by: account, atUs: nowUs) else { return }
                history.append(ScannedChange(change, atMs: nowUs / 1000, rollback: nil))
                let undone = piles[change.cell].popLast()
                #expect(undone?.change.version == change.undoes, "only what is on top is taken back")
            default: rollBackSomething(account)
            }
            canvas.commit(through: canvas.headVersion, atUs: nowUs)
        }

        mutating func rollBackSomething(_ account: Identifier) {
            let isUndo = lastRollback > 0 && Bool.random(using: &random)
            let target: RollbackSearch.Target =
                isUndo
                ? .rollback(Int.random(in: 1...lastRollback, using: &random), since: 1)
                : .placements(
                    account: Bool.random(using: &random) ? account : nil,
                    fromMs: nowUs / 1000 - Int64.random(in: 0...6_000, using: &random), toMs: nowUs / 1000)
            let found = cells(of: target, in: CanvasBox(all: size))
            #expect(found == expected(target), "the search and the piles agree")
            lastRollback += 1
            for cell in found {
                let formerPile = piles[cell.cell]
                let change = canvas.rollBack(
                    cell: cell.cell, to: cell.color, before: cell.undoes, account: cell.account, atUs: nowUs)
                history.append(ScannedChange(change, atMs: nowUs / 1000, rollback: lastRollback))
                before[change.version] = formerPile
                piles[cell.cell] =
                    before[cell.undoes] ?? formerPile.filter { $0.change.version < cell.undoes }
            }
        }

        func cells(of target: RollbackSearch.Target, in box: CanvasBox) -> [RollbackCell] {
            var scan = RollbackScan(
                RollbackSearch(
                    epoch: 1, firstVersion: 0, through: canvas.headVersion, size: size, box: box,
                    target: target))
            for change in history.reversed() { if !scan.take(change) { break } }
            scan.end()
            return scan.cells(from: 0, count: .max)
        }

        /// The same, read off the piles.
        private func expected(_ target: RollbackSearch.Target) -> [RollbackCell] {
            piles.indices.compactMap { cell in
                switch target {
                case .rollback(let id, _):
                    guard let latest = history.last(where: { $0.change.cell == cell }), latest.rollback == id
                    else { return nil }
                    return RollbackCell(
                        cell: cell, color: color(of: cell, before: latest.change.version),
                        undoes: latest.change.version, account: latest.change.account, placements: [])
                case .placements(let account, let fromMs, let toMs):
                    let kept = piles[cell].lastIndex {
                        $0.atMs < fromMs || $0.atMs > toMs || (account != nil && $0.change.account != account)
                    }
                    let covered = piles[cell][(kept.map { $0 + 1 } ?? 0)...]
                    guard let first = covered.first, let last = covered.last else { return nil }
                    return RollbackCell(
                        cell: cell, color: kept.map { piles[cell][$0].change.color } ?? 0,
                        undoes: first.change.version, account: last.change.account,
                        placements: covered.map(\.change.version))
                }
            }
        }

        private func color(of cell: Int, before version: Version) -> UInt8 {
            history.last { $0.change.cell == cell && $0.change.version < version }?.change.color ?? 0
        }
    }

    @Test(
        "finds what the piles of placements say, after any plays, undos, rollbacks and undos of those",
        arguments: 1...60 as ClosedRange<UInt64>)
    func agrees(seed: UInt64) {
        var play = Play(seed: seed)
        for _ in 0..<150 { play.turn() }
        let tops = play.piles.map { $0.last?.change.color ?? 0 }
        #expect(play.canvas.durableCells == tops)
    }

    @Test("stays in its box, and gives what it found in pieces")
    func boxAndPieces() throws {
        var play = Play(seed: 7)
        for _ in 0..<80 { play.turn() }
        let target = RollbackSearch.Target.placements(account: nil, fromMs: 0, toMs: .max)
        let all = play.cells(of: target, in: CanvasBox(all: Self.size))
        let box = CanvasBox(1, 1, 2, 2)
        let inBox = play.cells(of: target, in: box)
        #expect(inBox == all.filter { box.contains(x: $0.cell % 4, y: $0.cell / 4) })
        var scan = RollbackScan(
            RollbackSearch(
                epoch: 1, firstVersion: 0, through: play.canvas.headVersion, size: Self.size,
                box: CanvasBox(all: Self.size), target: target))
        for change in play.history.reversed() { if !scan.take(change) { break } }
        scan.end()
        #expect(scan.cells(from: 0, count: 2) + scan.cells(from: 2, count: 50) == all)
        // A group ends before it has too many placements, and a cell alone may have more.
        var (cells, groups) = ([RollbackCell](), 0)
        while cells.count < all.count {
            let group = scan.cells(from: cells.count, count: 50, placements: 5)
            #expect(group.count == 1 || group.reduce(0) { $0 + $1.placements.count } <= 5)
            try #require(!group.isEmpty)
            cells += group
            groups += 1
        }
        #expect(cells == all && groups > 2)
        #expect(scan.count.cells == all.count)
        #expect(scan.count.placements == all.reduce(0) { $0 + $1.placements.count })
    }

    @Test("ends where it is about more placements than a rollback may be")
    func tooLarge() {
        var scan = RollbackScan(
            RollbackSearch(
                epoch: 1, firstVersion: 0, through: 2_000_000, size: Self.size,
                box: CanvasBox(all: Self.size),
                target: .placements(account: nil, fromMs: 0, toMs: .max)))
        var version: Version = 2_000_000
        while scan.take(
            ScannedChange(
                CanvasChange(
                    version: version, cell: Int(version) % 12, color: 1, account: Identifier(rawValue: 1),
                    undoes: nil),
                atMs: 1, rollback: nil))
        {
            version -= 1
        }
        #expect(scan.isTooLarge)
        #expect(scan.count.placements == Limits.maxRollbackPlacements + 1)
    }

    @Test("ends early once nothing older can matter, but not while a cell's ground isn't known")
    func endsEarly() {
        let ann = Identifier(rawValue: 1)
        func change(_ version: Version, _ cell: Int, atMs: Int64) -> ScannedChange {
            ScannedChange(
                CanvasChange(version: version, cell: cell, color: 1, account: ann, undoes: nil), atMs: atMs,
                rollback: nil)
        }
        let longAgo = -Limits.rollbackClockStepMs - 1
        var scan = RollbackScan(
            RollbackSearch(
                epoch: 1, firstVersion: 0, through: 9, size: Self.size, box: CanvasBox(all: Self.size),
                target: .placements(account: ann, fromMs: 0, toMs: 10)))
        let wishes = [
            scan.take(change(9, 0, atMs: 5)), scan.take(change(8, 1, atMs: longAgo)),
            scan.take(change(7, 0, atMs: longAgo)),
        ]
        #expect(wishes == [true, true, false], "cell 0 may have something beneath the first")
    }
}
