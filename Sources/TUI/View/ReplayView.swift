import Client
import Protocol

/// The canvas's past: the canvas as it was, a bar of all that is kept, and who was active.
struct ReplayView {
    let model: Model
    let theme: Theme
    private let layout: ReplayLayout

    private var replay: ReplayDesk { model.replay }

    init(model: Model, theme: Theme) {
        self.model = model
        self.theme = theme
        layout = ReplayLayout(model)
    }

    func draw(into grid: inout CellGrid) {
        if let image = replay.image, case .ready = replay.stage {
            picture(image).drawPixels(into: &grid)
        } else {
            drawWords(into: &grid)
        }
        for row in layout.bar.row..<layout.bar.row + ReplayLayout.panelRows {
            grid.fill(columns: 0..<grid.columns, row: row, theme.bar)
        }
        HintLine.draw(model, theme, into: &grid)
        drawLabel(into: &grid)
        drawBar(into: &grid)
        if let prompt = replay.prompt {
            drawPrompt(prompt, into: &grid)
        } else {
            drawMoment(into: &grid)
        }
        drawActive(into: &grid)
    }

    /// The canvas's own view over another picture: nothing that is now lies over it.
    private func picture(_ image: CanvasImage) -> CanvasView {
        var then = model
        then.viewport = replay.viewport
        then.canvas = image
        then.glide = nil
        then.lens = .plain
        then.template = nil
        then.desk = CanvasDesk()
        then.pending = []
        then.link = .connected
        then.outage = nil
        return CanvasView(model: then, canvas: image, theme: theme)
    }

    private func drawWords(into grid: inout CellGrid) {
        let words: String
        switch replay.stage {
        case .absent(let why): words = why.shown
        case .away, .loading, .ready: words = model.link.isLive ? "fetching the past" : Bars.words(for: model)
        }
        let shown = TextWidth.clipped(words, columns: layout.picture.columns - 2)
        View.writeCentered(shown, row: layout.picture.row + layout.picture.rows / 2, theme.words, into: &grid)
    }

    // MARK: The bar

    private func drawLabel(into grid: inout CellGrid) {
        let mark = replay.isPlaying ? "▶" : "■"
        let limit = layout.label.column + layout.label.columns
        grid.write(
            "\(mark) \(Spelled.grouped(replay.speed))×", column: layout.label.column, row: layout.label.row,
            limit: limit, replay.isPlaying ? theme.accent : theme.strong)
        if let press = model.bindings.press(for: .replay(.toggle), in: .replay) {
            grid.mark(press, layout.label)
        }
    }

    private func drawBar(into grid: inout CellGrid) {
        let bar = layout.bar
        let head = layout.column(of: replay.goal ?? replay.version)
        let hasPast = replay.versions != nil
        for column in bar.column..<bar.column + bar.columns {
            let isDone = hasPast && column < head
            grid.put(
                Cell(isDone ? "━" : "─", isDone ? theme.accent : theme.quiet), column: column, row: bar.row)
        }
        guard hasPast else { return }
        for epoch in (replay.past?.epochs ?? []).dropFirst() {
            let column = layout.column(of: epoch.firstVersion)
            grid.put(Cell("┃", theme.warning), column: column, row: bar.row)
        }
        grid.put(Cell("●", theme.strong), column: head, row: bar.row)
    }

    // MARK: Words

    /// Version and time that are shown, as much of it as there is room for.
    private func drawMoment(into grid: inout CellGrid) {
        guard let versions = replay.versions, replay.tape != nil else { return }
        let version = "v\(Spelled.grouped(Int(replay.version)))"
        let of = " of \(Spelled.grouped(Int(versions.upperBound)))"
        let time = ReplayWords.time(ms: replay.timeMs)
        let epoch = replay.epoch.map { "canvas \($0.place + 1) of \(replay.past?.epochs.count ?? 1)" }
        let busy = replay.goal == nil ? "" : " · fetching"
        let room = grid.columns - 2
        let ways = [
            [version + of, time + " UTC", epoch].compactMap { $0 }.joined(separator: " · ") + busy,
            [version + of, time + " UTC"].joined(separator: " · ") + busy, "\(version) · \(time)", time,
        ]
        grid.write(
            TextWidth.fitting(ways, columns: room), column: 1, row: layout.wordsRow, limit: grid.columns - 1,
            theme.strong)
    }

    private func drawActive(into grid: inout CellGrid) {
        guard let active = replay.active, replay.tape != nil else { return }
        let span = ReplayWords.span(seconds: ReplayDesk.activeSeconds * replay.speed)
        let names = active.entries.map {
            "\(Bars.clean($0.account.name, columns: 24)) \(Spelled.grouped($0.changes))"
        }
        let heading = active.isWhole ? "in \(span): " : "in \(span), as far as it is here: "
        let room = grid.columns - 2 - TextWidth.of(heading)
        let row = layout.wordsRow + 1
        let column = grid.write(heading, column: 1, row: row, limit: grid.columns - 1, theme.quiet)
        grid.write(
            names.isEmpty ? "nobody" : Self.list(names, columns: room), column: column, row: row,
            limit: grid.columns - 1, theme.bar)
    }

    /// As many names as there is room for, and how many more there are.
    static func list(_ names: [String], columns: Int) -> String {
        for count in stride(from: names.count, through: 1, by: -1) {
            let rest = names.count - count
            let words = names[..<count].joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
            if TextWidth.of(words) <= columns { return words }
        }
        return TextWidth.clipped(names.first ?? "", columns: columns)
    }

    private func drawPrompt(_ prompt: LineEditor, into grid: inout CellGrid) {
        let row = layout.wordsRow
        let column = grid.write("go to ", column: 1, row: row, limit: grid.columns - 1, theme.accent)
        let end = grid.write(prompt.text, column: column, row: row, limit: grid.columns - 1, theme.strong)
        if prompt.isEmpty {
            let hint = TextWidth.clipped(ReplayMoment.form, columns: grid.columns - end - 3)
            grid.write(hint, column: end + 1, row: row, limit: grid.columns - 1, theme.quiet)
        }
        guard model.overlay == .none else { return }
        grid.caret = CellGrid.Spot(
            column: min(column + TextWidth.of(prompt.head), grid.columns - 1), row: row)
    }
}
