import Protocol

/// Which relays of the list are on the screen, and where.
struct LobbyLayout {
    /// The list's rows.
    let area: Layout.Area
    /// The first relay that is shown.
    let first: Int
    let count: Int

    init(_ model: Model) {
        let canvas = model.layout.canvas
        // A heading above, and below a row for short words.
        let spare = canvas.rows > 8 ? 3 : 1
        area = Layout.Area(
            column: 0, row: canvas.row + (canvas.rows > 8 ? 2 : 1), columns: canvas.columns,
            rows: max(canvas.rows - spare, 1))
        count = model.relays.list?.count ?? 0
        first = max(min(model.relays.chosen - area.rows / 2, count - area.rows), 0)
    }

    /// The relay in a row of the screen.
    func index(row: Int) -> Int? {
        let index = first + row - area.row
        return row >= area.row && row < area.row + area.rows && index < count ? index : nil
    }
}

/// The list of relays.
struct LobbyView {
    let model: Model
    let theme: Theme

    private enum Column {
        static let code = 3
        static let status = 12
        static let players = 22
        static let names = 31
    }

    func draw(into grid: inout CellGrid) {
        let play = model.purpose == .play
        HintLine.draw(model, theme, into: &grid)
        let area = model.layout.canvas
        let heading = theme.ground
        let row = LobbyLayout(model).area.row - 1
        for (text, column) in [
            ("CODE", Column.code), ("STATUS", Column.status), ("PLAYERS", Column.players),
            ("WHO", Column.names),
        ] { grid.write(text, column: column, row: row, limit: grid.columns - 1, heading) }
        guard let list = model.relays.list, !list.isEmpty else {
            let middle = area.row + area.rows / 2
            View.writeCentered(emptyWords, row: middle, theme.words, into: &grid)
            let new = model.bindings.label(of: .createRelay(isPrivate: false), in: .lobby)
            let code = model.bindings.label(of: .typeCode, in: .lobby)
            if play, model.relays.list != nil, let new, let code {
                View.writeCentered(
                    "\(new) opens one, \(code) joins by a code", row: middle + 1, theme.ground, into: &grid)
            }
            return
        }
        let layout = LobbyLayout(model)
        for (index, relay) in list.enumerated().dropFirst(layout.first).prefix(layout.area.rows) {
            draw(
                relay, row: layout.area.row + index - layout.first, isChosen: index == model.relays.chosen,
                into: &grid)
        }
    }

    private var emptyWords: String {
        guard model.link.isLive else { return Bars.words(for: model) }
        return model.relays.list == nil ? "asking for the relays" : "Nobody relays right now"
    }

    private func draw(_ relay: RelayView, row: Int, isChosen: Bool, into grid: inout CellGrid) {
        let isIn = relay.players.contains { $0.account.id == model.accountID }
        let plain = isChosen ? theme.bar : theme.words
        func brush(_ brush: Brush) -> Brush { isChosen ? brush : theme.onGround(brush) }
        if isChosen {
            grid.fill(columns: 0..<grid.columns, row: row, plain)
            grid.write("▸", column: 1, row: row, limit: 2, theme.accent)
        }
        grid.write(
            relay.code.description, column: Column.code, row: row, limit: grid.columns,
            brush(isIn ? theme.accent : theme.strong))
        grid.write(
            relay.status.rawValue, column: Column.status, row: row, limit: grid.columns,
            brush(
                relay.status == .waiting ? theme.good : relay.status == .running ? theme.warning : theme.quiet
            ))
        grid.write(
            "\(relay.players.count)/\(relay.options.maxPlayers)", column: Column.players, row: row,
            limit: grid.columns, plain)
        let names = relay.players.map { Bars.clean($0.account.name, columns: 24) }.joined(separator: ", ")
        let room = grid.columns - 1 - Column.names
        grid.write(
            TextWidth.clipped(names, columns: max(room, 0)), column: Column.names, row: row,
            limit: grid.columns,
            plain)
    }
}
