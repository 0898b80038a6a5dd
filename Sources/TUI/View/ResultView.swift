import Client
import Protocol

/// A relay that is over: who survived, and what it earned them.
struct ResultView {
    let model: Model
    let room: RelayRoom
    let theme: Theme

    func draw(into grid: inout CellGrid) {
        HintLine.draw(model, theme, into: &grid)
        let area = model.layout.canvas
        let players = sorted
        let isRoomy = area.rows >= 10
        let rows = min(players.count, max(area.rows - (isRoomy ? 6 : 2), 1))
        let height = rows + (isRoomy ? 5 : 2)
        var row = area.row + max((area.rows - height) / 2, 0)
        let brush = theme.badge(room.replica.ending?.reason == .allOut ? theme.warning : theme.good)
        grid.fill(columns: 0..<grid.columns, row: row, brush)
        View.writeCentered(
            TextWidth.fitting(headlines, columns: grid.columns - 2), row: row, brush, into: &grid)
        row += isRoomy ? 2 : 1
        let width = min(area.columns - 2, 64)
        let left = (area.columns - width) / 2
        drawHeading(left, width, row: row, into: &grid)
        for (offset, player) in players.prefix(rows).enumerated() {
            draw(player, left, width, row: row + 1 + offset, into: &grid)
        }
        guard isRoomy else { return }
        View.writeCentered(ownWords, row: row + rows + 2, theme.onGround(theme.accent), into: &grid)
    }

    /// Survivors first, then by points and solves; the ring's order where all is equal.
    private var sorted: [RelayPlayer] {
        room.view.players.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            return (one.isActive ? 0 : 1, -one.points, -one.solves, left.offset)
                < (other.isActive ? 0 : 1, -other.points, -other.solves, right.offset)
        }.map(\.element)
    }

    /// How it ended, from long to short.
    private var headlines: [String] {
        switch room.replica.ending?.reason {
        case .lastStanding?: ["★ The last one standing ★"]
        case .allOut?: ["All are out"]
        case .time?: ["★ Time is up: whoever is still in survived ★", "★ Time is up: who is in survived ★"]
        case nil: ["The relay is over"]
        }
    }

    private var ownWords: String {
        guard let id = model.accountID, room.player(id) != nil else { return "" }
        let points = award(id)
        return points > 0
            ? "You earned \(Spelled.grouped(points)) profile points" : "No profile points this time"
    }

    private func award(_ id: Identifier) -> Int {
        room.replica.ending?.awards.first { $0.account.id == id }?.profilePoints ?? 0
    }

    private func drawHeading(_ left: Int, _ width: Int, row: Int, into grid: inout CellGrid) {
        grid.write("PLAYER", column: left + 2, row: row, limit: grid.columns, theme.ground)
        for (text, end) in zip(["LEFT", "SOLVED", "EARNED"], ends(left, width)) {
            grid.write(text, column: end - text.count, row: row, limit: grid.columns, theme.ground)
        }
    }

    /// The right edges of the columns of numbers.
    private func ends(_ left: Int, _ width: Int) -> [Int] {
        [left + width - 16, left + width - 8, left + width]
    }

    private func draw(_ player: RelayPlayer, _ left: Int, _ width: Int, row: Int, into grid: inout CellGrid) {
        let isMe = player.account.id == model.accountID
        let brush = theme.onGround(isMe ? theme.accent : player.isActive ? theme.strong : theme.quiet)
        grid.put(Cell(player.isActive ? "★" : "×", brush), column: left, row: row)
        let numbers = [
            player.isActive ? Spelled.grouped(player.points) : "out", Spelled.grouped(player.solves),
            award(player.account.id) > 0 ? "+" + Spelled.grouped(award(player.account.id)) : "–",
        ]
        let columns = ends(left, width)
        for (text, end) in zip(numbers, columns) {
            grid.write(text, column: end - TextWidth.of(text), row: row, limit: grid.columns, brush)
        }
        let room = columns[0] - TextWidth.of(numbers[0]) - 1 - (left + 2)
        grid.write(
            Bars.clean(player.account.name, columns: max(room, 1)), column: left + 2, row: row,
            limit: grid.columns, brush)
    }
}
