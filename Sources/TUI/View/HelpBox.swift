/// The keys, written from the same table that the input uses.
enum HelpBox {
    private enum Line {
        case heading(String)
        case entry(names: String, words: String)
        case blank
        case note(String)
    }

    private static let namesWidth = 18
    private static let columnWidth = 39
    private static let twoColumns = 80

    static func draw(_ model: Model, _ theme: Theme, scroll: Int, into grid: inout CellGrid) {
        let area = model.layout.canvas
        let isWide = grid.columns >= twoColumns
        let columns: [[Line]] =
            isWide
            ? [lines([.move, .view, .game, .screens], model), lines([.paint, .session], model)]
            : [lines(KeyTable.Section.allCases, model)]
        var height = columns.map(\.count).max() ?? 0
        if isWide { height += 2 }
        let rows = min(height + 2, area.rows)
        let inside = rows - 2
        let width = min((isWide ? 2 : 1) * columnWidth + 2, grid.columns)
        let left = (grid.columns - width) / 2
        let top = area.row + (area.rows - rows) / 2
        let last = max(height - inside, 0)
        let first = min(scroll, last)
        let title = last > 0 ? "Keys: ↑↓ scroll" : "Keys: any other closes this"
        Box.draw(column: left, row: top, columns: width, rows: rows, title: title, theme, into: &grid)
        for (number, lines) in columns.enumerated() {
            let start = left + 2 + number * columnWidth
            let limit = number + 1 < columns.count ? start + columnWidth - 1 : left + width - 1
            for (offset, line) in lines.dropFirst(first).prefix(inside).enumerated() {
                draw(line, column: start, row: top + 1 + offset, limit: limit, theme, into: &grid)
            }
        }
        if isWide, height - 1 - first < inside {
            draw(
                .note(note(model)), column: left + 2, row: top + height - first, limit: left + width - 1,
                theme, into: &grid)
        }
    }

    private static func note(_ model: Model) -> String {
        switch model.keyScene {
        case .canvas: model.purpose == .play ? KeyTable.canvasMouseWords : KeyTable.watchMouseWords
        case .clicks: KeyTable.clickMouseWords
        case .lobby: KeyTable.lobbyMouseWords
        case .home, .waiting, .answering, .watched, .result, .outcome, .tryingOn, .buying, .feedback, .ad: ""
        case .arcade: KeyTable.arcadeMouseWords
        case .run: KeyTable.runMouseWords
        case .shop: KeyTable.shopMouseWords
        }
    }

    private static func lines(_ sections: [KeyTable.Section], _ model: Model) -> [Line] {
        var lines: [Line] = []
        for section in sections {
            let entries = KeyTable.entries(of: model.keyScene).filter {
                $0.section == section && (model.purpose == .play || !$0.playOnly)
            }
            guard !entries.isEmpty else { continue }
            if !lines.isEmpty { lines.append(.blank) }
            lines.append(.heading(section.rawValue))
            lines += entries.map { .entry(names: $0.names, words: $0.words) }
        }
        if sections.count == KeyTable.Section.allCases.count {
            lines += [.blank, .note(note(model))]
        }
        return lines
    }

    private static func draw(
        _ line: Line, column: Int, row: Int, limit: Int, _ theme: Theme, into grid: inout CellGrid
    ) {
        switch line {
        case .blank: break
        case .heading(let text): grid.write(text, column: column, row: row, limit: limit, theme.accent)
        case .note(let text): grid.write(text, column: column, row: row, limit: limit, theme.quiet)
        case .entry(let names, let words):
            grid.write(names, column: column, row: row, limit: min(column + namesWidth, limit), theme.strong)
            grid.write(words, column: column + namesWidth, row: row, limit: limit, theme.bar)
        }
    }
}
