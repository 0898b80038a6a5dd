import Protocol
import Raster

/// The studio's screen as a pure function of its model: the form, the base colors, and the skin live.
struct StudioView {
    let studio: Studio
    private let theme: Theme
    private let layout: StudioLayout

    /// Draws a frame of the studio's size.
    static func frame(of studio: Studio) -> CellGrid {
        let view = StudioView(studio)
        var grid = CellGrid(columns: studio.columns, rows: studio.rows, fill: view.theme.ground)
        view.draw(into: &grid)
        if studio.charset == .ascii { grid.spellInASCII(view.theme) }
        return grid
    }

    private init(_ studio: Studio) {
        self.studio = studio
        theme = Theme(studio.terminal, tone: studio.tone)
        layout = StudioLayout(studio)
    }

    private func draw(into grid: inout CellGrid) {
        guard layout.fits else { return drawTooSmall(into: &grid) }
        drawScene(into: &grid)
        guard !studio.isPreviewWhole else { return drawWholeNote(into: &grid) }
        drawTitle(into: &grid)
        for field in StudioField.allCases { drawField(field, into: &grid) }
        drawNote(into: &grid)
        ColorGridView(studio: studio, layout: layout, theme: theme).draw(into: &grid)
        drawHints(into: &grid)
        drawStatus(into: &grid)
        StudioBoxes(studio: studio, theme: theme).draw(into: &grid)
    }

    private func drawTooSmall(into grid: inout CellGrid) {
        let needs = "needs \(StudioLayout.smallestColumns)×\(StudioLayout.smallestRows)"
        let lines = ["Window too small", "\(studio.columns)×\(studio.rows), \(needs)"]
        let top = max((grid.rows - lines.count) / 2, 0)
        for (offset, line) in lines.enumerated() {
            View.writeCentered(line, row: top + offset, theme.words, into: &grid)
        }
    }

    // MARK: Bars

    private func drawTitle(into grid: inout CellGrid) {
        grid.fill(columns: 0..<grid.columns, row: 0, theme.bar)
        Bars.drawLogo(theme, row: 0, into: &grid)
        var column = grid.write("Skin studio", column: 4, row: 0, limit: grid.columns, theme.strong) + 2
        let (words, brush) = stateWords
        let end = grid.columns - 1 - TextWidth.of(words)
        grid.write(words, column: end, row: 0, limit: grid.columns, brush)
        let path = TextWidth.tail(
            PlayerName.displayed(studio.file.path ?? "not in a file yet"), columns: max(end - column - 2, 0))
        column = grid.write(path, column: column, row: 0, limit: end, theme.quiet)
    }

    private var stateWords: (String, Brush) {
        let faults = studio.draft.faults(colors: studio.colors).count
        if faults > 0 { return ("× \(faults) to mend", theme.failure) }
        return studio.isUnsaved ? ("○ not saved", theme.warning) : ("● saved", theme.good)
    }

    private func drawHints(into grid: inout CellGrid) {
        let hints: [(String, String)] =
            switch studio.scene {
            case .text: [("↑↓", "field"), ("type", "to write")]
            case .colors:
                [("←→", "color"), ("Enter", "another"), ("+ -", "more, less"), ("< >", "moves")]
            case .grid: [("←↓↑→", "looks"), ("Enter", "takes"), ("Esc", "leaves")]
            }
        let row = layout.hintRow
        grid.fill(columns: 0..<grid.columns, row: row, theme.bar)
        var column = 1
        for (keys, words) in hints + [("Ctrl-s", "saves"), ("Ctrl-p", "to the shop"), ("F1", "keys")] {
            guard column + TextWidth.of(keys) + 1 + TextWidth.of(words) < grid.columns else { break }
            column = grid.write(keys: keys, column: column, row: row, limit: grid.columns, theme.accent) + 1
            column = grid.write(words, column: column, row: row, limit: grid.columns, theme.quiet) + 2
        }
    }

    private func drawStatus(into grid: inout CellGrid) {
        let row = layout.statusRow
        grid.fill(columns: 0..<grid.columns, row: row, theme.bar)
        if let toast = studio.toast {
            let brush =
                switch toast.kind {
                case .news, .celebration: theme.badge(theme.good)
                case .warning: theme.badge(theme.warning)
                case .failure: theme.badge(theme.failure)
                }
            let words = " \(TextWidth.clipped(toast.text, columns: grid.columns - 4)) "
            grid.write(words, column: 1, row: row, limit: grid.columns, brush)
            return
        }
        if studio.isInstalling {
            grid.write(
                "Asking \(Bars.clean(studio.serverName, columns: 40))…", column: 1, row: row,
                limit: grid.columns, theme.warning)
            return
        }
        let column = grid.write(
            " \(studio.depth.title.uppercased()) ", column: 0, row: row, limit: grid.columns,
            theme.badge(theme.accent))
        guard layout.scene != nil else { return }
        let others = DepthPreview.depths(on: studio.terminal).count > 1 ? "  Ctrl-n fewer" : ""
        grid.write(
            keys: "  preview\(others)  Ctrl-t whole screen", column: column, row: row, limit: grid.columns,
            theme.quiet)
    }

    // MARK: Form

    private func drawField(_ field: StudioField, into grid: inout CellGrid) {
        let row = layout.row(of: field)
        let limit = layout.form.columns - 1
        let isChosen = field == studio.field
        if isChosen {
            grid.fill(columns: 0..<layout.form.columns, row: row, theme.bar)
            grid.write("▸", column: 0, row: row, limit: limit, theme.accent)
        }
        let isWrong = studio.draft.complaint(about: field, colors: studio.colors) != nil
        let label = isWrong ? theme.failure : isChosen ? theme.accent : theme.quiet
        grid.write(
            field.label, column: 2, row: row, limit: limit, isChosen ? label : theme.onGround(label))
        if let input = field.input {
            drawValues(studio.draft.inputs[input] ?? [], row: row, isChosen: isChosen, into: &grid)
        } else {
            drawText(studio.draft.text(field), row: row, limit: limit, isChosen: isChosen, into: &grid)
        }
    }

    private func drawText(
        _ editor: LineEditor, row: Int, limit: Int, isChosen: Bool, into grid: inout CellGrid
    ) {
        let start = StudioLayout.contentColumn + 1
        let room = max(limit - start, 1)
        guard isChosen else {
            grid.write(
                TextWidth.clipped(editor.text, columns: room), column: start, row: row, limit: limit,
                theme.words)
            return
        }
        // A column is the cursor's; a long text is seen around it.
        let head = TextWidth.tail(editor.head, columns: room - 1)
        let column = grid.write(head, column: start, row: row, limit: limit, theme.strong)
        grid.write(editor.rest, column: column, row: row, limit: limit, theme.strong)
        if studio.overlay == .none { grid.caret = CellGrid.Spot(column: column, row: row) }
    }

    private func drawValues(_ names: [String], row: Int, isChosen: Bool, into grid: inout CellGrid) {
        for (place, name) in names.enumerated() {
            let column = StudioLayout.contentColumn + 1 + place * StudioLayout.valueColumns
            if let color = studio.colors[name] {
                Swatch.draw(color, columns: column..<column + 2, row: row, theme, into: &grid)
            }
            guard isChosen, place == studio.value else { continue }
            let mark = studio.picking == nil ? theme.accent : theme.warning
            grid.write("▸", column: column - 1, row: row, limit: grid.columns, mark)
            grid.write("◂", column: column + 2, row: row, limit: grid.columns, mark)
        }
    }

    /// What is wrong with the chosen field; else the chosen color's name and part, and what the field is.
    private func drawNote(into grid: inout CellGrid) {
        let note = layout.note
        let limit = note.column + note.columns
        if let complaint = studio.draft.complaint(about: studio.field, colors: studio.colors) {
            drawLines(complaint, theme.onGround(theme.failure), into: &grid)
            return
        }
        guard let input = studio.field.input, let name = studio.chosenName else {
            drawLines(studio.field.help, theme.ground, into: &grid)
            return
        }
        var column = grid.write(
            name, column: note.column, row: note.row, limit: limit, theme.onGround(theme.strong))
        if let color = studio.colors[name] {
            column = grid.write(
                "  \(color.hex)", column: column, row: note.row, limit: limit, theme.words)
        }
        let role =
            input.roles.indices.contains(studio.value)
            ? input.roles[studio.value] : "\(studio.value + 1) of \(studio.values.count) (\(input.countText))"
        grid.write("  \(role)", column: column, row: note.row, limit: limit, theme.ground)
        drawLines(studio.field.help, theme.ground, from: 1, into: &grid)
    }

    private func drawLines(
        _ text: String, _ brush: Brush, from first: Int = 0, into grid: inout CellGrid
    ) {
        let note = layout.note
        let lines = TextWidth.wrapped(
            PlayerName.displayed(text), columns: note.columns, lines: note.rows - first)
        for (offset, line) in lines.enumerated() {
            grid.write(
                line, column: note.column, row: note.row + first + offset,
                limit: note.column + note.columns, brush)
        }
    }

    // MARK: Preview

    private func drawScene(into grid: inout CellGrid) {
        guard let area = layout.scene else { return }
        let scene = SkinScene(
            title: Bars.clean(studio.draft.text(.title).text, columns: 32),
            look: studio.draft.look(in: studio.colors), depth: studio.depth, atMs: studio.clockMs,
            columns: area.columns, rows: area.rows, tone: studio.tone, isStill: studio.isStill)
        let preview = DepthPreview(depth: studio.depth, terminal: studio.terminal)
        grid.paste(scene.grid, column: area.column, row: area.row) { preview.cell($0) }
    }

    private func drawWholeNote(into grid: inout CellGrid) {
        let words = " \(studio.depth.title) · Ctrl-n fewer · any other key goes back "
        let row = grid.rows - 2
        grid.fill(columns: 0..<grid.columns, row: row, theme.badge(theme.accent))
        View.writeCentered(words, row: row, theme.badge(theme.accent), into: &grid)
    }
}

/// A color as some cells; without color by how bright it is.
enum Swatch {
    static func draw(
        _ color: Palette.Color, columns: Range<Int>, row: Int, _ theme: Theme, into grid: inout CellGrid
    ) {
        for column in columns {
            guard theme.hasColor else {
                grid.put(Cell(MonochromeShades.full(color.luma), theme.ground), column: column, row: row)
                continue
            }
            let brush = Brush(
                foreground: Theme.swatch(color, depth: theme.depth), background: theme.ground.background)
            grid.put(Cell("█", brush), column: column, row: row)
        }
    }
}
