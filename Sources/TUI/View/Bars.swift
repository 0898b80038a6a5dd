import Protocol

/// A piece of a bar: what is said, how, and how dear it is.
struct BarPiece: Sendable {
    var text: String
    var brush: Brush
    /// Where room is short, the highest numbers go first.
    var rank: Int
    /// The screen that a click on it opens.
    var page: Page?
    /// The key that a click on it presses.
    var press: KeyPress?
    /// Colors that stand behind the text, one in a column.
    var legend: [Ink] = []
    /// The columns between it and the next one.
    var gap = 2

    /// How many columns it takes.
    var width: Int { TextWidth.of(text) + legend.count }
}

/// The title line above the canvas and the status line below.
enum Bars {
    private static let gap = 2

    static func drawTitle(_ model: Model, _ theme: Theme, into grid: inout CellGrid) {
        let row = model.layout.titleRow
        grid.fill(columns: 0..<grid.columns, row: row, theme.bar)
        drawLogo(theme, row: row, into: &grid)
        draw(title(model, theme), row: row, into: &grid)
    }

    private static func title(_ model: Model, _ theme: Theme) -> [Placed] {
        var left = [BarPiece(text: "Pixel Wars", brush: theme.strong, rank: 7)]
        left += crumbs(model, theme)
        left.append(BarPiece(text: clean(model.serverName, columns: 30), brush: theme.quiet, rank: 4))
        var right: [BarPiece] = []
        if model.page == .canvas, let canvas = model.canvas {
            right.append(
                BarPiece(text: "\(canvas.size.width)×\(canvas.size.height)", brush: theme.quiet, rank: 6))
            right.append(BarPiece(text: model.viewport.label, brush: theme.bar, rank: 3))
        }
        if model.page == .canvas { right += CanvasWords.pieces(model, theme) }
        if let key = model.bindings.label(of: .help, in: model.keyScene) {
            right.append(
                BarPiece(
                    text: "\(key) help", brush: theme.quiet, rank: 2,
                    press: model.bindings.press(for: .help, in: model.keyScene)))
        }
        right.append(connection(model, theme))
        return place(left, right, from: 4, columns: model.columns)
    }

    /// The way from home to where the person is; the last step is dearest.
    private static func crumbs(_ model: Model, _ theme: Theme) -> [BarPiece] {
        let trail = model.trail
        return trail.enumerated().map { number, crumb in
            let isLast = number == trail.count - 1
            let mark = isLast ? "" : " ›"
            return BarPiece(
                text: clean(crumb.title, columns: 24) + mark, brush: isLast ? theme.accent : theme.quiet,
                rank: isLast ? 0 : number == 0 ? 5 : 3, page: isLast ? nil : crumb.page,
                gap: isLast ? gap : 1)
        }
    }

    static func drawStatus(_ model: Model, _ theme: Theme, into grid: inout CellGrid) {
        let row = model.layout.statusRow
        grid.fill(columns: 0..<grid.columns, row: row, theme.bar)
        draw(status(model, theme), row: row, into: &grid)
    }

    /// The screen that a click on a cell opens.
    static func page(_ model: Model, column: Int, row: Int) -> Page? {
        let theme = Theme(model)
        let pieces =
            row == model.layout.statusRow
            ? status(model, theme) : row == model.layout.titleRow ? title(model, theme) : []
        return pieces.first { $0.columns.contains(column) }?.piece.page
    }

    private static func status(_ model: Model, _ theme: Theme) -> [Placed] {
        var left = [state(model, theme)]
        if let account = model.account {
            left.append(BarPiece(text: clean(account, columns: 24), brush: theme.strong, rank: 6))
        }
        if let counts = model.counts {
            left.append(
                BarPiece(
                    text: "\(Spelled.grouped(counts.players)) \(counts.players == 1 ? "player" : "players")",
                    brush: theme.bar, rank: 4))
            if counts.queued > 0 {
                left.append(
                    BarPiece(text: "\(Spelled.grouped(counts.queued)) queued", brush: theme.bar, rank: 5))
            }
        }
        if let points = model.profile?.points, model.purpose == .play {
            left.append(BarPiece(text: Spelled.points(points), brush: theme.accent, rank: 7))
        }
        // A watcher's round trip is told once there is one.
        if model.purpose == .play || model.latencyUs != nil {
            left.append(BarPiece(text: latency(model), brush: theme.quiet, rank: 3))
        }
        // Home leads everywhere, so it is the last to go.
        var right = Page.destinations.enumerated().compactMap { number, page -> BarPiece? in
            guard page != model.page, let usual = page.key.map({ KeyPress($0) }) else { return nil }
            // Of several keys the usual one comes first, as long as it does that.
            let keys = model.bindings.keys(for: .open(page), in: model.keyScene)
            let key = keys.contains(usual) ? usual : keys.first
            return BarPiece(
                text: (key.map { "\($0.label) " } ?? "") + page.title, brush: theme.quiet,
                rank: page == .home ? 2 : 9 + number, page: page)
        }
        if model.page == .canvas, model.canvas != nil {
            right.append(
                BarPiece(text: "v\(Spelled.grouped(Int(model.version)))", brush: theme.quiet, rank: 8))
            right.append(
                BarPiece(text: "\(model.cursor.x),\(model.cursor.y)", brush: theme.accent, rank: 1))
        }
        return place(left, right, from: 0, columns: model.columns)
    }

    static func drawLogo(_ theme: Theme, row: Int, into grid: inout CellGrid) {
        guard theme.hasColor else {
            grid.write("▞▚", column: 1, row: row, limit: 3, theme.bar)
            return
        }
        let colors = [Ink(255, 69, 0), Ink(255, 214, 53), Ink(54, 144, 234), Ink(0, 204, 120)]
        for column in 0..<2 {
            let brush = Brush(foreground: colors[column], background: colors[column + 2])
            grid.put(Cell("▀", brush), column: 1 + column, row: row)
        }
    }

    // MARK: Words

    /// What the link's state is called.
    static func words(for model: Model) -> String {
        switch model.link {
        case .idle: return "starting"
        case .signingIn: return "signing in"
        case .connecting(let attempt): return attempt > 1 ? "connecting, attempt \(attempt)" : "connecting"
        case .connected: return "connected"
        case .watching: return model.purpose == .play ? "looking on" : "connected"
        case .waiting(let attempt, _, _):
            let seconds = model.secondsToAttempt ?? 0
            return "attempt \(attempt) " + (seconds > 0 ? "in \(seconds) s" : "now")
        case .closed: return "not connected"
        }
    }

    private static func connection(_ model: Model, _ theme: Theme) -> BarPiece {
        let brush: Brush
        let mark: String
        switch model.link {
        case .connected, .watching: (brush, mark) = (theme.good, "●")
        case .idle, .signingIn, .connecting, .waiting: (brush, mark) = (theme.warning, "○")
        case .closed: (brush, mark) = (theme.failure, "×")
        }
        return BarPiece(text: "\(mark) \(words(for: model)) ", brush: brush, rank: 1)
    }

    /// The state of play; in the last seconds before idling ends it, how many are left.
    private static func state(_ model: Model, _ theme: Theme) -> BarPiece {
        let (text, brush) = stateWords(model, theme)
        return BarPiece(text: " \(text) ", brush: theme.badge(brush), rank: 0)
    }

    private static func stateWords(_ model: Model, _ theme: Theme) -> (String, Brush) {
        if model.purpose == .watch { return ("WATCHING", theme.accent) }
        switch model.play {
        case .playing:
            guard let seconds = model.secondsToAFK else { return ("PLAYING", theme.good) }
            let isUrgent = seconds <= IdleLimit.urgentMs / 1000
            return ("AFK IN \(seconds) s", isUrgent ? theme.failure : theme.warning)
        case .queued(let wait): return ("QUEUED \(Spelled.grouped(wait.position))", theme.warning)
        case .afk: return ("AFK", theme.warning)
        case .spectator: return ("SPECTATOR", theme.accent)
        case .asking where model.link.isLive: return ("ASKING", theme.warning)
        case .unknown where model.link.isLive: return ("JOINING", theme.warning)
        case .asking, .unknown: return ("OFFLINE", theme.failure)
        }
    }

    private static func latency(_ model: Model) -> String {
        guard let microseconds = model.latencyUs else { return "— ms" }
        if microseconds < 9_950 { return "\(microseconds / 1000).\(microseconds % 1000 / 100) ms" }
        return "\(Spelled.grouped(Int((microseconds + 500) / 1000))) ms"
    }

    /// Text from outside without what could disturb the screen, at most so many columns wide.
    static func clean(_ text: String, columns: Int) -> String {
        TextWidth.clipped(PlayerName.displayed(text), columns: columns)
    }

    // MARK: Fitting

    /// A piece and the columns that it takes.
    private struct Placed {
        var piece: BarPiece
        var columns: Range<Int>
    }

    /// Finds room for what is dearest, from the left and from the right.
    private static func place(
        _ left: [BarPiece], _ right: [BarPiece], from start: Int, columns: Int
    ) -> [Placed] {
        var left = left
        var right = right
        func width(_ pieces: [BarPiece]) -> Int {
            pieces.reduce(0) { $0 + $1.width } + pieces.dropLast().reduce(0) { $0 + $1.gap }
        }
        while start + width(left) + gap + width(right) + 1 > columns, left.count + right.count > 1 {
            let worst = (left + right).map(\.rank).max() ?? 0
            if let at = left.firstIndex(where: { $0.rank == worst }) {
                left.remove(at: at)
            } else if let at = right.firstIndex(where: { $0.rank == worst }) {
                right.remove(at: at)
            }
        }
        var placed: [Placed] = []
        for (pieces, first) in [(left, start), (right, columns - width(right) - 1)] {
            var column = first
            for piece in pieces {
                let end = column + piece.width
                placed.append(Placed(piece: piece, columns: column..<end))
                column = end + piece.gap
            }
        }
        return placed
    }

    private static func draw(_ placed: [Placed], row: Int, into grid: inout CellGrid) {
        for one in placed {
            let end = grid.write(
                one.piece.text, column: one.columns.lowerBound, row: row, limit: grid.columns, one.piece.brush
            )
            for (offset, ink) in one.piece.legend.enumerated() {
                grid.put(Cell(" ", Brush(foreground: ink, background: ink)), column: end + offset, row: row)
            }
            guard let press = one.piece.press else { continue }
            grid.mark(
                press,
                Layout.Area(
                    column: one.columns.lowerBound, row: row, columns: one.columns.count, rows: 1))
        }
    }
}
