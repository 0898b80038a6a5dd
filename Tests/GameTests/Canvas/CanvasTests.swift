import Game
import Protocol
import Testing

@Suite("Canvas")
struct CanvasTests {
    static let ann = Identifier(rawValue: 1)
    static let bob = Identifier(rawValue: 2)

    static func canvas(width: Int = 4, height: Int = 3) throws -> Canvas {
        let size = try #require(CanvasSize(width: width, height: height))
        return Canvas(size: size, epoch: 7, version: 0, cells: [UInt8](repeating: 0, count: size.cellCount))
    }

    @Test("each placement is one version, visible once durable")
    func place() throws {
        var canvas = try Self.canvas()
        let change = canvas.place(cell: 5, color: 9, account: Self.ann, atUs: 0)
        #expect(change.version == 1)
        #expect(canvas.headVersion == 1)
        #expect(canvas.durableVersion == 0)
        #expect(canvas.durableCells[5] == 0)
        canvas.commit(through: 1, atUs: 10)
        #expect(canvas.durableCells[5] == 9)
        #expect(canvas.changes(from: 0, to: 1).pixels == [Pixel(x: 1, y: 1, color: 9)])
    }

    @Test("an undo is a new version that brings color and owner back")
    func undo() throws {
        var canvas = try Self.canvas()
        _ = canvas.place(cell: 2, color: 3, account: Self.ann, atUs: 0)
        _ = canvas.place(cell: 2, color: 4, account: Self.bob, atUs: 1)
        #expect(!canvas.canUndo(by: Self.ann, atUs: 2), "Bob's lies on top")
        let undone = canvas.undo(by: Self.bob, atUs: 2)
        #expect(undone?.version == 3)
        #expect(undone?.color == 3)
        #expect(undone?.undoes == 2)
        let second = canvas.undo(by: Self.ann, atUs: 3)
        #expect(second?.color == 0)
        #expect(second?.undoes == 1, "the undo gave it back to Ann")
        #expect(canvas.undo(by: Self.ann, atUs: 4) == nil)
        #expect(canvas.headVersion == 4)
    }

    @Test("only the latest pixel counts, not an earlier one that is still on top")
    func latestOnly() throws {
        var canvas = try Self.canvas()
        _ = canvas.place(cell: 0, color: 1, account: Self.ann, atUs: 0)
        _ = canvas.place(cell: 1, color: 1, account: Self.ann, atUs: 0)
        _ = canvas.place(cell: 1, color: 2, account: Self.bob, atUs: 0)
        #expect(!canvas.canUndo(by: Self.ann, atUs: 0))
    }

    @Test("an undo's window is five seconds, to the microsecond", arguments: [true, false])
    func window(isDurable: Bool) throws {
        var canvas = try Self.canvas()
        _ = canvas.place(cell: 0, color: 1, account: Self.ann, atUs: 1_000)
        if isDurable { canvas.commit(through: 1, atUs: 2_000) }
        #expect(canvas.canUndo(by: Self.ann, atUs: 5_001_000))
        #expect(!canvas.canUndo(by: Self.ann, atUs: 5_001_001))
    }

    @Test("taking back what isn't durable leaves no trace")
    func rollBack() throws {
        var canvas = try Self.canvas()
        _ = canvas.place(cell: 0, color: 1, account: Self.ann, atUs: 0)
        canvas.commit(through: 1, atUs: 0)
        _ = canvas.undo(by: Self.ann, atUs: 1)
        _ = canvas.place(cell: 0, color: 2, account: Self.bob, atUs: 2)
        canvas.rollBack()
        #expect(canvas.headVersion == 1)
        #expect(!canvas.canUndo(by: Self.bob, atUs: 3))
        #expect(
            canvas.undo(by: Self.ann, atUs: 3)?.undoes == 1, "the undo that was taken back can be done anew")
    }

    @Test("a merged run has each cell once, with its last color, sorted by cell")
    func merged() throws {
        var canvas = try Self.canvas()
        for (cell, color) in [(7, 1), (2, 2), (7, 3), (0, 4)] {
            _ = canvas.place(cell: cell, color: UInt8(color), account: Self.ann, atUs: 0)
        }
        canvas.commit(through: 4, atUs: 0)
        let part = canvas.merged(from: 1, to: 3)
        #expect(part.to == 3)
        #expect(part.pixels == [Pixel(x: 2, y: 0, color: 2), Pixel(x: 3, y: 1, color: 3)])
        #expect(
            canvas.merged(from: 0, to: 1).pixels == [Pixel(x: 3, y: 1, color: 1)], "the color it had then")
        let run = canvas.merged(from: 0, to: 4)
        #expect(run.from == 0)
        #expect(run.to == 4)
        #expect(run.epoch == 7)
        #expect(
            run.pixels == [
                Pixel(x: 0, y: 0, color: 4), Pixel(x: 2, y: 0, color: 2), Pixel(x: 3, y: 1, color: 3),
            ])
    }

    @Test("does what the naive law says, whatever happens", arguments: 0..<12 as Range<UInt64>)
    func likeTheNaiveLaw(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var canvas = try Self.canvas()
        var model = NaiveCanvas()
        var now: Int64 = 0
        for _ in 0..<400 {
            now += Int64.random(in: 0...900_000, using: &random)
            let account = Identifier(rawValue: UInt64.random(in: 0..<3, using: &random))
            switch Int.random(in: 0..<10, using: &random) {
            case 0...4:
                let cell = Int.random(in: 0..<5, using: &random)
                let color = UInt8.random(in: 0..<32, using: &random)
                let change = canvas.place(cell: cell, color: color, account: account, atUs: now)
                model.place(cell: cell, color: color, account: account, atUs: now)
                #expect(change.version == Version(model.steps.count))
            case 5...7:
                let expected = model.undo(by: account, atUs: now)
                #expect(canvas.canUndo(by: account, atUs: now) == (expected != nil))
                #expect(canvas.undo(by: account, atUs: now)?.undoes == expected)
            case 8:
                let version = Version.random(in: canvas.durableVersion...canvas.headVersion, using: &random)
                canvas.commit(through: version, atUs: now)
                model.durable = Int(version)
            default:
                canvas.rollBack()
                model.steps.removeLast(model.steps.count - model.durable)
            }
            #expect(canvas.headVersion == Version(model.steps.count))
            #expect(
                canvas.durableCells == model.cells(after: model.durable, cellCount: canvas.size.cellCount))
        }
        #expect(canvas.durableVersion > 20, "the run must have tried something")
    }

    @Test("runs between any two versions in the pool lead from one's cells to the other's")
    func runsLead() throws {
        var random = SeededGenerator(seed: 5)
        var canvas = try Self.canvas()
        var history = [canvas.durableCells]
        for version in 1...300 as ClosedRange<Version> {
            _ = canvas.place(
                cell: Int.random(in: 0..<12, using: &random), color: UInt8.random(in: 0..<9, using: &random),
                account: Self.ann, atUs: version * 1_000)
            canvas.commit(through: version, atUs: version * 1_000)
            history.append(canvas.durableCells)
        }
        func applied(_ run: PixelRun, to cells: [UInt8]) -> [UInt8] {
            var cells = cells
            for pixel in run.pixels { cells[canvas.size.cell(x: pixel.x, y: pixel.y)] = pixel.color }
            return cells
        }
        for from in stride(from: canvas.poolBase, through: 300, by: 7) {
            #expect(applied(canvas.merged(from: from, to: 300), to: history[Int(from)]) == history[300])
            for to in stride(from: from, through: 300, by: 11) {
                #expect(
                    applied(canvas.changes(from: from, to: to), to: history[Int(from)]) == history[Int(to)])
            }
        }
    }
}
