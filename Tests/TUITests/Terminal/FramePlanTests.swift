import Raster
import Testing

@testable import TUI

@Suite struct FramePlanTests {
    static let brush = Brush(foreground: Ink(200, 200, 200), background: Ink(0, 0, 0))

    func plan(
        _ old: CellGrid, _ new: CellGrid, limit: Int? = nil, focus: [CellGrid.Spot] = [], turn: Int = 0
    ) -> FramePlan {
        FramePlan(from: old, to: new, cost: CellCost(.truecolor), limitBytes: limit, focus: focus, turn: turn)
    }

    /// Two grids that differ in every cell.
    func unlike(columns: Int, rows: Int) -> (CellGrid, CellGrid) {
        let new = CellGrid(
            columns: columns, rows: rows, fill: Brush(foreground: Ink(1, 2, 3), background: Ink(4, 5, 6)))
        return (CellGrid(columns: columns, rows: rows, fill: Self.brush), new)
    }

    @Test("equal grids need nothing")
    func equal() {
        let grid = CellGrid(columns: 20, rows: 5, fill: Self.brush)
        #expect(plan(grid, grid).runs.isEmpty)
        #expect(!plan(grid, grid, limit: 1).isPartial)
    }

    @Test("the runs are the changed cells, each once")
    func covered() {
        var samples = FrameSamples(seed: 1)
        for _ in 0..<50 {
            var old = CellGrid(columns: 50, rows: 9, fill: Self.brush)
            samples.change(&old)
            var new = old
            samples.change(&new)
            var counts = [Int](repeating: 0, count: 50 * 9)
            for run in plan(old, new).runs {
                for column in run.columns { counts[run.row * 50 + column] += 1 }
            }
            #expect(counts == (0..<450).map { old.cells[$0] == new.cells[$0] ? 0 : 1 })
        }
    }

    @Test("a limit is kept, and at least something is drawn")
    func limit() {
        let (old, new) = unlike(columns: 100, rows: 20)
        for limit in [0, 1, 100, 1000, 2000] {
            let plan = plan(old, new, limit: limit)
            #expect(plan.isPartial)
            #expect(!plan.runs.isEmpty)
            #expect(plan.costBytes <= limit || plan.runs.count == 1)
        }
    }

    @Test("around the focus comes first, then the bars, then the rows in turn")
    func order() {
        let (old, new) = unlike(columns: 64, rows: 20)
        let cost = plan(old, new).runs[0].costBytes
        let first = plan(old, new, limit: cost, focus: [.init(column: 40, row: 10)])
        #expect(first.runs.allSatisfy { abs($0.row - 10) <= 2 && $0.columns.contains(40) })
        let bars = plan(old, new, limit: cost * 12)
        #expect(bars.runs.map(\.row) == [0, 0, 0, 0, 18, 18, 18, 18, 19, 19, 19, 19])
        let turned = plan(old, new, limit: cost * 16, turn: 7)
        #expect(Set(turned.runs.map(\.row)) == [0, 18, 19, 7])
        #expect(turned.turn == 8)
    }

    @Test("plan after plan, every cell gets its turn, though others change all the time")
    func fair() {
        var shown = CellGrid(columns: 64, rows: 20, fill: Self.brush)
        var samples = FrameSamples(seed: 2)
        var turn = 0
        var drawn = Set<Int>()
        for _ in 0..<200 where drawn.count < 20 {
            let new = samples.noise(columns: 64, rows: 20)
            let plan = plan(shown, new, limit: 12_000, turn: turn)
            turn = plan.turn
            for run in plan.runs {
                shown.copy(columns: run.columns, row: run.row, from: new)
                drawn.insert(run.row)
            }
        }
        #expect(drawn.count == 20)
    }

    @Test("halves of a wide character go together")
    func wide() {
        var old = CellGrid(columns: 40, rows: 1, fill: Self.brush)
        old.write(String(repeating: "一", count: 20), column: 0, row: 0, limit: 40, Self.brush)
        var new = CellGrid(columns: 40, rows: 1, fill: Self.brush)
        new.write("x" + String(repeating: "二", count: 19) + "y", column: 0, row: 0, limit: 40, Self.brush)
        for run in plan(old, new).runs {
            for cut in [run.columns.lowerBound, run.columns.upperBound] where cut < 40 {
                #expect(old[cut, 0].scalar != 0 && new[cut, 0].scalar != 0)
            }
        }
    }
}
