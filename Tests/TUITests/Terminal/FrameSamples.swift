import Raster

@testable import TUI

/// Frames for the painter, the same ones in each run.
struct FrameSamples {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 2_685_821_657_736_338_717 | 1 }

    mutating func next(_ bound: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 2_685_821_657_736_338_717) >> 33) % bound
    }

    mutating func ink() -> Ink { Ink(UInt8(next(256)), UInt8(next(256)), UInt8(next(256))) }

    /// Half blocks of any color: what costs most.
    mutating func noise(columns: Int, rows: Int) -> CellGrid {
        var grid = CellGrid(columns: columns, rows: rows, fill: Brush(foreground: ink(), background: ink()))
        for row in 0..<rows {
            for column in 0..<columns {
                grid.put(Cell("▀", Brush(foreground: ink(), background: ink())), column: column, row: row)
            }
        }
        return grid
    }

    /// Something written over a frame: text in several scripts, blocks, stretches of one color, in any style.
    mutating func change(_ grid: inout CellGrid) {
        for _ in 0..<3 + next(8) {
            let style = CellStyle(rawValue: UInt8(next(8)))
            let brush = Brush(foreground: ink(), background: ink(), style: style)
            let (column, row) = (next(grid.columns), next(grid.rows))
            switch next(5) {
            case 0: grid.fill(columns: column..<min(column + next(30), grid.columns), row: row, brush)
            case 1: grid.write("一二三四五", column: column, row: row, limit: grid.columns, brush)
            case 2: grid.write("e\u{301}t\u{e9} 🎨 …", column: column, row: row, limit: grid.columns, brush)
            case 3: grid.write("▀▄█▀▄█▀▄", column: column, row: row, limit: grid.columns, brush)
            default: grid.write("pixels and words", column: column, row: row, limit: grid.columns, brush)
            }
        }
    }
}

extension CellGrid {
    /// Makes halves of wide characters whose other half was written over into spaces, as a terminal would.
    mutating func mendTornCharacters() {
        for row in 0..<rows {
            for column in 0..<columns {
                var cell = self[column, row]
                let isWide = Unicode.Scalar(cell.scalar).map { TextWidth.of($0) == 2 } ?? false
                let isTorn =
                    cell.scalar == 0
                    ? column == 0
                        || !(Unicode.Scalar(self[column - 1, row].scalar).map { TextWidth.of($0) == 2 }
                            ?? false)
                    : isWide && (column + 1 == columns || self[column + 1, row].scalar != 0)
                guard isTorn else { continue }
                cell.scalar = 0x20
                cell.mark = 0
                put(cell, column: column, row: row)
            }
        }
    }
}
