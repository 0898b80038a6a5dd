import Protocol

/// A relay that waits for its start: its code, and who is in.
struct WaitingRoomView {
    let model: Model
    let room: RelayRoom
    let theme: Theme

    func draw(into grid: inout CellGrid) {
        HintLine.draw(model, theme, into: &grid)
        let area = model.layout.canvas
        let code = room.view.code.description
        // Of half blocks in ASCII nobody reads a code.
        let isLarge =
            model.charset != .ascii && area.rows >= 14
            && LargeLetters.columns(of: code) + 4 <= area.columns
        let listed = min(room.view.players.count + 1, max(area.rows - (isLarge ? 9 : 4), 1))
        let height = (isLarge ? 9 : 3) + listed
        var row = area.row + max((area.rows - height) / 2, 0)
        let heading = TextWidth.fitting(
            ["This relay's code, for whoever is to join", "The code, for whoever is to join"],
            columns: grid.columns - 2)
        View.writeCentered(heading, row: row, theme.words, into: &grid)
        row += isLarge ? 2 : 1
        if isLarge {
            let start = (grid.columns - LargeLetters.columns(of: code)) / 2
            LargeLetters.draw(code, column: start, row: row, theme.onGround(theme.accent), into: &grid)
            row += LargeLetters.rows + 1
        } else {
            let spaced = code.map(String.init).joined(separator: " ")
            View.writeCentered(spaced, row: row, theme.onGround(theme.accent), into: &grid)
            row += 1
        }
        View.writeCentered(terms, row: row, theme.ground, into: &grid)
        row += isLarge ? 2 : 1
        drawPlayers(from: row, rows: listed, into: &grid)
    }

    /// The relay's options in a line, as much of it as there is room for.
    private var terms: String {
        let options = room.view.options
        let seconds =
            options.decayIntervalMs % 1000 == 0
            ? "\(options.decayIntervalMs / 1000) s" : "\(options.decayIntervalMs) ms"
        let texts = [
            "\(options.startPoints) points each", "−\(options.decayPoints) every \(seconds)",
            "+\(options.award) and more to the next", "\(Spelled.clock(seconds: options.seconds)) long",
        ]
        for count in (1...texts.count).reversed() {
            let text = texts.prefix(count).joined(separator: " · ")
            if TextWidth.of(text) + 2 <= model.columns { return text }
        }
        return texts[0]
    }

    private func drawPlayers(from top: Int, rows: Int, into grid: inout CellGrid) {
        let players = room.view.players
        let places = "\(players.count) of \(room.view.options.maxPlayers) in the ring"
        let widest = players.map { TextWidth.of(Bars.clean($0.account.name, columns: 24)) + 9 }.max() ?? 0
        let left = max((grid.columns - max(widest, TextWidth.of(places))) / 2, 1)
        grid.write(places, column: left, row: top, limit: grid.columns, theme.onGround(theme.strong))
        for (number, player) in players.prefix(rows - 1).enumerated() {
            let isMe = player.account.id == model.accountID
            let end = grid.write(
                "\(number + 1)  \(Bars.clean(player.account.name, columns: 24))", column: left,
                row: top + 1 + number, limit: grid.columns, theme.onGround(isMe ? theme.accent : theme.bar))
            if isMe {
                grid.write(" you", column: end, row: top + 1 + number, limit: grid.columns, theme.ground)
            }
        }
    }
}
