import Protocol

/// A field of pixels with its dot, in half blocks, as the server sees it too.
struct FieldView {
    let play: ArcadePlay
    let layout: FieldLayout
    let theme: Theme
    let nowMs: Int64

    private var inks: ArcadeInks { ArcadeInks(theme, atMs: nowMs) }
    private var ground: Ink { theme.ground.background }

    func draw(into grid: inout CellGrid) {
        if theme.hasColor { drawPixels(into: &grid) } else { drawShapes(into: &grid) }
    }

    private var target: ArcadeTarget? { play.target(nowMs: nowMs) }

    // MARK: In color

    private func drawPixels(into grid: inout CellGrid) {
        var picture = Picture(play.field, fill: ground)
        for (age, step) in play.trail.reversed().enumerated() {
            picture.put(step.place, inks.trail(age: age))
        }
        if let target { drawDot(target, into: &picture) }
        drawCrosshair(into: &picture)
        drawShot(into: &picture)
        for row in 0..<layout.area.rows {
            for column in 0..<layout.area.columns {
                let (upper, lower) = (picture[column, row * 2], picture[column, row * 2 + 1])
                let cell =
                    upper == lower
                    ? Cell(" ", Brush(foreground: upper, background: lower))
                    : Cell("▀", Brush(foreground: upper, background: lower))
                grid.put(cell, column: layout.area.column + column, row: layout.area.row + row)
            }
        }
    }

    private func drawDot(_ target: ArcadeTarget, into picture: inout Picture) {
        let (middleX, middleY) = (target.x + target.width / 2, target.y + target.height / 2)
        // While a shot is on its way the dot is as good as hit.
        let isFired = play.shot?.kind == .fired
        for y in target.y..<target.y + target.height {
            for x in target.x..<target.x + target.width {
                let ink = isFired ? inks.hit : inks.dot(distance: abs(x - middleX) + abs(y - middleY))
                picture.put(Place(x: x, y: y), ink)
            }
        }
    }

    private func drawCrosshair(into picture: inout Picture) {
        let (x, y) = (play.aim.x, play.aim.y)
        for (dx, dy) in [(0, 0), (-3, 0), (-2, 0), (2, 0), (3, 0), (0, -3), (0, -2), (0, 2), (0, 3)] {
            picture.put(Place(x: x + dx, y: y + dy), inks.cursor)
        }
    }

    private func drawShot(into picture: inout Picture) {
        guard let shot = play.shot else { return }
        let (ink, places): (Ink, [(Int, Int)]) =
            switch shot.kind {
            case .fired: (inks.hit, [])
            case .hit: (inks.hit, [(-2, -2), (2, -2), (-2, 2), (2, 2), (-3, -3), (3, -3), (-3, 3), (3, 3)])
            case .miss: (inks.miss, [(-1, -1), (1, -1), (-1, 1), (1, 1)])
            }
        for (dx, dy) in places { picture.put(Place(x: shot.place.x + dx, y: shot.place.y + dy), ink) }
    }

    /// The field's pixels.
    private struct Picture {
        private let field: ArcadeField
        private var inks: [Ink]
        private let fill: Ink

        init(_ field: ArcadeField, fill: Ink) {
            self.field = field
            self.fill = fill
            inks = [Ink](repeating: fill, count: field.width * field.height)
        }

        subscript(x: Int, y: Int) -> Ink { y < field.height ? inks[y * field.width + x] : fill }

        mutating func put(_ place: Place, _ ink: Ink) {
            guard place.x >= 0, place.x < field.width, place.y >= 0, place.y < field.height else { return }
            inks[place.y * field.width + place.x] = ink
        }
    }

    // MARK: Without color

    /// The dot is filled, the crosshair lines, a hit a star and a miss a cross.
    private func drawShapes(into grid: inout CellGrid) {
        func put(_ scalar: Unicode.Scalar, _ place: Place, _ brush: Brush) {
            guard place.x >= 0, place.x < play.field.width, place.y >= 0, place.y < play.field.height else {
                return
            }
            grid.put(
                Cell(scalar, brush), column: layout.area.column + place.x,
                row: layout.area.row + place.y / 2)
        }
        for row in 0..<layout.area.rows {
            grid.fill(
                columns: layout.area.column..<layout.area.column + layout.area.columns,
                row: layout.area.row + row, theme.ground)
        }
        for step in play.trail { put("·", step.place, theme.ground) }
        if let target {
            for y in target.y / 2...(target.y + target.height - 1) / 2 {
                for x in target.x..<target.x + target.width {
                    let upper = target.contains(x: x, y: y * 2)
                    let lower = target.contains(x: x, y: y * 2 + 1)
                    put(upper && lower ? "█" : upper ? "▀" : "▄", Place(x: x, y: y * 2), theme.ground)
                }
            }
        }
        let aim = play.aim
        for dx in [-3, -2, 2, 3] { put("─", Place(x: aim.x + dx, y: aim.y), theme.ground) }
        for dy in [-2, 2] { put("│", Place(x: aim.x, y: aim.y + dy), theme.ground) }
        let mark: Unicode.Scalar =
            switch play.shot?.kind {
            case .hit?, .fired?: "*"
            case .miss?: "×"
            case nil: "+"
            }
        put(mark, aim, Brush(foreground: .standard, background: .standard, style: [.reverse, .bold]))
    }
}
