/// The line of short words over the canvas: a toast, else the hint about names.
enum ToastView {
    /// On both sides of good news.
    private static let confetti: [Unicode.Scalar] = ["▀", "▄", "▀", "▄"]

    static func draw(_ model: Model, _ placement: Placement, _ theme: Theme, into grid: inout CellGrid) {
        guard let row = placement.toastRow else { return }
        guard let toast = model.toast else {
            guard let words = model.closedWords, model.page != .canvas else {
                return drawHint(model, theme, row: row, into: &grid)
            }
            return drawClosed(words, model, theme, row: row, into: &grid)
        }
        let text = " " + TextWidth.clipped(toast.text, columns: grid.columns - 4) + " "
        let brush =
            switch toast.kind {
            case .news, .celebration: theme.badge(theme.good)
            case .warning: theme.badge(theme.warning)
            case .failure: theme.badge(theme.failure)
            }
        View.writeCentered(text, row: row, brush, into: &grid)
        if toast.kind == .celebration { scatter(around: text, theme, row: row, into: &grid) }
    }

    /// Why there is no connection, as long as there is none; over the canvas a notice says it.
    private static func drawClosed(
        _ words: String, _ model: Model, _ theme: Theme, row: Int, into grid: inout CellGrid
    ) {
        let isOffered =
            model.purpose == .play && KeyTable.action(for: KeyPress("p"), in: model.keyScene) == .play
        let room = grid.columns - 4
        let offers = isOffered ? [" · p connects again", " · p tries"] : [""]
        let offer = offers.first { TextWidth.of(words + $0) <= room } ?? offers[offers.count - 1]
        let shown = TextWidth.clipped(words, columns: room - TextWidth.of(offer))
        View.writeCentered(" \(shown)\(offer) ", row: row, theme.badge(theme.failure), into: &grid)
    }

    private static func scatter(
        around text: String, _ theme: Theme, row: Int, into grid: inout CellGrid
    ) {
        let inks = [theme.warning, theme.failure, theme.accent, theme.good]
        let width = TextWidth.of(text)
        let start = (grid.columns - width) / 2
        for (offset, scalar) in confetti.enumerated() {
            let brush = theme.hasColor ? inks[offset % inks.count].styled(.bold) : theme.strong
            grid.put(Cell(scalar, brush), column: start - 1 - offset, row: row)
            grid.put(Cell(scalar, brush), column: start + width + offset, row: row)
        }
    }

    private static func drawHint(_ model: Model, _ theme: Theme, row: Int, into grid: inout CellGrid) {
        guard model.showsHint, model.overlay == .none, let account = model.account else { return }
        let name = Bars.clean(account, columns: 24)
        let pieces = [
            (" You are \(name)  ", theme.bar), ("n", theme.accent), (" chooses a name ", theme.bar),
        ]
        let width = pieces.reduce(0) { $0 + TextWidth.of($1.0) }
        var column = max((grid.columns - width) / 2, 0)
        for (text, brush) in pieces {
            column = grid.write(text, column: column, row: row, limit: grid.columns, brush)
        }
    }
}
