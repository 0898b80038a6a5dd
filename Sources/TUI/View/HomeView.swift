import Protocol

/// The page that everything begins with: what there is to do here, and who is there.
struct HomeView {
    let model: Model
    let theme: Theme

    private var layout: HomeLayout { HomeLayout(model) }

    func draw(into grid: inout CellGrid) {
        HintLine.draw(model, theme, into: &grid)
        let layout = layout
        if let logo = layout.logo {
            logo.picture.draw(column: logo.column, row: logo.row, theme, into: &grid)
        }
        if let greeting = layout.greeting { write(greetings, in: greeting, into: &grid) }
        if let activity = layout.activity { write(activities, in: activity, into: &grid) }
        for (index, page) in layout.pages.enumerated().dropFirst(layout.first) {
            let row = layout.menu.row + (index - layout.first) * layout.itemRows
            guard row + min(layout.itemRows, 2) <= layout.menu.row + layout.menu.rows else { break }
            draw(page, row: row, isChosen: page == model.home.chosen, layout, into: &grid)
        }
        if let miniature = layout.miniature { drawMiniature(miniature, layout.zoom, into: &grid) }
    }

    // MARK: Words

    /// Who is here, and what they have.
    private var greetings: [(String, Brush)] {
        var pieces: [(String, Brush)] = []
        if let account = model.account { pieces.append((Bars.clean(account, columns: 24), theme.strong)) }
        if let profile = model.profile {
            pieces.append((Spelled.points(profile.points), theme.accent))
            if let bonus = profile.loginBonus {
                let days = bonus.streakDays > 1 ? ", day \(Spelled.grouped(bonus.streakDays)) in a row" : ""
                pieces.append(("+\(Spelled.grouped(bonus.points)) for coming today\(days)", theme.good))
            }
        }
        return pieces.isEmpty ? [(Bars.words(for: model), theme.quiet)] : pieces
    }

    /// What goes on at the server, the liveliest first.
    private var activities: [(String, Brush)] {
        guard model.link.isLive else { return [] }
        var pieces: [(String, Brush)] = []
        let pixels = model.pace.perMinute(nowMs: model.clockMs)
        if pixels > 0 {
            pieces.append(
                ("\(Spelled.grouped(pixels)) \(pixels == 1 ? "pixel" : "pixels") a minute", theme.good))
        }
        if let counts = model.counts {
            pieces.append(("\(Spelled.grouped(counts.players)) painting", theme.bar))
            if counts.queued > 0 { pieces.append(("\(Spelled.grouped(counts.queued)) queued", theme.bar)) }
        }
        if let game = model.clicks.game, game.status == .active {
            pieces.append(("click war on", theme.warning))
        }
        let waiting = model.relays.list?.count { $0.status == .waiting } ?? 0
        if waiting > 0 {
            pieces.append((waiting == 1 ? "a relay waits" : "\(waiting) relays wait", theme.bar))
        }
        return pieces
    }

    /// Writes pieces in the middle of a row, the first ones first, as far as there is room.
    private func write(_ all: [(String, Brush)], in area: Layout.Area, into grid: inout CellGrid) {
        var pieces = all
        while width(pieces) > area.columns, pieces.count > 1 { pieces.removeLast() }
        var column = area.column + (area.columns - width(pieces)) / 2
        for (number, piece) in pieces.enumerated() {
            if number > 0 {
                column = grid.write(" · ", column: column, row: area.row, limit: grid.columns, theme.ground)
            }
            column = grid.write(
                piece.0, column: column, row: area.row, limit: grid.columns, theme.onGround(piece.1))
        }
    }

    private func width(_ pieces: [(String, Brush)]) -> Int {
        pieces.reduce(0) { $0 + TextWidth.of($1.0) } + 3 * max(pieces.count - 1, 0)
    }

    private func draw(
        _ page: Page, row: Int, isChosen: Bool, _ layout: HomeLayout, into grid: inout CellGrid
    ) {
        let left = layout.menu.column
        let end = left + layout.menu.columns
        func brush(_ brush: Brush) -> Brush { isChosen ? brush : theme.onGround(brush) }
        if isChosen {
            for offset in 0..<min(layout.itemRows, 2) {
                grid.fill(columns: left..<end, row: row + offset, theme.bar)
            }
            grid.write("▸", column: left, row: row, limit: end, theme.accent)
        }
        if let shortcut = page.shortcut {
            grid.write(String(shortcut), column: left + 2, row: row, limit: end, brush(theme.accent))
        }
        let title = grid.write(
            page.fullTitle, column: left + 4, row: row, limit: end, brush(theme.strong))
        let room = layout.itemRows > 1 ? end - left - 5 : end - max(title, left + 18) - 2
        let words = TextWidth.fitting(details(page), columns: max(room, 0))
        let column = layout.itemRows > 1 ? left + 4 : left + 19
        grid.write(
            words, column: column, row: row + (layout.itemRows > 1 ? 1 : 0), limit: end, brush(theme.quiet))
    }

    /// What goes on at a page in a line, from long to short.
    private func details(_ page: Page) -> [String] {
        switch page {
        case .canvas: return ["paint together, pixel by pixel", "paint together"]
        case .clicks: return clickDetails
        case .relays:
            let waiting = model.relays.list?.count { $0.status == .waiting } ?? 0
            let running = model.relays.list?.count { $0.status == .running } ?? 0
            if waiting == 1 { return ["one waits for players", "one waits"] }
            if waiting > 0 { return ["\(waiting) wait for players", "\(waiting) wait"] }
            return running > 0 ? ["\(running) under way"] : ["solve puzzles in a ring", "puzzles in a ring"]
        case .arcade:
            let games = ArcadeGameID.all
            return [
                games.map { $0.rules.title }.joined(separator: ", "),
                "\(games.count) \(games.count == 1 ? "game" : "games")",
            ]
        case .shop:
            guard let points = model.profile?.points else { return ["skins for your points", "skins"] }
            return ["skins for your \(Spelled.points(points))", Spelled.points(points)]
        case .feedback: return ["a word to whoever runs this", "a word to the host", "a word"]
        case .boards: return ["who is best"]
        case .settings: return ["colors, keys, motion", "colors, keys"]
        case .about: return ["version, server, terminal", "version, server"]
        case .replay: return ["how the canvas came to be", "the canvas's past"]
        case .signIn: return ["with Google, by a browser", "with Google"]
        case .admin: return ["look after the server", "for moderators"]
        case .home, .ad: return []
        }
    }

    private var clickDetails: [String] {
        guard let game = model.clicks.game else {
            return [model.clicks.absence ?? "click for your planet", "for your planet"]
        }
        switch game.status {
        case .scheduled: return ["begins soon"]
        case .active:
            guard let leader = model.clicks.leader else {
                return ["under way, nobody is ahead", "under way"]
            }
            return ["\(model.title(ofPlanet: leader)) is ahead"]
        case .finished:
            guard let winner = game.winner else { return ["nobody won the last one", "nobody won"] }
            let title = model.title(ofPlanet: winner)
            return ["\(title) won the last one", "\(title) won"]
        }
    }

    // MARK: Canvas

    private func drawMiniature(_ frame: Layout.Area, _ zoom: Zoom, into grid: inout CellGrid) {
        let size = model.canvas.map { " \($0.size.width)×\($0.size.height)" } ?? ""
        let titles = ["The canvas now\(size)", "The canvas now"]
        Box.draw(
            column: frame.column, row: frame.row, columns: frame.columns, rows: frame.rows,
            title: titles.first { TextWidth.of($0) <= frame.columns - 6 } ?? "Now", theme, into: &grid)
        let inside = Layout.Area(
            column: frame.column + 1, row: frame.row + 1, columns: frame.columns - 2, rows: frame.rows - 2)
        guard let canvas = model.canvas else {
            let words = model.link.isLive ? "fetching it" : Bars.words(for: model)
            let column = inside.column + max((inside.columns - TextWidth.of(words)) / 2, 0)
            grid.write(
                words, column: column, row: inside.row + inside.rows / 2,
                limit: inside.column + inside.columns,
                theme.quiet)
            return
        }
        Miniature(canvas: canvas, zoom: zoom, theme: theme).draw(in: inside, into: &grid)
    }
}
