import Protocol
import Raster

/// A game of steps: cells with numbers, those that are done stepping back.
struct StepsView {
    let play: ArcadePlay
    let layout: FieldLayout
    let theme: Theme

    func draw(into grid: inout CellGrid) {
        guard let cell = layout.cell else { return }
        let field = play.field
        for (index, label) in play.labels.enumerated() {
            let place = Place(x: index % field.width, y: index / field.width)
            draw(
                label, place,
                Layout.Area(
                    column: layout.area.column + place.x * cell.width,
                    row: layout.area.row + place.y * cell.height, columns: cell.width, rows: cell.height),
                into: &grid)
        }
    }

    private func draw(_ label: Int, _ place: Place, _ area: Layout.Area, into grid: inout CellGrid) {
        let isDone = label <= play.score
        let brush = brush(place, isDone: isDone)
        for row in area.row..<area.row + area.rows {
            grid.fill(columns: area.column..<area.column + area.columns, row: row, brush)
        }
        if place == play.aim { drawCorners(area, brush, into: &grid) }
        let middle = area.row + area.rows / 2
        if area.rows > LargeDigits.rows, !isDone {
            let column = area.column + (area.columns - LargeDigits.columns(of: label)) / 2
            return LargeDigits.draw(label, column: column, row: middle - 1, brush, into: &grid)
        }
        let text = isDone && !theme.hasColor ? "·" : "\(label)"
        grid.write(
            text, column: area.column + (area.columns - text.count) / 2, row: middle,
            limit: area.column + area.columns, brush)
    }

    private func brush(_ place: Place, isDone: Bool) -> Brush {
        let isAim = place == play.aim
        let isMissed = play.shot?.kind == .miss && play.shot?.place == place
        let isTaken = play.shot?.place == place && (play.shot?.kind == .hit || play.shot?.kind == .fired)
        guard theme.hasColor else { return isAim ? theme.ground.styled([.reverse, .bold]) : theme.strong }
        if isMissed { return theme.badge(theme.failure) }
        if isTaken { return theme.badge(theme.good) }
        if isAim { return isDone ? theme.badge(theme.quiet) : theme.badge(theme.accent) }
        let isEven = (place.x + place.y) % 2 == 0
        if isDone { return Brush(foreground: theme.ground.foreground, background: theme.ground.background) }
        guard theme.depth != .ansi16 else {
            return Brush(
                foreground: .indexed(15), background: isEven ? .indexed(4) : .indexed(0), style: .bold)
        }
        return theme.cell(isRaised: isEven)
    }

    /// Without color a miss is told by its corners; with it they only help to find the cell.
    private func drawCorners(_ area: Layout.Area, _ brush: Brush, into grid: inout CellGrid) {
        let (last, bottom) = (area.column + area.columns - 1, area.row + area.rows - 1)
        let isMissed = play.shot?.kind == .miss
        if area.rows == 1 {
            grid.put(Cell(isMissed ? "×" : "▸", brush), column: area.column, row: area.row)
            grid.put(Cell(isMissed ? "×" : "◂", brush), column: last, row: area.row)
            return
        }
        let corners: [Unicode.Scalar] = isMissed ? ["×", "×", "×", "×"] : ["┏", "┓", "┗", "┛"]
        for (scalar, (column, row)) in zip(
            corners, [(area.column, area.row), (last, area.row), (area.column, bottom), (last, bottom)])
        { grid.put(Cell(scalar, brush), column: column, row: row) }
    }
}
