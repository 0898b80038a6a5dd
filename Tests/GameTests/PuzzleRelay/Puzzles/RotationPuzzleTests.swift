import Game
import Protocol
import Testing

@Suite struct RotationPuzzleTests {
    /// A cell by its row and column.
    struct Cell: Hashable {
        var row: Int
        var column: Int
    }

    /// The filled cells, moved so that the topmost and the leftmost ones are at 0.
    static func moved(_ cells: Set<Cell>) -> Set<Cell> {
        let top = cells.map(\.row).min() ?? 0
        let left = cells.map(\.column).min() ?? 0
        return Set(cells.map { Cell(row: $0.row - top, column: $0.column - left) })
    }

    static func cells(_ rows: [String]) -> Set<Cell> {
        var cells: Set<Cell> = []
        for (row, text) in rows.enumerated() {
            for (column, sign) in text.enumerated() where sign == "#" {
                cells.insert(Cell(row: row, column: column))
            }
        }
        return moved(cells)
    }

    static func turns(_ cells: Set<Cell>) -> Set<Set<Cell>> {
        var turns: [Set<Cell>] = [cells]
        for _ in 0..<3 {
            turns.append(moved(Set(turns[turns.count - 1].map { Cell(row: $0.column, column: -$0.row) })))
        }
        return Set(turns)
    }

    @Test("one option is the shape turned, no other is, and the shape is not its own mirror image")
    func oneRight() throws {
        for puzzle in try StandardStock.puzzles(.rotation) {
            guard case .rotation(let shape, let options) = puzzle.data else {
                Issue.record("\(puzzle)")
                continue
            }
            let turns = Self.turns(Self.cells(shape))
            #expect(turns.count == 4)
            let mirrored = Self.moved(Set(Self.cells(shape).map { Cell(row: $0.row, column: -$0.column) }))
            #expect(!turns.contains(mirrored), "\(shape)")
            let right = options.indices.filter { turns.contains(Self.cells(options[$0])) }
            #expect(right.map { "\($0 + 1)" } == [puzzle.answer])
            #expect(Set(options.map(Self.cells)).count == options.count, "no two options are the same")
            #expect(options[right[0]] != shape, "it is turned indeed")
            #expect(options.contains { Self.turns(mirrored).contains(Self.cells($0)) })
        }
    }

    @Test("shapes are in one piece, and their rows of one length are neither too long nor too many")
    func form() throws {
        for puzzle in try StandardStock.puzzles(.rotation) {
            guard case .rotation(let shape, let options) = puzzle.data else {
                Issue.record("\(puzzle)")
                continue
            }
            #expect((3...4).contains(options.count))
            for rows in options + [shape] {
                #expect(Set(rows.map(\.count)).count == 1)
                #expect((1...5).contains(rows.count) && (1...5).contains(rows[0].count))
                var left = Self.cells(rows)
                let first = left.popFirst()
                var open = [try #require(first)]
                while let cell = open.popLast() {
                    for (down, right) in [(0, 1), (1, 0), (0, -1), (-1, 0)] {
                        let next = Cell(row: cell.row + down, column: cell.column + right)
                        if left.remove(next) != nil { open.append(next) }
                    }
                }
                #expect(left.isEmpty, "\(rows)")
            }
        }
    }
}
