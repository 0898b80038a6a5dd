import Protocol

/// The whole screen as a pure function of the model.
enum View {
    /// Draws a frame of the model's size.
    static func frame(of model: Model) -> CellGrid {
        let theme = Theme(model)
        let layout = model.layout
        var grid = CellGrid(columns: model.columns, rows: model.rows, fill: theme.ground)
        guard layout.fits else {
            drawTooSmall(layout, theme, into: &grid)
            if model.charset == .ascii { grid.spellInASCII(theme) }
            return grid
        }
        switch model.page {
        case .home: HomeView(model: model, theme: theme).draw(into: &grid)
        case .canvas: drawCanvas(model, theme, into: &grid)
        case .clicks: ClickView(model: model, theme: theme).draw(into: &grid)
        case .relays: drawRelays(model, theme, into: &grid)
        case .arcade: ArcadeView(model: model, theme: theme).draw(into: &grid)
        case .shop: ShopView(model: model, theme: theme).draw(into: &grid)
        case .feedback: FeedbackView(model: model, theme: theme).draw(into: &grid)
        case .boards: BoardsView(model: model, theme: theme).draw(into: &grid)
        case .settings: SettingsView(model: model, theme: theme).draw(into: &grid)
        case .about: AboutView(model: model, theme: theme).draw(into: &grid)
        case .admin: AdminView(model: model, theme: theme).draw(into: &grid)
        case .replay: ReplayView(model: model, theme: theme).draw(into: &grid)
        case .signIn: SignInView(model: model, theme: theme).draw(into: &grid)
        case .ad: AdView(model: model, theme: theme).draw(into: &grid)
        }
        Bars.drawTitle(model, theme, into: &grid)
        Bars.drawStatus(model, theme, into: &grid)
        drawOver(model, theme, into: &grid)
        grid.focus = model.focus
        // What lies over a link would be one.
        if model.overlay != .none { grid.links = [] }
        TouchBarView.draw(model, theme, into: &grid)
        if model.charset == .ascii { grid.spellInASCII(theme) }
        return grid
    }

    private static func drawCanvas(_ model: Model, _ theme: Theme, into grid: inout CellGrid) {
        if let canvas = model.canvas {
            CanvasView(model: model, canvas: canvas, theme: theme).draw(into: &grid)
            PaletteView.draw(model, canvas, theme, into: &grid)
        } else {
            drawWaiting(model, theme, into: &grid)
            grid.fill(columns: 0..<grid.columns, row: model.layout.paletteRow, theme.bar)
        }
    }

    private static func drawRelays(_ model: Model, _ theme: Theme, into grid: inout CellGrid) {
        guard let room = model.relays.room else {
            return LobbyView(model: model, theme: theme).draw(into: &grid)
        }
        switch room.view.status {
        case .waiting: WaitingRoomView(model: model, room: room, theme: theme).draw(into: &grid)
        case .running: RaceView(model: model, room: room, theme: theme).draw(into: &grid)
        case .ended: ResultView(model: model, room: room, theme: theme).draw(into: &grid)
        }
    }

    /// What lies over the screen: notice, prompts, help, short words.
    private static func drawOver(_ model: Model, _ theme: Theme, into grid: inout CellGrid) {
        let placement = Placement(model)
        if let notice = model.notice, let area = placement.notice {
            NoticeView(notice: notice, form: placement.form, area: area, theme: theme).draw(into: &grid)
        }
        if let map = placement.map, let canvas = model.canvas {
            MinimapView(model: model, map: map, canvas: canvas, theme: theme).draw(into: &grid)
        }
        CanvasBoxes.draw(model, placement, theme, into: &grid)
        // A prompt would take the keys that are written below it for text.
        if model.overlay != .none { grid.coverKeys(model.layout.whole) }
        switch model.overlay {
        case .none: break
        case .tool(let prompt): ToolPromptView.draw(prompt, model, placement, theme, into: &grid)
        case .help(let scroll): HelpBox.draw(model, theme, scroll: scroll, into: &grid)
        case .goTo(let typed): PromptView.draw(place: typed, placement, theme, into: &grid)
        case .turn(let typed): PromptView.draw(turn: typed, placement, theme, into: &grid)
        case .name(let prompt): PromptView.draw(prompt, placement, theme, into: &grid)
        case .code(let prompt): PromptView.draw(prompt, placement, theme, into: &grid)
        case .palette(let palette): CommandPaletteView.draw(palette, model, theme, into: &grid)
        }
        ToastView.draw(model, placement, keepingOff: placement.boxes?.areas ?? [], theme, into: &grid)
    }

    private static func drawTooSmall(_ layout: Layout, _ theme: Theme, into grid: inout CellGrid) {
        let lines = [
            "Window too small",
            "\(layout.columns)×\(layout.rows), needs \(Layout.smallestColumns)×\(Layout.smallestRows)",
        ]
        let shown = lines.suffix(max(min(lines.count, grid.rows), 0))
        let top = max((grid.rows - shown.count) / 2, 0)
        for (offset, line) in shown.enumerated() {
            writeCentered(line, row: top + offset, theme.words.styled(offset == 0 ? .bold : []), into: &grid)
        }
    }

    private static func drawWaiting(_ model: Model, _ theme: Theme, into grid: inout CellGrid) {
        let area = model.layout.canvas
        let middle = area.row + area.rows / 2
        writeCentered("Pixel Wars", row: middle - 1, theme.words.styled(.bold), into: &grid)
        writeCentered(waitingWords(model), row: middle + 1, theme.words, into: &grid)
        let more: String? =
            switch model.link {
            case .waiting(_, _, let reason): reason
            case .closed: Hint.words([.play, .quit], ["tries again", "quits"], model)
            case .idle, .signingIn, .connecting, .connected, .watching: nil
            }
        guard let more else { return }
        writeCentered(Bars.clean(more, columns: grid.columns - 2), row: middle + 2, theme.ground, into: &grid)
    }

    private static func waitingWords(_ model: Model) -> String {
        if case .closed(let words) = model.link { return words }
        return model.link.isLive ? "fetching the canvas" : Bars.words(for: model)
    }

    static func writeCentered(_ text: String, row: Int, _ brush: Brush, into grid: inout CellGrid) {
        let shown = TextWidth.clipped(text, columns: grid.columns)
        let column = (grid.columns - TextWidth.of(shown)) / 2
        grid.write(shown, column: column, row: row, limit: grid.columns, brush)
    }
}

/// A frame with a title over what lies below.
enum Box {
    static func draw(
        column: Int, row: Int, columns: Int, rows: Int, title: String, edge: Brush? = nil,
        _ theme: Theme, into grid: inout CellGrid
    ) {
        guard columns >= 4, rows >= 2 else { return }
        let limit = column + columns
        func brush(_ inner: Int) -> Brush { edge ?? theme.edge(row: inner, of: rows) }
        let line = String(repeating: "─", count: columns - 2)
        grid.coverKeys(Layout.Area(column: column, row: row, columns: columns, rows: rows))
        for inner in row..<row + rows { grid.fill(columns: column..<limit, row: inner, theme.bar) }
        grid.write("╭" + line + "╮", column: column, row: row, limit: limit, brush(0))
        grid.write("╰" + line + "╯", column: column, row: row + rows - 1, limit: limit, brush(rows - 1))
        for inner in row + 1..<max(row + rows - 1, row + 1) {
            grid.write("│", column: column, row: inner, limit: limit, brush(inner - row))
            grid.write("│", column: limit - 1, row: inner, limit: limit, brush(inner - row))
        }
        let shown = " " + TextWidth.clipped(title, columns: columns - 6) + " "
        grid.write(shown, column: column + 2, row: row, limit: limit - 1, theme.strong)
    }
}
