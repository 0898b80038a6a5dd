import Protocol

/// The ring of a relay's players from top to bottom: who they are, what points they have left, and who gets the
/// reader's next award.
struct RingView {
    let model: Model
    let room: RelayRoom
    let area: Layout.Area
    let theme: Theme

    private var limit: Int { area.column + area.columns }
    private var players: [RelayPlayer] { room.view.players }
    private var me: Int? { players.firstIndex { $0.account.id == model.accountID && $0.isActive } }
    private var heir: Int? {
        let heir = room.heir(of: model.accountID)?.account.id
        return me == nil ? nil : players.firstIndex { $0.account.id == heir }
    }
    /// Whether each player has a second row, for the bar.
    private var isRoomy: Bool { players.count * 2 <= area.rows }
    private var full: Int { max(room.view.options.startPoints, players.map(\.points).max() ?? 0, 1) }

    func draw(into grid: inout CellGrid) {
        let each = isRoomy ? 2 : 1
        for (number, player) in players.prefix(area.rows / each).enumerated() {
            let row = area.row + number * each
            drawRing(number, row: row, into: &grid)
            drawName(player, number, row: row, into: &grid)
            if isRoomy {
                drawBar(player, column: area.column + 4, end: limit - 5, row: row + 1, into: &grid)
                drawChange(player, row: row + 1, into: &grid)
            }
        }
    }

    /// The ring's line at the left; the stretch from the reader to the heir is drawn strong.
    private func drawRing(_ number: Int, row: Int, into grid: inout CellGrid) {
        let last = players.count - 1
        let isOnWay = isBetween(number)
        let corner: Unicode.Scalar =
            last == 0 ? "╶" : number == 0 ? "╭" : number == last && !isRoomy ? "╰" : "├"
        let isEnd = number == me || number == heir
        let brush = theme.onGround(isOnWay || isEnd ? theme.accent : theme.quiet)
        grid.put(Cell(corner, brush), column: area.column, row: row)
        grid.put(Cell("─", brush), column: area.column + 1, row: row)
        guard isRoomy, last > 0 else { return }
        let leadsOn = number == me || isOnWay
        let line: Unicode.Scalar = number == last ? "╰" : leadsOn ? "┃" : "│"
        let on = theme.onGround(leadsOn ? theme.accent : theme.quiet)
        grid.put(Cell(line, on), column: area.column, row: row + 1)
        if number == last { grid.put(Cell("╴", on), column: area.column + 1, row: row + 1) }
    }

    /// Whether a player lies on the way from the reader to the heir: those there are out.
    private func isBetween(_ number: Int) -> Bool {
        guard let me, let heir else { return false }
        let count = players.count
        return (number - me + count) % count > 0
            && (number - me + count) % count < (heir - me + count) % count
    }

    private func drawName(_ player: RelayPlayer, _ number: Int, row: Int, into grid: inout CellGrid) {
        let isMe = number == me
        let mark: Unicode.Scalar = !player.isActive ? "×" : isMe ? "●" : number == heir ? "▸" : "○"
        let brush = theme.onGround(
            !player.isActive ? theme.quiet.styled(.dim) : isMe || number == heir ? theme.accent : theme.bar)
        grid.put(Cell(mark, brush), column: area.column + 2, row: row)
        let points = player.isActive ? Spelled.grouped(player.points) : "out"
        let start = limit - TextWidth.of(points)
        grid.write(points, column: start, row: row, limit: limit, pointsBrush(player))
        let bar = isRoomy ? 0 : min(8, area.columns - 14)
        let end = start - 1 - (bar > 2 ? bar + 1 : 0)
        let name = Bars.clean(player.account.name, columns: max(end - area.column - 4, 1))
        let column = grid.write(name, column: area.column + 4, row: row, limit: end, brush)
        if bar > 2 { drawBar(player, column: end + 1, end: start - 1, row: row, into: &grid) }
        let words = isMe ? "you" : number == heir ? "gets your award" : ""
        if column + 1 + TextWidth.of(words) < end {
            grid.write(words, column: column + 1, row: row, limit: end, theme.ground)
        }
    }

    private func pointsBrush(_ player: RelayPlayer) -> Brush {
        guard player.isActive else { return theme.onGround(theme.quiet.styled(.dim)) }
        return theme.onGround(isLow(player) ? theme.failure : theme.strong)
    }

    /// A fifth of the points to begin with.
    private func isLow(_ player: RelayPlayer) -> Bool { player.points <= room.view.options.startPoints / 5 }

    /// What is left of the points; what was just won or lost stands out.
    private func drawBar(_ player: RelayPlayer, column: Int, end: Int, row: Int, into grid: inout CellGrid) {
        let width = max(end - column, 0)
        func cells(_ points: Int) -> Int {
            Int((Double(width) * Double(min(max(points, 0), full)) / Double(full)).rounded(.up))
        }
        let change = room.change(of: player.account.id, nowMs: model.clockMs)
        let before = player.points - (change?.points ?? 0)
        let (now, then) = (cells(player.points), cells(before))
        for x in 0..<width {
            let (scalar, brush): (Unicode.Scalar, Brush) =
                if x < min(now, then) {
                    ("━", isLow(player) ? theme.failure : theme.good)
                } else if x < now {
                    ("━", theme.accent)
                } else if x < then {
                    ("╌", theme.failure)
                } else {
                    ("─", theme.quiet)
                }
            grid.put(Cell(scalar, theme.onGround(brush)), column: column + x, row: row)
        }
    }

    private func drawChange(_ player: RelayPlayer, row: Int, into grid: inout CellGrid) {
        guard let change = room.change(of: player.account.id, nowMs: model.clockMs) else { return }
        let words = change.points > 0 ? "+\(change.points)" : "−\(change.points.magnitude)"
        let brush = change.points > 0 ? theme.accent : change.reason == .decay ? theme.quiet : theme.failure
        let start = limit - TextWidth.of(words)
        grid.write(words, column: max(start, limit - 4), row: row, limit: limit, theme.onGround(brush))
    }
}
