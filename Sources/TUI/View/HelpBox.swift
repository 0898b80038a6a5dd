/// The keys, written from the same table that the input uses.
enum HelpBox {
    private enum Line {
        case heading(String)
        case entry(names: String, words: String)
        case blank
        case note(String)
    }

    /// Lines below each other, with the columns of their keys and the columns that all of them take.
    private struct Column {
        let lines: [Line]
        let namesWidth: Int
        let gap: Int
        let width: Int

        /// Names that are wider than `widestNames` push their words aside, so that the others' stay near.
        init(_ lines: [Line], gap: Int) {
            (self.lines, self.gap) = (lines, gap)
            let entries = lines.compactMap { line -> (names: Int, words: Int)? in
                guard case .entry(let names, let words) = line else { return nil }
                return (TextWidth.of(names), TextWidth.of(words))
            }
            let namesWidth = min(entries.map(\.names).max() ?? 0, HelpBox.widestNames)
            self.namesWidth = namesWidth
            width = entries.map { max($0.names, namesWidth) + gap + $0.words }.max() ?? 0
        }
    }

    private static let gap = 2
    /// Cells of the frame and beside it, on both sides together.
    private static let edges = 4
    private static let twoColumns = 80
    /// In narrow windows.
    private static let mostNoteRows = 3
    private static let widestNames = 13
    /// Boxes of few keys are no narrower, so that their title and their note have room.
    private static let leastWidth = 48

    static func draw(_ model: Model, _ theme: Theme, scroll: Int, into grid: inout CellGrid) {
        let area = model.layout.canvas
        let isWide = grid.columns >= twoColumns
        let sections: [[KeyTable.Section]] =
            isWide
            ? [[.move, .view, .game, .screens], [.paint, .tools, .session]] : [KeyTable.Section.allCases]
        let columns = sections.map { Column(lines($0, model), gap: isWide ? gap : 1) }
        var height = columns.map(\.lines.count).max() ?? 0
        let note = self.note(model)
        let hasNote = isWide && !note.isEmpty
        if hasNote { height += 2 }
        let rows = min(height + 2, area.rows)
        let inside = rows - 2
        let wanted = columns.reduce(edges) { $0 + $1.width } + gap * (columns.count - 1)
        let width = min(max(wanted, TextWidth.of(note) + edges, leastWidth), grid.columns)
        let left = (grid.columns - width) / 2
        let top = area.row + (area.rows - rows) / 2
        let last = max(height - inside, 0)
        let first = min(scroll, last)
        let title = last > 0 ? "Keys: ↑↓ scroll" : "Keys: any other closes this"
        Box.draw(column: left, row: top, columns: width, rows: rows, title: title, theme, into: &grid)
        let end = left + width - 2
        var start = left + 2
        for (number, column) in columns.enumerated() {
            let limit = number + 1 < columns.count ? min(start + column.width, end) : end
            for (offset, line) in column.lines.dropFirst(first).prefix(inside).enumerated() {
                draw(
                    line, column: start, row: top + 1 + offset, limit: limit, in: column, theme,
                    into: &grid)
            }
            start = limit + gap
        }
        if hasNote, height - 1 - first < inside {
            write(
                note, column: left + 2, row: top + height - first, limit: end, theme.quiet, into: &grid
            )
        }
    }

    private static func note(_ model: Model) -> String {
        switch model.keyScene {
        case .canvas: model.purpose == .play ? KeyTable.canvasMouseWords : KeyTable.watchMouseWords
        case .clicks: KeyTable.clickMouseWords
        case .lobby: KeyTable.lobbyMouseWords
        case .boards: KeyTable.boardMouseWords
        case .settings: KeyTable.settingMouseWords
        case .replay: KeyTable.replayMouseWords
        case .admin: KeyTable.adminMouseWords
        case .home, .waiting, .answering, .watched, .result, .outcome, .tryingOn, .buying, .feedback, .about,
            .signIn, .replayPrompt, .adminForm, .adminQuestion, .ad:
            ""
        case .arcade: KeyTable.arcadeMouseWords
        case .run: KeyTable.runMouseWords
        case .shop: KeyTable.shopMouseWords
        }
    }

    private static func lines(_ sections: [KeyTable.Section], _ model: Model) -> [Line] {
        var lines: [Line] = []
        for section in sections {
            let entries = model.bindings.entries(of: model.keyScene).filter {
                $0.section == section && model.isOffered($0)
            }
            guard !entries.isEmpty else { continue }
            if !lines.isEmpty { lines.append(.blank) }
            lines.append(.heading(section.rawValue))
            lines += entries.map { .entry(names: $0.names, words: $0.words) }
        }
        if sections.count == KeyTable.Section.allCases.count, !note(model).isEmpty {
            let rows = TextWidth.wrapped(note(model), columns: model.columns - edges, lines: mostNoteRows)
            lines += [.blank] + rows.map { .note($0) }
        }
        return lines
    }

    private static func draw(
        _ line: Line, column: Int, row: Int, limit: Int, in part: Column, _ theme: Theme,
        into grid: inout CellGrid
    ) {
        switch line {
        case .blank: break
        case .heading(let text):
            write(text, column: column, row: row, limit: limit, theme.accent, into: &grid)
        case .note(let text): write(text, column: column, row: row, limit: limit, theme.quiet, into: &grid)
        case .entry(let names, let words):
            let end = write(names, column: column, row: row, limit: limit, theme.strong, into: &grid)
            let start = max(column + part.namesWidth, end) + part.gap
            write(words, column: start, row: row, limit: limit, theme.bar, into: &grid)
        }
    }

    @discardableResult
    private static func write(
        _ text: String, column: Int, row: Int, limit: Int, _ brush: Brush, into grid: inout CellGrid
    ) -> Int {
        let shown = TextWidth.clipped(text, columns: limit - column)
        return grid.write(shown, column: column, row: row, limit: limit, brush)
    }
}
