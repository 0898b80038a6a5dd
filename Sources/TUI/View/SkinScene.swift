import Glibc
import Protocol
import Raster

/// A small screen on which a skin shows all that it changes: bars, text in every role, a framed piece of canvas
/// under the cursor, and a dot with the trail of an aim that moves.
struct SkinScene {
    let title: String
    let theme: Theme
    let atMs: Int64
    let columns: Int
    let rows: Int
    /// Whether it has a title and a status line of its own; without them the real ones frame it.
    let hasBars: Bool

    /// How long each picture of what moves is shown.
    static let frameMs: Int64 = 80
    /// The moment of the one picture that is shown where nothing moves by itself.
    private static let stillMs: Int64 = 2_400
    /// Smaller ones are empty.
    static let leastColumns = 16
    static let leastRows = 5
    /// Narrower ones have the boxes one at a time.
    private static let sideBySide = 40

    init(
        title: String, look: SkinLook?, depth: ColorDepth, atMs: Int64, columns: Int, rows: Int,
        hasBars: Bool = true, tone: Tone = .dark, isStill: Bool = false
    ) {
        self.hasBars = hasBars
        self.title = title
        theme = Theme(depth, look: look, tone: tone, isStill: isStill)
        self.atMs = isStill ? Self.stillMs : atMs / Self.frameMs * Self.frameMs
        self.columns = columns
        self.rows = rows
    }

    /// The whole scene.
    var grid: CellGrid {
        var grid = CellGrid(columns: columns, rows: rows, fill: theme.ground)
        guard columns >= Self.leastColumns, rows >= Self.leastRows else { return grid }
        if hasBars {
            drawTitle(into: &grid)
            drawStatus(into: &grid)
        }
        let bar = hasBars ? 1 : 0
        let inside = rows - 2 * bar
        let words = inside >= 14 ? 6 : inside >= 9 ? 3 : 0
        drawBoxes(Layout.Area(column: 0, row: bar, columns: columns, rows: inside - words), into: &grid)
        if words > 0 { drawWords(row: rows - bar - words, rows: words, into: &grid) }
        return grid
    }

    private func drawBoxes(_ area: Layout.Area, into grid: inout CellGrid) {
        guard area.rows >= 3 else { return }
        let isWide = area.columns >= Self.sideBySide
        let width = isWide ? area.columns * 11 / 20 : 0
        if isWide {
            var left = area
            left.columns = width
            drawBox("Canvas", left, into: &grid) { drawCanvas($0, into: &$1) }
        }
        var right = area
        right.column += width
        right.columns -= width
        drawBox("Arcade", right, into: &grid) {
            ScenePlay(theme: theme, area: $0, atMs: atMs).draw(into: &$1)
        }
    }

    private func drawBox(
        _ title: String, _ area: Layout.Area, into grid: inout CellGrid,
        _ body: (Layout.Area, inout CellGrid) -> Void
    ) {
        Box.draw(
            column: area.column, row: area.row, columns: area.columns, rows: area.rows, title: title, theme,
            into: &grid)
        body(
            Layout.Area(
                column: area.column + 1, row: area.row + 1, columns: area.columns - 2, rows: area.rows - 2),
            &grid)
    }

    // MARK: Bars

    private func drawTitle(into grid: inout CellGrid) {
        grid.fill(columns: 0..<columns, row: 0, theme.bar)
        var column = grid.write(" Pixel Wars", column: 0, row: 0, limit: columns, theme.strong)
        column = grid.write(
            TextWidth.clipped(title, columns: max(columns - column - 4, 0)), column: column + 2, row: 0,
            limit: columns - 1, theme.accent)
        let words = "● connected"
        if column + 2 + TextWidth.of(words) < columns {
            grid.write(
                words, column: columns - 1 - TextWidth.of(words), row: 0, limit: columns, theme.good)
        }
    }

    private func drawStatus(into grid: inout CellGrid) {
        let row = rows - 1
        grid.fill(columns: 0..<columns, row: row, theme.bar)
        var column = grid.write(" PLAYING ", column: 0, row: row, limit: columns, theme.badge(theme.good)) + 2
        for (words, brush) in [("Ada", theme.strong), ("12 players", theme.bar), ("1.8 ms", theme.quiet)] {
            guard column + TextWidth.of(words) + 8 < columns else { break }
            column = grid.write(words, column: column, row: row, limit: columns, brush) + 2
        }
        let place = "21,7"
        grid.write(place, column: columns - 1 - place.count, row: row, limit: columns, theme.accent)
    }

    // MARK: Words

    private func drawWords(row: Int, rows: Int, into grid: inout CellGrid) {
        if rows >= 6 {
            write(
                [("NAME", theme.ground, 3), ("PIXELS", theme.ground, 14), ("STATE", theme.ground, 24)],
                row: row, into: &grid)
            grid.fill(columns: 0..<columns, row: row + 1, theme.bar)
            write(
                [
                    ("▸", theme.accent, 1), ("Ada", theme.accent, 3), ("1,204", theme.bar, 14),
                    ("playing", theme.good, 24),
                ], row: row + 1, into: &grid)
            write(
                [
                    ("Grace", theme.onGround(theme.strong), 3), ("1,377", theme.words, 14),
                    ("3rd in line", theme.onGround(theme.warning), 24),
                ], row: row + 2, into: &grid)
        }
        let first = row + (rows >= 6 ? 3 : 0)
        write(
            [("Text is read, ", theme.words, 1), ("hints stand back.", theme.ground, 15)], row: first,
            into: &grid)
        var column = 1
        let words = [("saved", theme.good), ("slow", theme.warning), ("refused", theme.failure)]
        for (word, brush) in words {
            column =
                grid.write("● \(word)", column: column, row: first + 1, limit: columns, theme.onGround(brush))
                + 2
        }
        grid.fill(columns: 0..<columns, row: first + 2, theme.bar)
        column = grid.write(" Enter ", column: 1, row: first + 2, limit: columns, theme.badge(theme.accent))
        column = grid.write(" places", column: column, row: first + 2, limit: columns, theme.quiet) + 2
        column = grid.write("u", column: column, row: first + 2, limit: columns, theme.accent)
        grid.write(" undoes", column: column, row: first + 2, limit: columns, theme.quiet)
    }

    private func write(_ pieces: [(String, Brush, Int)], row: Int, into grid: inout CellGrid) {
        for (text, brush, column) in pieces where column + TextWidth.of(text) < columns {
            grid.write(text, column: column, row: row, limit: columns, brush)
        }
    }

    // MARK: Canvas

    /// A piece of canvas in the canvas's own colors, which no skin changes, and the skin's cursor on it.
    private func drawCanvas(_ area: Layout.Area, into grid: inout CellGrid) {
        let height = area.rows * 2
        let cursor = (x: area.columns * 3 / 5, y: height * 3 / 10)
        for row in 0..<area.rows {
            for column in 0..<area.columns {
                let halves = [row * 2, row * 2 + 1].map {
                    pixel(column, $0, cursor: cursor, columns: area.columns, rows: height)
                }
                put(halves[0], halves[1], column: area.column + column, row: area.row + row, into: &grid)
            }
        }
        guard !theme.hasColor, area.rows > 0, area.columns > 0 else { return }
        let (column, row) = (area.column + cursor.x, area.row + cursor.y / 2)
        grid.put(Cell(" ", theme.strong.styled(.reverse)), column: column, row: row)
    }

    private func put(
        _ upper: Palette.Color, _ lower: Palette.Color, column: Int, row: Int, into grid: inout CellGrid
    ) {
        guard theme.hasColor else {
            let scalar = MonochromeShades.cell(upper: upper.luma, lower: lower.luma)
            return grid.put(Cell(scalar, theme.ground), column: column, row: row)
        }
        let brush = Brush(foreground: Ink(upper), background: Ink(lower))
        grid.put(Cell(upper == lower ? " " : "▀", brush), column: column, row: row)
    }

    private func pixel(
        _ x: Int, _ y: Int, cursor: (x: Int, y: Int), columns: Int, rows: Int
    ) -> Palette.Color {
        let color = CanvasPiece.color(x, y, columns: columns, rows: rows)
        guard theme.hasColor else { return color }
        let (dx, dy) = (abs(x - cursor.x), abs(y - cursor.y))
        if dx == 0, dy == 0 { return theme.cursor(on: color, atMs: atMs) }
        guard theme.depth != .ansi16, dx == 0 && (2...3).contains(dy) || dy == 0 && (2...3).contains(dx)
        else {
            return color
        }
        return color.blended(with: theme.cursor(on: color, atMs: atMs), percent: 30)
    }
}

/// The picture on the scene's canvas: a sun over hills and a lake, at any size.
enum CanvasPiece {
    private static let day = Palette.Color(red: 81, green: 171, blue: 232)
    private static let haze = Palette.Color(red: 148, green: 217, blue: 241)
    private static let sun = Palette.Color(red: 255, green: 214, blue: 53)
    private static let glow = Palette.Color(red: 255, green: 168, blue: 0)
    private static let far = Palette.Color(red: 0, green: 117, blue: 111)
    private static let near = Palette.Color(red: 0, green: 163, blue: 104)
    private static let meadow = Palette.Color(red: 126, green: 237, blue: 86)
    private static let lake = Palette.Color(red: 36, green: 80, blue: 164)
    private static let foam = Palette.Color(red: 54, green: 144, blue: 234)

    /// The color of a pixel of a picture of a size.
    static func color(_ x: Int, _ y: Int, columns: Int, rows: Int) -> Palette.Color {
        guard columns > 0, rows > 0 else { return day }
        let across = Double(x) / Double(columns)
        let down = Double(y) / Double(rows)
        let radius = Double(min(columns, rows)) / 5.5
        let (dx, dy) = (Double(x) - Double(columns) * 0.26, Double(y) - Double(rows) * 0.3)
        let distance = (dx * dx + dy * dy).squareRoot()
        let farHill = 0.58 - 0.12 * sin(across * 7 + 0.6)
        let nearHill = 0.7 - 0.1 * sin(across * 5.2 + 3.4)
        if down > 0.86 { return (x + y * 3) % 7 < 2 ? foam : lake }
        if down > nearHill { return (x * 5 + y * 11) % 13 == 0 ? meadow : near }
        if down > farHill { return far }
        if distance < radius { return sun }
        if distance < radius * 1.3 { return glow }
        return down > 0.42 ? haze : day
    }
}
