import Raster

@testable import TUI

/// A grid as text that people can compare: the characters, then each row's colors and styles in runs.
enum GridText {
    static func text(of grid: CellGrid, depth: ColorDepth) -> String {
        var inks = InkTable(depth: depth, tableSize: depth == .ansi16 ? 16 : 256)
        var lines: [String] = []
        for row in 0..<grid.rows { lines.append("|" + characters(grid, row: row) + "|") }
        for row in 0..<grid.rows { lines.append(runs(grid, row: row, &inks)) }
        if let caret = grid.caret { lines.append("caret \(caret.column),\(caret.row)") }
        return lines.joined(separator: "\n") + "\n"
    }

    static func characters(_ grid: CellGrid, row: Int) -> String {
        var text = String.UnicodeScalarView()
        for column in 0..<grid.columns {
            let cell = grid[column, row]
            for value in [cell.scalar, cell.mark] where value != 0 {
                if let scalar = Unicode.Scalar(value) { text.append(scalar) }
            }
        }
        return String(text)
    }

    private static func runs(_ grid: CellGrid, row: Int, _ inks: inout InkTable) -> String {
        var runs: [(look: String, count: Int)] = []
        for column in 0..<grid.columns {
            let cell = grid[column, row]
            let look =
                name(cell.foreground, &inks) + "/" + name(cell.background, &inks)
                + (cell.style.isEmpty ? "" : "+\(cell.style.rawValue)")
            if runs.last?.look == look {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((look, 1))
            }
        }
        return runs.map { "\($0.count)×\($0.look)" }.joined(separator: " ")
    }

    private static func name(_ ink: Ink, _ inks: inout InkTable) -> String {
        let number = inks.number(for: ink)
        if inks.depth == .truecolor { return String(number, radix: 16) }
        return number < 0 ? "-" : String(number)
    }
}
