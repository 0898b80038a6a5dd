import Glibc
import Raster

/// The arcade's part of a skin's scene: an aim that wanders, its trail, and the dot that it is after.
struct ScenePlay {
    let theme: Theme
    let area: Layout.Area
    let atMs: Int64

    /// Between two steps of the trail.
    private static let stepMs: Int64 = 55
    private static let steps = 20

    private var height: Int { area.rows * 2 }

    func draw(into grid: inout CellGrid) {
        guard area.columns >= 6, area.rows >= 1 else { return }
        var inks = [Ink?](repeating: nil, count: area.columns * height)
        for step in (1...Self.steps).reversed() {
            paint(theme.shaded(theme.trail, at: step - 1, of: Self.steps), at: place(step), &inks)
        }
        drawDot(&inks)
        let aim = place(0)
        for (dx, dy) in [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)] {
            paint(theme.cursor(atMs: atMs), at: (aim.x + dx, aim.y + dy), &inks)
        }
        for row in 0..<area.rows {
            for column in 0..<area.columns {
                let (upper, lower) = (
                    inks[row * 2 * area.columns + column], inks[(row * 2 + 1) * area.columns + column]
                )
                grid.put(cell(upper, lower), column: area.column + column, row: area.row + row)
            }
        }
        if !theme.hasColor { drawShapes(into: &grid) }
    }

    private func cell(_ upper: Ink?, _ lower: Ink?) -> Cell {
        let ground = theme.ground.background
        switch (upper, lower) {
        case (nil, nil): return Cell(" ", theme.ground)
        case (let upper?, nil): return Cell("▀", Brush(foreground: upper, background: ground))
        case (nil, let lower?): return Cell("▄", Brush(foreground: lower, background: ground))
        case (let upper?, let lower?):
            guard theme.hasColor else { return Cell("█", theme.ground) }
            return Cell("▀", Brush(foreground: upper, background: lower))
        }
    }

    private func paint(_ ink: Ink, at place: (x: Int, y: Int), _ inks: inout [Ink?]) {
        guard (0..<area.columns).contains(place.x), (0..<height).contains(place.y) else { return }
        inks[place.y * area.columns + place.x] = ink
    }

    /// Where the aim was so many steps ago.
    private func place(_ stepsAgo: Int) -> (x: Int, y: Int) {
        let seconds = Double(atMs - Int64(stepsAgo) * Self.stepMs) / 1000
        let x = (1 + sin(seconds * 1.3)) / 2 * Double(area.columns - 3) + 1
        let y = (1 + sin(seconds * 2.1 + 0.7)) / 2 * Double(max(height - 3, 0)) + 1
        return (Int(x), Int(y))
    }

    // MARK: The dot

    private var middle: (x: Int, y: Int) { (area.columns * 7 / 10, height / 2 - (height > 8 ? 1 : 0)) }
    private var radius: Int { max(min(area.columns, height) / 5, 1) }

    private func drawDot(_ inks: inout [Ink?]) {
        let reach = radius
        for dy in -reach...reach {
            for dx in -reach...reach {
                let distance = Double(dx * dx + dy * dy).squareRoot()
                guard distance <= Double(reach) + 0.4 else { continue }
                // As fine as the dot is large, so that each of its colors is seen, as in the games.
                let step = Int(distance * Double(reach + 1) / (Double(reach) + 0.5))
                paint(
                    theme.shaded(theme.dot, at: step, of: reach + 1), at: (middle.x + dx, middle.y + dy),
                    &inks)
            }
        }
    }

    /// Without color the trail is told by points and the aim by a cross.
    private func drawShapes(into grid: inout CellGrid) {
        for step in (1...Self.steps).reversed() {
            let place = place(step)
            let scalar: Unicode.Scalar = step <= 8 ? "•" : "·"
            put(scalar, place, theme.ground, into: &grid)
        }
        for dy in -radius...radius {
            for dx in -radius * 2...radius * 2 where dx * dx / 4 + dy * dy <= radius * radius {
                put("▓", (middle.x + dx / 2, middle.y + dy), theme.strong, into: &grid)
            }
        }
        put("┼", place(0), theme.strong.styled(.reverse), into: &grid)
    }

    private func put(
        _ scalar: Unicode.Scalar, _ place: (x: Int, y: Int), _ brush: Brush, into grid: inout CellGrid
    ) {
        guard (0..<area.columns).contains(place.x), (0..<height).contains(place.y) else { return }
        grid.put(Cell(scalar, brush), column: area.column + place.x, row: area.row + place.y / 2)
    }
}
