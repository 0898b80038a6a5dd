/// The short words over the screen: toasts, the newest lowest, else the hint about names.
enum ToastView {
    /// On both sides of good news.
    private static let confetti: [Unicode.Scalar] = ["▀", "▄", "▀", "▄"]

    /// Draws them in the rows that a placement found, and beside the boxes that are in these.
    static func draw(
        _ model: Model, _ placement: Placement, keepingOff boxes: [Layout.Area], _ theme: Theme,
        into grid: inout CellGrid
    ) {
        guard let row = placement.toastRow else { return }
        guard !model.toasts.isEmpty else {
            guard let words = model.closedWords, model.page != .canvas else {
                return drawHint(model, theme, row: row, into: &grid)
            }
            return drawClosed(words, model, theme, row: row, into: &grid)
        }
        for (toast, row) in zip(model.toasts.reversed(), placement.toastRows) {
            let free = freeColumns(row: row, of: grid.columns, boxes)
            guard free.count >= min(TextWidth.of(toast.text) + 4, leastColumns) else { return }
            draw(toast, columns: free, row: row, theme, into: &grid)
        }
    }

    /// Toasts are cut to no less.
    private static let leastColumns = 24

    /// The widest part of a row that no box lies over.
    private static func freeColumns(row: Int, of columns: Int, _ boxes: [Layout.Area]) -> Range<Int> {
        var widest = 0..<0
        var start = 0
        let others = boxes.filter { $0.row <= row && row < $0.row + $0.rows }
            .map { (start: $0.column, end: $0.column + $0.columns) }
        for box in others.sorted(by: { $0.start < $1.start }) + [(start: columns, end: columns)] {
            if box.start - start > widest.count { widest = start..<box.start }
            start = max(start, box.end)
        }
        return widest
    }

    private static func draw(
        _ toast: Toast, columns: Range<Int>, row: Int, _ theme: Theme, into grid: inout CellGrid
    ) {
        let text = " " + TextWidth.clipped(toast.text, columns: columns.count - 4) + " "
        let column = columns.lowerBound + (columns.count - TextWidth.of(text)) / 2
        let brush =
            switch toast.kind {
            case .news, .celebration: theme.badge(theme.good)
            case .warning: theme.badge(theme.warning)
            case .failure: theme.badge(theme.failure)
            }
        grid.write(text, column: column, row: row, limit: columns.upperBound, brush)
        if toast.kind == .celebration {
            scatter(around: column..<column + TextWidth.of(text), theme, row: row, into: &grid)
        }
    }

    /// Why there is no connection, as long as there is none; over the canvas a notice says it.
    private static func drawClosed(
        _ words: String, _ model: Model, _ theme: Theme, row: Int, into grid: inout CellGrid
    ) {
        let press = model.purpose == .play ? model.bindings.press(for: .play, in: model.keyScene) : nil
        let room = grid.columns - 4
        let offers = press.map { [" · \($0.label) connects again", " · \($0.label) tries"] } ?? [""]
        let offer = offers.first { TextWidth.of(words + $0) <= room } ?? offers[offers.count - 1]
        let shown = TextWidth.clipped(words, columns: room - TextWidth.of(offer))
        let text = " \(shown)\(offer) "
        View.writeCentered(text, row: row, theme.badge(theme.failure), into: &grid)
        guard let press, model.overlay == .none else { return }
        let width = TextWidth.of(text)
        grid.mark(
            press, Layout.Area(column: (grid.columns - width) / 2, row: row, columns: width, rows: 1))
    }

    private static func scatter(
        around columns: Range<Int>, _ theme: Theme, row: Int, into grid: inout CellGrid
    ) {
        let inks = [theme.warning, theme.failure, theme.accent, theme.good]
        for (offset, scalar) in confetti.enumerated() {
            let brush = theme.hasColor ? inks[offset % inks.count].styled(.bold) : theme.strong
            grid.put(Cell(scalar, brush), column: columns.lowerBound - 1 - offset, row: row)
            grid.put(Cell(scalar, brush), column: columns.upperBound + offset, row: row)
        }
    }

    private static func drawHint(_ model: Model, _ theme: Theme, row: Int, into grid: inout CellGrid) {
        guard model.showsHint, model.overlay == .none, let account = model.account else { return }
        guard let press = model.bindings.press(for: .name, in: model.keyScene) else { return }
        let name = " You are \(Bars.clean(account, columns: 24))  "
        let words = " chooses a name "
        let width = TextWidth.of(name + press.label + words)
        let start = max((grid.columns - width) / 2, 0)
        let key = grid.write(name, column: start, row: row, limit: grid.columns, theme.bar)
        let rest = grid.write(press.label, column: key, row: row, limit: grid.columns, theme.accent)
        let end = grid.write(words, column: rest, row: row, limit: grid.columns, theme.bar)
        grid.mark(press, Layout.Area(column: key, row: row, columns: end - key, rows: 1))
    }
}
