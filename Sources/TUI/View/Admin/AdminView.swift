import Protocol

/// The page where a server is looked after: figures or a list, and what lies over it.
struct AdminView {
    let model: Model
    let theme: Theme
    private let layout: AdminLayout

    private var admin: AdminDesk { model.admin }

    init(model: Model, theme: Theme) {
        self.model = model
        self.theme = theme
        layout = AdminLayout(model)
    }

    func draw(into grid: inout CellGrid) {
        HintLine.draw(model, theme, into: &grid)
        guard model.role >= .moderator else {
            return drawWords(model.adminStanding, in: model.layout.canvas, into: &grid)
        }
        drawTabs(into: &grid)
        if model.adminRefusal == nil { drawHead(into: &grid) }
        if let refusal = model.adminRefusal {
            drawWords(refusal, in: layout.body, into: &grid)
        } else if admin.tab == .live {
            AdminLiveView(model: model, theme: theme, area: layout.body).draw(into: &grid)
        } else {
            drawList(into: &grid)
        }
        switch admin.prompt {
        case nil: break
        case .form(let form)?: AdminFormView(form: form, model: model, theme: theme).draw(into: &grid)
        case .question(let question)?:
            AdminQuestionView(question: question, model: model, theme: theme).draw(into: &grid)
        }
    }

    // MARK: Above the list

    private func drawTabs(into grid: inout CellGrid) {
        grid.fill(columns: 0..<grid.columns, row: layout.tabRow, theme.bar)
        for tab in layout.tabs {
            grid.write(
                tab.text, column: tab.columns.lowerBound, row: layout.tabRow, limit: grid.columns,
                tab.tab == admin.tab ? theme.badge(theme.accent) : theme.bar)
        }
    }

    private func drawHead(into grid: inout CellGrid) {
        let words = TextWidth.fitting(model.adminHeads, columns: layout.body.columns)
        grid.write(
            words, column: layout.body.column, row: layout.headRow, limit: grid.columns - 1,
            theme.onGround(admin.isBusy ? theme.warning : theme.quiet))
    }

    // MARK: The list

    private func drawList(into grid: inout CellGrid) {
        let first = layout.first(of: model.adminRowCount, chosen: admin.chosen)
        let rows = model.adminRows(from: first, count: layout.body.rows)
        guard !rows.isEmpty else {
            return drawWords(model.adminEmptiness, in: layout.body, into: &grid)
        }
        let all = admin.tab.columns
        let columns = AdminLayout.columns(all, rows, in: layout.body)
        if let row = layout.titleRow {
            for (number, place) in columns {
                write(
                    all[number].title, in: place, row: row, isRight: all[number].isRight, theme.ground,
                    into: &grid)
            }
        }
        let end = layout.body.column + layout.body.columns
        for (offset, line) in rows.enumerated() {
            let row = layout.body.row + offset
            let isChosen = first + offset == admin.chosen
            if isChosen {
                grid.fill(columns: layout.body.column..<end, row: row, theme.bar)
                grid.write("▸", column: layout.body.column, row: row, limit: end, theme.accent)
            }
            for (number, place) in columns {
                let isFirst = number == columns.first?.number
                let own = brush(line.tone, isFirst: isFirst, isChosen: isChosen)
                write(
                    PlayerName.displayed(line.cells[number]), in: place, row: row,
                    isRight: all[number].isRight,
                    isChosen ? own : theme.onGround(own), into: &grid)
            }
        }
        if let chosen = rows.dropFirst(admin.chosen - first).first { drawDetail(chosen, into: &grid) }
    }

    private func brush(_ tone: AdminRow.Tone, isFirst: Bool, isChosen: Bool) -> Brush {
        switch tone {
        case .usual: isFirst ? theme.strong : theme.bar
        case .good: isFirst ? theme.strong : theme.good
        case .warning: theme.warning
        case .failure: theme.failure
        case .quiet: theme.quiet
        }
    }

    private func drawDetail(_ row: AdminRow, into grid: inout CellGrid) {
        guard layout.detail.rows > 0 else { return }
        let lines = TextWidth.wrapped(
            PlayerName.displayed(row.detail), columns: layout.detail.columns,
            lines: layout.detail.rows)
        for (offset, line) in lines.enumerated() {
            grid.write(
                line, column: layout.detail.column, row: layout.detail.row + offset,
                limit: layout.detail.column + layout.detail.columns, theme.words)
        }
    }

    private func write(
        _ text: String, in columns: Range<Int>, row: Int, isRight: Bool, _ brush: Brush,
        into grid: inout CellGrid
    ) {
        let shown = TextWidth.clipped(text, columns: columns.count)
        let column = isRight ? columns.upperBound - TextWidth.of(shown) : columns.lowerBound
        grid.write(shown, column: column, row: row, limit: columns.upperBound, brush)
    }

    private func drawWords(_ words: String, in area: Layout.Area, into grid: inout CellGrid) {
        let lines = TextWidth.wrapped(words, columns: max(area.columns - 2, 1), lines: 3)
        let top = area.row + max((area.rows - lines.count) / 2, 0)
        for (offset, line) in lines.enumerated() {
            View.writeCentered(line, row: top + offset, theme.words, into: &grid)
        }
    }
}
