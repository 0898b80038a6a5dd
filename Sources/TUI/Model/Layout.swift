/// How a screen is divided: a title line, the canvas, the palette, buttons for fingers, a status line.
struct Layout: Hashable, Sendable {
    /// A part of the screen in terminal cells.
    struct Area: Hashable, Sendable {
        var column: Int
        var row: Int
        var columns: Int
        var rows: Int

        /// Whether a cell lies inside.
        func contains(column: Int, row: Int) -> Bool {
            column >= self.column && column < self.column + columns && row >= self.row
                && row < self.row + rows
        }

        /// Whether two areas share a cell.
        func overlaps(_ other: Area) -> Bool {
            column < other.column + other.columns && other.column < column + columns
                && row < other.row + other.rows && other.row < row + rows
        }
    }

    /// The smallest screen that shows the canvas.
    static let smallestColumns = 36
    static let smallestRows = 8
    /// Title, palette and status lines.
    static let barRows = 3

    let columns: Int
    let rows: Int
    /// Rows of buttons for fingers, above the status line.
    var touchRows = 0

    /// Whether the screen is large enough.
    var fits: Bool { columns >= Self.smallestColumns && rows >= Self.smallestRows }

    var titleRow: Int { 0 }
    var paletteRow: Int { rows - 2 - touchRows }
    var statusRow: Int { rows - 1 }
    var canvas: Area { Area(column: 0, row: 1, columns: columns, rows: rows - Self.barRows - touchRows) }
    /// The buttons for fingers; without rows where there are none.
    var touchBar: Area { Area(column: 0, row: paletteRow + 1, columns: columns, rows: touchRows) }
    var whole: Area { Area(column: 0, row: 0, columns: columns, rows: rows) }
}

/// Which swatches the palette line shows and where.
struct PaletteStrip: Hashable, Sendable {
    /// A color's place in the line.
    struct Swatch: Hashable, Sendable {
        var index: UInt8
        var columns: Range<Int>
    }

    let swatches: [Swatch]
    /// Whether colors are left out before or after.
    let clippedLeft: Bool
    let clippedRight: Bool
    /// The first column after the swatches.
    var end: Int { swatches.last?.columns.upperBound ?? 0 }

    private static let chosenWidth = 4
    /// What the chosen color's text needs to the right.
    private static let legendWidth = 10

    /// Lays out `count` colors in a line; where they don't all fit, those around the chosen one.
    init(count: Int, chosen: Int, columns: Int) {
        let margin = 1
        let chosenWidth = min(Self.chosenWidth, max(columns - 2 * margin, 1))
        func width(_ each: Int) -> Int { (count - 1) * each + chosenWidth + 2 * margin }
        let room = columns - Self.legendWidth
        let each = width(2) <= room ? 2 : 1
        let visible = width(each) <= room ? count : max(min(count, room - chosenWidth - 2 * margin + 1), 1)
        let first = min(max(chosen - visible / 2, 0), count - visible)
        var column = margin
        var swatches: [Swatch] = []
        for index in first..<first + visible {
            let wide = index == chosen ? chosenWidth : each
            swatches.append(Swatch(index: UInt8(index), columns: column..<column + wide))
            column += wide
        }
        self.swatches = swatches
        clippedLeft = first > 0
        clippedRight = first + visible < count
    }

    /// The color under a column.
    func index(at column: Int) -> UInt8? {
        swatches.first { $0.columns.contains(column) }?.index
    }
}
