import Client
import Protocol

/// A running relay: the ring, the puzzle, the answer line, and what just happened.
struct RaceView {
    let model: Model
    let room: RelayRoom
    let theme: Theme

    private var area: Layout.Area { model.layout.canvas }
    private var me: RelayPlayer? { room.player(model.accountID) }
    private var answers: Bool { model.isAnswering }

    /// The largest puzzle, and the frame around it.
    private static let puzzleColumns = 62
    private static let puzzleRows = 18
    private static let leastRing = 18
    private static let mostRing = 44

    func draw(into grid: inout CellGrid) {
        HintLine.draw(model, theme, into: &grid)
        drawHeader(into: &grid)
        let isWide = area.columns >= Self.leastRing + Self.puzzleColumns && area.rows >= Self.puzzleRows + 3
        if isWide { drawWide(into: &grid) } else { drawNarrow(into: &grid) }
    }

    // MARK: Forms

    private func drawWide(into grid: inout CellGrid) {
        let ring = min(area.columns - Self.puzzleColumns, Self.mostRing)
        let top = area.row + 1
        let below = top + Self.puzzleRows
        let logRows = area.row + area.rows - below - 1
        RingView(
            model: model, room: room,
            area: Layout.Area(
                column: 0, row: top, columns: ring - 1,
                rows: area.row + area.rows - top - (logRows > 3 ? 0 : 1)),
            theme: theme
        ).draw(into: &grid)
        drawPuzzle(
            Layout.Area(column: ring, row: top, columns: area.columns - ring, rows: Self.puzzleRows),
            into: &grid)
        drawAnswer(column: ring + 2, row: below, into: &grid)
        if logRows > 3 {
            drawLog(
                Layout.Area(column: ring, row: below + 1, columns: area.columns - ring, rows: logRows),
                into: &grid)
        } else {
            drawLatest(row: below + 1, into: &grid)
        }
    }

    private func drawNarrow(into grid: inout CellGrid) {
        let last = area.row + area.rows - 1
        var top = area.row + 1
        // A puzzle that nobody sees is worth less than who comes next.
        let isRoomy = area.rows >= 8 && fittedLines(rows: area.rows - 4).count <= area.rows - 4
        if isRoomy {
            drawNeighbours(row: top, into: &grid)
            top += 1
        }
        let answerRow = isRoomy ? last - 1 : last
        let rows = answerRow - top
        let lines = fittedLines(rows: rows)
        let height = min(lines.count, max(rows, 0))
        let width = lines.map { TextWidth.of($0) }.max() ?? 0
        let left = max((area.columns - width) / 2, 0)
        for (offset, line) in lines.prefix(height).enumerated() {
            grid.write(
                TextWidth.clipped(line, columns: area.columns - left), column: left,
                row: top + (rows - height) / 2 + offset, limit: grid.columns, theme.words)
        }
        drawAnswer(column: 1, row: answerRow, into: &grid)
        if isRoomy { drawLatest(row: last, into: &grid) }
    }

    /// The lines in a small window: words wrapped, and without blank lines and the heading where there are too many.
    private func fittedLines(rows: Int) -> [String] {
        let wrapped = lines.flatMap { line -> [String] in
            // Of a picture, lines can't be broken.
            let isPicture = line.unicodeScalars.contains { (0x2580...0x259f).contains($0.value) }
            guard !isPicture, TextWidth.of(line) > area.columns else { return [line] }
            let indent = String(line.prefix { $0 == " " })
            let text = String(line.dropFirst(indent.count))
            return TextWidth.wrapped(text, columns: area.columns - indent.count, lines: area.rows)
                .map { indent + $0 }
        }
        if wrapped.count <= rows { return wrapped }
        let full = wrapped.filter { !$0.allSatisfy { $0 == " " } }
        return full.count <= rows ? full : Array(full.dropFirst())
    }

    // MARK: Header

    private func drawHeader(into grid: inout CellGrid) {
        let seconds = Int((room.leftMs(nowMs: model.clockMs) + 999) / 1000)
        let time = theme.onGround(seconds <= 10 ? theme.failure : theme.strong)
        var column =
            grid.write(
                Spelled.clock(seconds: seconds) + " left", column: 1, row: area.row, limit: grid.columns, time
            ) + 2
        let still = room.view.players.count(where: \.isActive)
        column =
            grid.write(
                "\(still) of \(room.view.players.count) still in", column: column, row: area.row,
                limit: grid.columns,
                theme.words) + 2
        let (words, brush) = standing
        let room = max(grid.columns - 1 - column, 0)
        let shown = words.first { TextWidth.of($0) <= room } ?? TextWidth.clipped(words[0], columns: room)
        grid.write(
            shown, column: grid.columns - 1 - TextWidth.of(shown), row: area.row, limit: grid.columns,
            theme.onGround(brush))
    }

    /// How the reader stands, from long to short.
    private var standing: ([String], Brush) {
        guard let me else { return (["watching \(room.view.code)", "watching"], theme.quiet) }
        guard me.isActive else { return (["you are out, watching", "out"], theme.failure) }
        guard let heir = room.heir(of: me.account.id) else {
            return (["you are the last one", "last"], theme.good)
        }
        let name = Bars.clean(heir.account.name, columns: 24)
        return (["your award goes to \(name)", "award ▸ \(name)", "▸ \(name)"], theme.accent)
    }

    /// In a small window: the reader and who comes next, in one line.
    private func drawNeighbours(row: Int, into grid: inout CellGrid) {
        var column = 1
        let first = me.map { me in room.view.players.firstIndex { $0.account.id == me.account.id } ?? 0 } ?? 0
        let ring = room.view.players[first...] + room.view.players[..<first]
        for player in ring where player.isActive {
            let text = "\(Bars.clean(player.account.name, columns: 12)) \(Spelled.grouped(player.points))"
            guard column + TextWidth.of(text) + 4 < grid.columns else { break }
            let isMe = player.account.id == model.accountID
            column = grid.write(
                text, column: column, row: row, limit: grid.columns,
                theme.onGround(isMe ? theme.accent : theme.bar))
            column = grid.write(" ▸ ", column: column, row: row, limit: grid.columns, theme.ground)
        }
    }

    // MARK: Puzzle

    private var lines: [String] {
        guard let me else { return watcherLines }
        guard me.isActive else { return ["You are out.", "", "The others go on."] }
        guard let data = room.puzzle?.data else {
            return ["Your next puzzle is on its way", "", "Enter asks for it"]
        }
        return PuzzlePicture.lines(of: data, isHidden: room.hidesPuzzle(nowMs: model.clockMs))
    }

    /// What each player sits over, for those who look on.
    private var watcherLines: [String] {
        let active = room.view.players.filter(\.isActive)
        return active.map { player in
            let kind = room.kinds[player.account.id].map(\.article) ?? "nothing yet"
            return "\(Bars.clean(player.account.name, columns: 24)) sits over \(kind)"
        }
    }

    private func drawPuzzle(_ frame: Layout.Area, into grid: inout CellGrid) {
        let puzzle = me?.isActive == true ? room.puzzle : nil
        let title =
            puzzle.map { "\($0.type.title), worth \($0.worth)" } ?? (me == nil ? "What they do" : "Puzzle")
        Box.draw(
            column: frame.column, row: frame.row, columns: frame.columns, rows: frame.rows, title: title,
            theme,
            into: &grid)
        if let seconds = secondsShown {
            let words = " hides in \(seconds) s "
            grid.write(
                words, column: frame.column + frame.columns - 2 - TextWidth.of(words), row: frame.row,
                limit: grid.columns, theme.warning)
        }
        let inside = (columns: frame.columns - 2, rows: frame.rows - 2)
        let lines = Array(self.lines.prefix(inside.rows))
        let width = min(lines.map { TextWidth.of($0) }.max() ?? 0, inside.columns)
        let left = frame.column + 1 + (inside.columns - width) / 2
        let top = frame.row + 1 + (inside.rows - lines.count) / 2
        for (offset, line) in lines.enumerated() {
            grid.write(
                TextWidth.clipped(line, columns: inside.columns), column: left, row: top + offset,
                limit: frame.column + frame.columns - 1, puzzle == nil ? theme.quiet : theme.bar)
        }
    }

    /// Seconds until what is to be remembered is hidden.
    private var secondsShown: Int? {
        guard answers, let hidingMs = room.hidingMs, hidingMs > model.clockMs else { return nil }
        return Seconds.left(until: hidingMs, nowMs: model.clockMs)
    }

    private func drawAnswer(column: Int, row: Int, into grid: inout CellGrid) {
        guard answers else { return }
        let prompt = "Answer "
        let isOpen = room.puzzle != nil
        let start = grid.write(
            prompt, column: column, row: row, limit: grid.columns,
            theme.onGround(isOpen ? theme.accent : theme.quiet))
        let verdict: (String, Brush)? =
            model.relays.sentMs != nil
            ? ("asking", theme.quiet)
            : model.relays.verdict.map { ($0.words, $0.isGood ? theme.good : theme.failure) }
        let end = grid.columns - 2
        let words = TextWidth.clipped(verdict?.0 ?? "", columns: (end - start) / 2)
        let room = end - start - (words.isEmpty ? 0 : TextWidth.of(words) + 1)
        let line = theme.bar.styled(.underline)
        grid.fill(columns: start..<start + max(room, 0), row: row, line)
        let editor = model.relays.answer
        let head = TextWidth.tail(editor.head, columns: max(room - 1, 0))
        let caret = grid.write(head, column: start, row: row, limit: start + room, line.styled(.bold))
        grid.write(editor.rest, column: caret, row: row, limit: start + room, line.styled(.bold))
        if model.overlay == .none { grid.caret = CellGrid.Spot(column: caret, row: row) }
        if let verdict {
            grid.write(
                words, column: end - TextWidth.of(words), row: row, limit: grid.columns,
                theme.onGround(verdict.1))
        }
    }

    // MARK: What happened

    private func drawLog(_ frame: Layout.Area, into grid: inout CellGrid) {
        Box.draw(
            column: frame.column, row: frame.row, columns: frame.columns, rows: frame.rows,
            title: "What just happened", theme, into: &grid)
        for (offset, entry) in room.latest(frame.rows - 2).enumerated() {
            grid.write(
                TextWidth.clipped(entry.words, columns: frame.columns - 4), column: frame.column + 2,
                row: frame.row + 1 + offset, limit: frame.column + frame.columns - 1,
                offset == 0 ? brush(entry) : theme.quiet)
        }
    }

    /// The newest things in one line, as many as there is room for.
    private func drawLatest(row: Int, into grid: inout CellGrid) {
        grid.fill(columns: 0..<grid.columns, row: row, theme.ground)
        var column = 1
        for (age, entry) in room.latest(3).enumerated() {
            let room = grid.columns - 1 - column
            if age > 0, TextWidth.of(entry.words) + 3 > room { return }
            if age > 0 {
                column = grid.write(" · ", column: column, row: row, limit: grid.columns, theme.ground)
            }
            column = grid.write(
                TextWidth.clipped(entry.words, columns: max(room, 0)), column: column, row: row,
                limit: grid.columns, age == 0 ? theme.onGround(brush(entry)) : theme.ground)
        }
    }

    private func brush(_ entry: RelayRoom.Entry) -> Brush {
        switch entry.tone {
        case .news: theme.bar
        case .good: theme.good
        case .bad: theme.warning
        }
    }
}
