/// Where the lines of the settings are, and which of them are seen.
struct SettingsLayout {
    /// A row of the page: a heading, or a line by its place among all.
    enum Line: Hashable, Sendable {
        case heading(String)
        case blank
        case row(Int)
    }

    let area: Layout.Area
    let rows: [SettingsDesk.Row]
    /// What stands in the area's rows.
    let shown: [Line]
    /// Where values begin.
    let valueColumn: Int
    /// Where the words about a setting begin; nil where there is no room.
    let detailColumn: Int?

    private static let widest = 100
    private static let valueColumns = 16

    init(_ model: Model) {
        let canvas = model.layout.canvas
        let width = min(canvas.columns - 2, Self.widest)
        // The last row is for short words.
        area = Layout.Area(
            column: (canvas.columns - width) / 2, row: canvas.row + (canvas.rows >= 16 ? 1 : 0),
            columns: width,
            rows: max(canvas.rows - (canvas.rows >= 16 ? 2 : 1), 1))
        rows = model.settingsDesk.rows(model.bindings)
        let isAiry = canvas.rows >= 12
        var lines: [Line] = isAiry ? [.heading("Looks and ways")] : []
        for (index, row) in rows.enumerated() {
            if row == .scene, isAiry { lines += [.blank, .heading("Keys")] }
            lines.append(.row(index))
        }
        let at = lines.firstIndex(of: .row(model.settingsDesk.chosen)) ?? 0
        let first = max(min(at - area.rows / 2, lines.count - area.rows), 0)
        shown = Array(lines.dropFirst(first).prefix(area.rows))
        valueColumn = area.column + min(24, area.columns / 2 + 2)
        let detail = valueColumn + Self.valueColumns
        detailColumn = detail + 30 <= area.column + area.columns ? detail : nil
    }

    /// The line under a cell.
    func index(column: Int, row: Int) -> Int? {
        guard area.contains(column: column, row: row), shown.indices.contains(row - area.row),
            case .row(let index) = shown[row - area.row]
        else { return nil }
        return index
    }
}

/// The page of settings.
struct SettingsView {
    let model: Model
    let theme: Theme

    private var desk: SettingsDesk { model.settingsDesk }

    func draw(into grid: inout CellGrid) {
        HintLine.draw(model, theme, into: &grid)
        let layout = SettingsLayout(model)
        for (offset, line) in layout.shown.enumerated() {
            let row = layout.area.row + offset
            switch line {
            case .blank: break
            case .heading(let text):
                grid.write(
                    text, column: layout.area.column, row: row, limit: grid.columns,
                    theme.onGround(theme.strong))
            case .row(let index): draw(layout.rows[index], index, row: row, layout, into: &grid)
            }
        }
    }

    private func draw(
        _ line: SettingsDesk.Row, _ index: Int, row: Int, _ layout: SettingsLayout, into grid: inout CellGrid
    ) {
        let isChosen = index == desk.chosen
        let end = layout.area.column + layout.area.columns
        func brush(_ brush: Brush) -> Brush { isChosen ? brush : theme.onGround(brush) }
        if isChosen {
            grid.fill(columns: layout.area.column..<end, row: row, theme.bar)
            grid.write("▸", column: layout.area.column, row: row, limit: end, theme.accent)
        }
        let (title, value, detail) = words(of: line)
        let titleRoom = layout.valueColumn - layout.area.column - 3
        grid.write(
            TextWidth.clipped(title, columns: titleRoom), column: layout.area.column + 2, row: row,
            limit: layout.valueColumn - 1, brush(isChosen ? theme.strong : theme.bar))
        let valueEnd = layout.detailColumn.map { $0 - 2 } ?? end
        if isChosen, desk.capture != nil {
            let words = [" press a key, Esc leaves ", " press a key "]
            grid.write(
                words.first { layout.valueColumn + TextWidth.of($0) <= end } ?? words[1],
                column: layout.valueColumn + 1, row: row, limit: end, theme.badge(theme.warning))
            return
        }
        let canTurn = if case .key = line { false } else { true }
        let shown = canTurn && isChosen ? "‹ \(value) ›" : "  \(value)"
        grid.write(
            TextWidth.clipped(shown, columns: valueEnd - layout.valueColumn), column: layout.valueColumn,
            row: row,
            limit: valueEnd, brush(value == Self.none ? theme.quiet : theme.accent))
        if let column = layout.detailColumn {
            grid.write(
                TextWidth.clipped(detail, columns: end - column - 1), column: column, row: row, limit: end,
                brush(theme.quiet))
        }
    }

    private static let none = "—"

    private func words(of line: SettingsDesk.Row) -> (title: String, value: String, detail: String) {
        switch line {
        case .field(let field):
            return (field.title, field.word(in: model.settings), field.detail)
        case .scene:
            return ("keys of", desk.scene.name.split(separator: "_").joined(separator: " "), "")
        case .key(let action, let title):
            let labels = model.bindings.keys(for: action, in: desk.scene).map(\.label)
            let usual = KeyTable.entries(of: desk.scene).flatMap(\.keys).filter { $0.action == action }
            let isOwn = labels != usual.map(\.press.label)
            let detail = isOwn ? "yours; usually \(usual.map(\.press.label).joined(separator: " "))" : ""
            return (title, labels.isEmpty ? Self.none : labels.joined(separator: " "), detail)
        }
    }
}
