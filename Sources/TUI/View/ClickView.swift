import Protocol
import Raster

/// The click war: the planets side by side, how they stand, and one's own clicks.
struct ClickView {
    let model: Model
    let theme: Theme

    private var clicks: ClickWar { model.clicks }
    private var area: Layout.Area { model.layout.canvas }

    func draw(into grid: inout CellGrid) {
        HintLine.draw(model, theme, into: &grid)
        guard let game = clicks.game else { return drawAbsence(into: &grid) }
        drawHeader(game, into: &grid)
        let layout = ClickLayout(model)
        for (slot, planet) in zip(layout.slots, game.planets) {
            if let size = layout.size {
                drawPicture(planet, slot.area, size: size, game, into: &grid)
                drawDetails(planet, slot.area, isActive: game.status == .active, into: &grid)
            } else {
                drawLine(planet, row: slot.area.row, into: &grid)
            }
        }
        drawOwn(game, into: &grid)
    }

    private func drawAbsence(into grid: inout CellGrid) {
        let middle = area.row + area.rows / 2
        let words =
            clicks.absence ?? (model.link.isLive ? "asking for the click war" : Bars.words(for: model))
        View.writeCentered("Click war", row: middle - 1, theme.words.styled(.bold), into: &grid)
        View.writeCentered(words, row: middle + 1, theme.words, into: &grid)
    }

    // MARK: Header

    private func drawHeader(_ game: ClickGameView, into grid: inout CellGrid) {
        let row = area.row
        switch game.status {
        case .finished:
            let brush = theme.badge(game.winner == nil ? theme.quiet : theme.good)
            grid.fill(columns: 0..<grid.columns, row: row, brush)
            View.writeCentered(
                TextWidth.fitting(outcomes(game), columns: grid.columns - 2), row: row, brush, into: &grid)
        case .scheduled, .active:
            let end = grid.write(
                time(game), column: 1, row: row, limit: grid.columns - 1, theme.onGround(theme.strong))
            let words = TextWidth.fitting(standings(game), columns: max(grid.columns - end - 3, 0))
            grid.write(
                words, column: grid.columns - 1 - TextWidth.of(words), row: row, limit: grid.columns,
                theme.words)
        }
    }

    /// Who won, from long to short.
    private func outcomes(_ game: ClickGameView) -> [String] {
        guard let winner = game.winner else { return ["The click war is over: nobody won", "Nobody won"] }
        let clicks = Spelled.grouped(game.planets.first { $0.name == winner }?.clicks ?? 0)
        return [
            "★ \(title(winner)) wins the click war with \(clicks) clicks ★",
            "★ \(title(winner)) wins with \(clicks) clicks ★", "★ \(title(winner)) wins ★",
        ]
    }

    private func time(_ game: ClickGameView) -> String {
        let isComing = game.status == .scheduled
        guard let endMs = isComing ? clicks.startsMs : clicks.endsMs else {
            return isComing ? "soon" : "under way"
        }
        let left = Spelled.clock(seconds: Seconds.left(until: endMs, nowMs: model.clockMs))
        return isComing ? "begins in \(left)" : "\(left) left"
    }

    /// Who is ahead, from long to short.
    private func standings(_ game: ClickGameView) -> [String] {
        if game.status == .scheduled { return [] }
        let counts = game.planets.map(\.clicks).sorted(by: >)
        guard counts.count >= 2, counts[0] > 0 else { return ["no clicks yet"] }
        guard let leader = clicks.leader else { return ["a tie at \(Spelled.grouped(counts[0]))", "a tie"] }
        let lead = Spelled.grouped(counts[0] - counts[1])
        return ["\(title(leader)) is ahead by \(lead)", "\(title(leader)) +\(lead)", title(leader)]
    }

    // MARK: Pictures

    private func drawPicture(
        _ planet: PlanetTotal, _ slot: Layout.Area, size: Int, _ game: ClickGameView,
        into grid: inout CellGrid
    ) {
        let picture = PlanetPicture(model.planets[planet.name], size: size)
        let level = game.status == .active ? heatLevel(planet) : 0
        let isBeaten = game.status == .finished && game.winner != planet.name
        let left = slot.column + (slot.columns - size) / 2
        let sky = theme.ground.background.rgb ?? Palette.Color(red: 0, green: 0, blue: 0)
        let isPlain = theme.depth == .ansi16
        func color(_ x: Int, _ y: Int) -> Palette.Color? {
            if let color = picture[x, y] {
                if isBeaten { return color.blended(with: sky, percent: 62) }
                // Mixed colors become gray where there are only 16.
                return isPlain ? color : Glow.heated(color, level: level)
            }
            return picture.distance(x: x, y: y).flatMap {
                isPlain
                    ? Glow.plainHalo(level: level, distance: $0) : Glow.halo(sky, level: level, distance: $0)
            }
        }
        for row in 0..<slot.rows {
            for column in -2..<size + 2 {
                // The first half row is sky, for the glow above.
                let (upper, lower) = (color(column, row * 2 - 1), color(column, row * 2))
                guard upper != nil || lower != nil else { continue }
                guard theme.hasColor else {
                    shade(upper, lower, column: left + column, row: slot.row + row, into: &grid)
                    continue
                }
                put(upper ?? sky, lower ?? sky, column: left + column, row: slot.row + row, slot, into: &grid)
            }
        }
    }

    private func put(
        _ upper: Palette.Color, _ lower: Palette.Color, column: Int, row: Int, _ slot: Layout.Area,
        into grid: inout CellGrid
    ) {
        guard column >= slot.column, column < slot.column + slot.columns else { return }
        let brush = Brush(foreground: Ink(upper), background: Ink(lower))
        grid.put(Cell(upper == lower ? " " : "▀", brush), column: column, row: row)
    }

    /// Draws a cell without color, as filled as both its halves are bright.
    ///
    /// Half cells would tear holes into a surface that is only a little darker. The night side stays visible.
    private func shade(
        _ upper: Palette.Color?, _ lower: Palette.Color?, column: Int, row: Int, into grid: inout CellGrid
    ) {
        let lumas = [upper, lower].map { $0.map { max($0.luma, Self.leastLuma) } ?? 0 }
        grid.put(
            Cell(MonochromeShades.full((lumas[0] + lumas[1]) / 2), theme.ground), column: column, row: row)
    }

    private static let leastLuma = 56

    private func drawDetails(
        _ planet: PlanetTotal, _ slot: Layout.Area, isActive: Bool, into grid: inout CellGrid
    ) {
        let width = min(slot.columns - 2, PlanetPicture.fullSize)
        let left = slot.column + (slot.columns - width) / 2
        let row = slot.row + slot.rows
        let isOwn = clicks.own.planet == planet.name
        let name = isOwn ? "▸ \(title(planet.name)) ◂" : title(planet.name)
        let count = Spelled.grouped(planet.clicks)
        let both = "\(name)  \(count)"
        let isNarrow = TextWidth.of(both) > width
        center(
            [isNarrow ? name : both], left, width, row,
            theme.onGround(isOwn ? theme.accent : theme.strong), into: &grid)
        drawShare(planet, column: left, columns: width, row: row + 1, isOwn: isOwn, into: &grid)
        let share = "\(percent(planet))%"
        let players = "\(Spelled.grouped(planet.players)) \(planet.players == 1 ? "player" : "players")"
        let recent = isActive ? "  +\(Spelled.grouped(recent(planet)))" : ""
        let texts =
            isNarrow
            ? ["\(count)\(recent)", count]
            : [
                "\(share)  \(players)\(recent)" + (isActive ? " in 5 s" : ""),
                "\(share)  \(players)\(recent)",
            ]
                + ["\(share)\(recent)", share]
        center(texts, left, width, row + 2, theme.words, into: &grid)
    }

    private func drawShare(
        _ planet: PlanetTotal, column: Int, columns: Int, row: Int, isOwn: Bool, into grid: inout CellGrid
    ) {
        let filled = Int(Double(max(columns, 0)) * clicks.share(of: planet))
        for x in 0..<max(columns, 0) {
            let brush = theme.onGround(x < filled ? isOwn ? theme.accent : theme.bar : theme.quiet)
            grid.put(Cell(x < filled ? "━" : "─", brush), column: column + x, row: row)
        }
    }

    // MARK: Lines

    /// A planet as a line, where there is no room for pictures.
    private func drawLine(_ planet: PlanetTotal, row: Int, into grid: inout CellGrid) {
        guard row < area.row + area.rows - 1 else { return }
        let isOwn = clicks.own.planet == planet.name
        let numbers = "\(Spelled.grouped(planet.clicks))  +\(Spelled.grouped(recent(planet)))"
        let level = heatLevel(planet)
        let ink = theme.hasColor && level > 0 ? Ink(Glow.color(level: level)) : theme.bar.foreground
        let mark = Brush(foreground: ink, background: theme.ground.background, style: .bold)
        grid.put(Cell(level > 0 ? "●" : "○", mark), column: 1, row: row)
        let end = grid.write(
            TextWidth.clipped((isOwn ? "▸ " : "") + title(planet.name), columns: 10), column: 3, row: row,
            limit: grid.columns, theme.onGround(isOwn ? theme.accent : theme.strong))
        let start = grid.columns - 1 - TextWidth.of(numbers)
        grid.write(numbers, column: start, row: row, limit: grid.columns, theme.words)
        let bar = max(end + 1, 14)
        let share = "\(percent(planet))%"
        let shareColumn = start - 6
        drawShare(planet, column: bar, columns: shareColumn - bar - 1, row: row, isOwn: isOwn, into: &grid)
        grid.write(share, column: shareColumn, row: row, limit: start, theme.words)
    }

    private func drawOwn(_ game: ClickGameView, into grid: inout CellGrid) {
        let row = area.row + area.rows - (area.rows > 8 ? 2 : 1)
        grid.fill(columns: 0..<grid.columns, row: row, theme.ground)
        let own = clicks.own
        var pieces = [("your clicks \(Spelled.grouped(own.counted))", theme.strong)]
        if own.counted == 0, game.status == .active {
            pieces = [("your planet comes with your first clicks", theme.bar)]
        } else {
            pieces.append(("\(Spelled.grouped(own.pushed)) pushed", theme.good))
            pieces.append(
                ("\(Spelled.grouped(own.waiting)) waiting", own.waiting > 0 ? theme.warning : theme.quiet))
            if own.refused > 0 { pieces.append(("\(Spelled.grouped(own.refused)) refused", theme.failure)) }
        }
        if let seconds = clicks.pushRateSeconds, game.status == .active {
            pieces.append(("pushed every \(seconds) s", theme.quiet))
        }
        var column = 1
        for (words, brush) in pieces where column + TextWidth.of(words) < grid.columns {
            column =
                grid.write(words, column: column, row: row, limit: grid.columns, theme.onGround(brush)) + 2
        }
    }

    // MARK: Words

    /// Writes the first of some texts that fits into the middle of a stretch.
    private func center(
        _ texts: [String], _ column: Int, _ columns: Int, _ row: Int, _ brush: Brush,
        into grid: inout CellGrid
    ) {
        guard let last = texts.last else { return }
        let text = texts.first { TextWidth.of($0) <= columns } ?? TextWidth.clipped(last, columns: columns)
        grid.write(
            text, column: column + (columns - TextWidth.of(text)) / 2, row: row, limit: grid.columns, brush)
    }

    private func title(_ name: String) -> String {
        TextWidth.clipped(model.title(ofPlanet: name), columns: 16)
    }

    private func percent(_ planet: PlanetTotal) -> Int {
        Int((clicks.share(of: planet) * 100).rounded())
    }

    private func recent(_ planet: PlanetTotal) -> Int {
        clicks.heat(of: planet.name).recent(nowMs: model.clockMs)
    }

    /// How hot a planet glows; where nothing moves by itself none does.
    private func heatLevel(_ planet: PlanetTotal) -> Int {
        theme.isStill ? 0 : clicks.heat(of: planet.name).level(nowMs: model.clockMs)
    }
}
