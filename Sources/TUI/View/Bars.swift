import Protocol

/// A piece of a bar: what is said, how, and how dear it is.
struct BarPiece: Sendable {
    var text: String
    var brush: Brush
    /// Where room is short, the highest numbers go first.
    var rank: Int
}

/// The title line above the canvas and the status line below.
enum Bars {
    private static let gap = 2

    static func drawTitle(_ model: Model, _ theme: Theme, into grid: inout CellGrid) {
        let row = model.layout.titleRow
        grid.fill(columns: 0..<grid.columns, row: row, theme.bar)
        drawLogo(theme, row: row, into: &grid)
        let left = [
            BarPiece(text: "Pixel Wars", brush: theme.strong, rank: 0),
            BarPiece(text: clean(model.serverName, columns: 30), brush: theme.quiet, rank: 4),
        ]
        var right: [BarPiece] = []
        if let canvas = model.canvas {
            right.append(
                BarPiece(text: "\(canvas.size.width)×\(canvas.size.height)", brush: theme.quiet, rank: 5))
            right.append(BarPiece(text: model.viewport.zoom.label, brush: theme.bar, rank: 3))
        }
        right.append(BarPiece(text: "? help", brush: theme.quiet, rank: 2))
        right.append(connection(model.link, theme))
        draw(left, right, from: 4, row: row, into: &grid)
    }

    static func drawStatus(_ model: Model, _ theme: Theme, into grid: inout CellGrid) {
        let row = model.layout.statusRow
        grid.fill(columns: 0..<grid.columns, row: row, theme.bar)
        var left = [state(model, theme)]
        if let account = model.account {
            left.append(BarPiece(text: clean(account, columns: 24), brush: theme.strong, rank: 6))
        }
        if let counts = model.counts {
            left.append(
                BarPiece(
                    text: "\(grouped(counts.players)) \(counts.players == 1 ? "player" : "players")",
                    brush: theme.bar, rank: 4))
            if counts.queued > 0 {
                left.append(BarPiece(text: "\(grouped(counts.queued)) queued", brush: theme.bar, rank: 5))
            }
        }
        // A watcher has no socket whose round trip could be told.
        if model.purpose == .play {
            left.append(BarPiece(text: latency(model), brush: theme.quiet, rank: 3))
        }
        var right: [BarPiece] = []
        if model.canvas != nil {
            right.append(BarPiece(text: "v\(grouped(Int(model.version)))", brush: theme.quiet, rank: 2))
            right.append(
                BarPiece(text: "\(model.cursor.x),\(model.cursor.y)", brush: theme.accent, rank: 1))
        }
        draw(left, right, from: 0, row: row, into: &grid)
    }

    private static func drawLogo(_ theme: Theme, row: Int, into grid: inout CellGrid) {
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
    static func words(for link: Link) -> String {
        switch link {
        case .idle: "starting"
        case .signingIn: "signing in"
        case .connecting(let attempt): attempt > 1 ? "connecting, attempt \(attempt)" : "connecting"
        case .connected: "connected"
        case .waiting(let attempt, let delayMs, _):
            "attempt \(attempt) in \(delayMs / 1000).\(delayMs % 1000 / 100) s"
        case .closed(let words): clean(words, columns: 40)
        }
    }

    private static func connection(_ link: Link, _ theme: Theme) -> BarPiece {
        let brush: Brush
        let mark: String
        switch link {
        case .connected: (brush, mark) = (theme.good, "●")
        case .idle, .signingIn, .connecting, .waiting: (brush, mark) = (theme.warning, "○")
        case .closed: (brush, mark) = (theme.failure, "×")
        }
        return BarPiece(text: "\(mark) \(words(for: link)) ", brush: brush, rank: 1)
    }

    private static func state(_ model: Model, _ theme: Theme) -> BarPiece {
        let text: String
        let brush: Brush
        if model.purpose == .watch {
            (text, brush) = ("WATCHING", theme.accent)
        } else {
            switch model.status {
            case .playing: (text, brush) = ("PLAYING", theme.good)
            case .queued:
                (text, brush) = (model.queuePosition.map { "QUEUED \($0)" } ?? "QUEUED", theme.warning)
            case .afk: (text, brush) = ("AFK", theme.warning)
            case .stalled: (text, brush) = ("STALLED", theme.warning)
            case .spectator: (text, brush) = ("SPECTATOR", theme.accent)
            case nil: (text, brush) = ("OFFLINE", theme.failure)
            }
        }
        return BarPiece(text: " \(text) ", brush: theme.badge(brush), rank: 0)
    }

    private static func latency(_ model: Model) -> String {
        guard let microseconds = model.latencyUs else { return "— ms" }
        if microseconds < 9_950 { return "\(microseconds / 1000).\(microseconds % 1000 / 100) ms" }
        return "\(grouped(Int((microseconds + 500) / 1000))) ms"
    }

    /// Text from outside without what could disturb the screen, at most so many columns wide.
    static func clean(_ text: String, columns: Int) -> String {
        TextWidth.clipped(PlayerName.displayed(text), columns: columns)
    }

    /// `1234567` as `1,234,567`.
    static func grouped(_ number: Int) -> String {
        var text = ""
        for (offset, digit) in String(number.magnitude).reversed().enumerated() {
            if offset > 0, offset % 3 == 0 { text = "," + text }
            text = String(digit) + text
        }
        return number < 0 ? "-" + text : text
    }

    // MARK: Fitting

    private static func draw(
        _ left: [BarPiece], _ right: [BarPiece], from start: Int, row: Int, into grid: inout CellGrid
    ) {
        var left = left
        var right = right
        func width(_ pieces: [BarPiece]) -> Int {
            pieces.reduce(0) { $0 + TextWidth.of($1.text) } + gap * max(pieces.count - 1, 0)
        }
        while start + width(left) + gap + width(right) + 1 > grid.columns, left.count + right.count > 1 {
            let worst = (left + right).map(\.rank).max() ?? 0
            if let at = left.firstIndex(where: { $0.rank == worst }) {
                left.remove(at: at)
            } else if let at = right.firstIndex(where: { $0.rank == worst }) {
                right.remove(at: at)
            }
        }
        var column = start
        for piece in left {
            column = grid.write(piece.text, column: column, row: row, limit: grid.columns, piece.brush) + gap
        }
        column = grid.columns - width(right) - 1
        for piece in right {
            column = grid.write(piece.text, column: column, row: row, limit: grid.columns, piece.brush) + gap
        }
    }
}
