import Protocol
import Raster

/// The shop: the list of looks, the chosen one live, and what it takes to have it.
struct ShopView {
    let model: Model
    let theme: Theme
    private let layout: ShopLayout

    private var shop: SkinShop { model.shop }

    init(model: Model, theme: Theme) {
        self.model = model
        self.theme = theme
        layout = ShopLayout(model)
    }

    func draw(into grid: inout CellGrid) {
        HintLine.draw(model, theme, into: &grid)
        if shop.step == .tryingOn {
            drawScene(into: &grid)
            drawButtons(into: &grid)
            drawTrialTitle(into: &grid)
            return
        }
        drawHeader(into: &grid)
        drawList(into: &grid)
        drawScene(into: &grid)
        drawDetail(into: &grid)
        drawQuestion(into: &grid)
        drawButtons(into: &grid)
    }

    private func drawHeader(into grid: inout CellGrid) {
        let row = model.layout.canvas.row
        var column = 1
        if let points = shop.points {
            column = grid.write(
                "\(Spelled.grouped(points))", column: column, row: row, limit: grid.columns,
                theme.onGround(theme.accent))
            column = grid.write(
                points == 1 ? " point is yours" : " points are yours", column: column, row: row,
                limit: grid.columns, theme.words)
        }
        guard let offers = shop.offers, !offers.isEmpty else { return }
        let own = offers.count { $0.isOwned }
        let words = "\(own) of \(offers.count) skins"
        guard column + TextWidth.of(words) + 2 < grid.columns else { return }
        grid.write(
            words, column: grid.columns - 1 - TextWidth.of(words), row: row, limit: grid.columns, theme.ground
        )
    }

    // MARK: List

    private func drawList(into grid: inout CellGrid) {
        for index in layout.first..<min(layout.first + layout.list.rows, layout.count) {
            drawRow(index, row: layout.list.row + index - layout.first, into: &grid)
        }
        guard (shop.offers ?? []).isEmpty else { return }
        let row = layout.list.row + 2
        grid.write(emptyWords, column: 3, row: row, limit: grid.columns - 1, theme.words)
    }

    private var emptyWords: String {
        if model.purpose == .watch { return "Skins are for players" }
        guard model.link.isLive else { return Bars.words(for: model) }
        return shop.absence ?? (shop.offers == nil ? "asking for the skins" : "There are no skins here")
    }

    private func drawRow(_ index: Int, row: Int, into grid: inout CellGrid) {
        let list = layout.list
        let isChosen = index == shop.chosen
        let offer = index > 0 ? shop.offers?[index - 1] : nil
        func brush(_ brush: Brush) -> Brush { isChosen ? brush : theme.onGround(brush) }
        let end = list.column + list.columns
        if isChosen {
            grid.fill(columns: list.column..<end, row: row, theme.bar)
            grid.write("▸", column: list.column + 1, row: row, limit: end, theme.accent)
        }
        drawSwatch(offer?.look, column: list.column + 3, row: row, into: &grid)
        let (state, stateBrush) = stateWords(offer)
        let stateColumn = end - 1 - TextWidth.of(state)
        let title = offer.map { Bars.clean($0.skin.title, columns: 32) } ?? "Standard look"
        let titleColumn = list.column + (theme.hasColor ? 9 : 3)
        let room = max(stateColumn - titleColumn - 1, 0)
        grid.write(
            TextWidth.clipped(title, columns: room), column: titleColumn, row: row, limit: end,
            brush(isChosen ? theme.strong : theme.bar))
        grid.write(state, column: stateColumn, row: row, limit: end, brush(stateBrush))
    }

    private func stateWords(_ offer: SkinOffer?) -> (String, Brush) {
        guard let offer else { return shop.worn == nil ? ("worn ●", theme.accent) : ("yours ✓", theme.good) }
        if offer.isEquipped { return ("worn ●", theme.accent) }
        if offer.isOwned { return ("yours ✓", theme.good) }
        if offer.skin.price == 0 { return ("free", theme.good) }
        let isTooDear = shop.points.map { $0 < offer.skin.price } ?? false
        return (Spelled.grouped(offer.skin.price), isTooDear ? theme.quiet : theme.warning)
    }

    /// A skin in five cells: its text, accent and frame on its ground.
    private func drawSwatch(_ look: SkinLook?, column: Int, row: Int, into grid: inout CellGrid) {
        guard theme.hasColor else { return }
        let standard = Theme(theme.depth, tone: theme.tone)
        var inks = [standard.bar, standard.accent].map(\.foreground) + standard.dot.suffix(2)
        var ground = standard.ground.background
        if let look {
            let last = look[.dot].count - 1
            let colors = [look.text, look.accent, look[.frame][0].color, look[.dot][last].color]
            inks = colors.map { Theme.swatch($0, depth: theme.depth) }
            ground = Theme.swatch(look.ground, depth: theme.depth)
        }
        grid.put(Cell(" ", Brush(foreground: inks[0], background: ground)), column: column, row: row)
        for (offset, ink) in inks.enumerated() {
            let brush = Brush(foreground: ink, background: ground)
            grid.put(Cell("▪", brush), column: column + 1 + offset, row: row)
        }
    }

    // MARK: The chosen look

    private func drawScene(into grid: inout CellGrid) {
        guard let area = layout.scene else { return }
        let scene = SkinScene(
            title: chosenTitle, look: shop.offer?.look, depth: theme.depth, atMs: model.clockMs,
            columns: area.columns, rows: area.rows, hasBars: shop.step != .tryingOn,
            tone: theme.tone, isStill: theme.isStill)
        grid.paste(scene.grid, column: area.column, row: area.row)
    }

    /// In the row of the buttons, to the right: what is tried on.
    private func drawTrialTitle(into grid: inout CellGrid) {
        guard let button = layout.buttons.last else { return }
        let words = chosenTitle
        let column = grid.columns - 1 - TextWidth.of(words)
        guard column > button.area.column + button.area.columns else { return }
        grid.write(
            words, column: column, row: button.area.row, limit: grid.columns, theme.onGround(theme.accent))
    }

    private var chosenTitle: String {
        shop.offer.map { Bars.clean($0.skin.title, columns: 32) } ?? "Standard look"
    }

    private func drawDetail(into grid: inout CellGrid) {
        guard let area = layout.detail else { return }
        let (column, limit) = (area.column + 1, area.column + area.columns)
        let top = area.row + 1
        let end = grid.write(
            chosenTitle, column: column, row: top, limit: limit, theme.onGround(theme.strong))
        let author = shop.offer.map { "by \(Bars.clean($0.skin.author, columns: 24))" } ?? "always there"
        grid.write(author, column: end + 2, row: top, limit: limit, theme.ground)
        if let look = shop.offer?.look, theme.hasColor {
            SwatchLine.draw(look, column: column, row: top + 1, limit: limit, theme, into: &grid)
        }
        let (words, brush) = priceWords
        grid.write(
            TextWidth.clipped(words, columns: limit - column), column: column, row: top + 2,
            limit: limit, theme.onGround(brush))
    }

    /// What the chosen look costs, and what that means.
    private var priceWords: (String, Brush) {
        guard let offer = shop.offer else {
            return shop.worn == nil
                ? ("You wear it.", theme.accent) : ("Yours, as everybody's.", theme.good)
        }
        if offer.isEquipped { return ("You wear it.", theme.accent) }
        if offer.isOwned { return ("It is yours.", theme.good) }
        if offer.skin.price == 0 { return ("It costs nothing.", theme.good) }
        let price = "Costs \(Spelled.points(offer.skin.price))"
        if let missing = shop.missingPoints {
            return ("\(price): \(Spelled.points(missing)) too few.", theme.failure)
        }
        guard let points = shop.points else { return ("\(price).", theme.bar) }
        return ("\(price); \(Spelled.grouped(points - offer.skin.price)) would be left.", theme.bar)
    }

    // MARK: Buying

    private func drawQuestion(into grid: inout CellGrid) {
        guard let area = layout.question, let offer = shop.offer else { return }
        Box.draw(
            column: area.column, row: area.row, columns: area.columns, rows: area.rows,
            title: "Buy \(chosenTitle)?", theme, into: &grid)
        let (column, limit) = (area.column + 3, area.column + area.columns - 3)
        let price = offer.skin.price
        let lines: [(String, Brush)] =
            price == 0
            ? [("It costs nothing.", theme.bar)]
            : [
                ("It costs \(Spelled.points(price)).", theme.strong),
                ("You have \(Spelled.points(shop.points ?? 0));", theme.bar),
                ("\(Spelled.points((shop.points ?? 0) - price)) will be left.", theme.bar),
            ]
        for (offset, line) in lines.prefix(max(area.rows - 3, 0)).enumerated() {
            grid.write(
                TextWidth.clipped(line.0, columns: limit - column), column: column,
                row: area.row + 1 + offset, limit: limit, line.1)
        }
    }

    private func drawButtons(into grid: inout CellGrid) {
        for button in layout.buttons {
            let (area, limit) = (button.area, button.area.column + button.area.columns)
            let isAsking = shop.asking != nil && button.isFirst
            let brush = button.isFirst && !isAsking ? theme.badge(theme.accent) : theme.bar
            grid.fill(columns: area.column..<limit, row: area.row, brush)
            let column = grid.write(
                " \(button.key)", column: area.column, row: area.row, limit: limit,
                button.isFirst ? brush : theme.accent)
            grid.write("  \(button.words)", column: column, row: area.row, limit: limit, brush)
        }
    }
}

/// The colors of a skin's parts in a line, each part with its name where there is room.
enum SwatchLine {
    static func draw(
        _ look: SkinLook, column: Int, row: Int, limit: Int, _ theme: Theme, into grid: inout CellGrid
    ) {
        var column = column
        let parts: [SkinInput] = [.cursor, .dot, .trail, .frame]
        let count = parts.reduce(0) { $0 + look[$1].count }
        let names = parts.reduce(0) { $0 + $1.title.count + 2 }
        let hasNames = names + count * 2 + 4 <= limit - column
        for part in parts {
            if hasNames {
                column = grid.write(part.title, column: column, row: row, limit: limit, theme.ground) + 1
            }
            for color in look.colors(of: part) {
                let ink = Theme.swatch(color, depth: theme.depth)
                let brush = Brush(foreground: ink, background: theme.ground.background)
                let cell = Cell("█", brush)
                if column < limit { grid.put(cell, column: column, row: row) }
                if hasNames, column + 1 < limit { grid.put(cell, column: column + 1, row: row) }
                column += hasNames ? 2 : 1
            }
            column += 1
        }
    }
}

extension Theme {
    /// A color as it is, as near as a depth comes to it.
    static func swatch(_ color: Palette.Color, depth: ColorDepth) -> Ink {
        depth == .ansi16 ? .indexed(TerminalColors.nearest16(to: color)) : Ink(color)
    }
}
