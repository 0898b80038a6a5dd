import Protocol

/// Where tabs, list and detail are on the page where a server is looked after.
struct AdminLayout: Hashable {
    /// The tabs' row.
    let tabRow: Int
    /// Each tab with its columns; where they don't all fit, the shown one alone.
    let tabs: [Tab]
    /// The row that says how the server or the list stands.
    let headRow: Int
    /// The row of the columns' titles; nil where there is no room.
    let titleRow: Int?
    /// The lines of the list, or the figures.
    let body: Layout.Area
    /// What there is to know of the chosen line.
    let detail: Layout.Area

    /// A tab's name on the screen.
    struct Tab: Hashable {
        var tab: AdminTab
        var text: String
        var columns: Range<Int>
    }

    private static let airyRows = 14

    init(_ model: Model) {
        let area = model.layout.canvas
        let shown = model.admin.tab
        let isAiry = area.rows >= Self.airyRows
        tabRow = area.row
        headRow = area.row + (isAiry ? 2 : 1)
        let isLive = shown == .live
        titleRow = isLive || area.rows < 10 ? nil : headRow + 1
        let first = (titleRow ?? headRow) + 1
        // The last row is for short words.
        let end = area.row + area.rows - 1
        let detailRows = isLive || area.rows < 9 ? 0 : isAiry ? 3 : 1
        body = Layout.Area(
            column: 1, row: first, columns: area.columns - 2, rows: max(end - detailRows - first, 1))
        detail = Layout.Area(
            column: 1, row: body.row + body.rows + (detailRows > 1 ? 1 : 0), columns: area.columns - 2,
            rows: max(detailRows - (detailRows > 1 ? 1 : 0), 0))
        tabs = Self.place(AdminTab.allCases, shown, columns: area.columns)
    }

    private static func place(_ all: [AdminTab], _ shown: AdminTab, columns: Int) -> [Tab] {
        func laid(_ texts: [(AdminTab, String)], gap: Int) -> [Tab] {
            var column = 1
            return texts.map { tab, text in
                defer { column += TextWidth.of(text) + gap }
                return Tab(tab: tab, text: text, columns: column..<column + TextWidth.of(text))
            }
        }
        let numbered = all.enumerated().map { ($1, " \($0 + 1) \($1.title) ") }
        let plain = all.map { ($0, " \($0.title) ") }
        for tabs in [laid(numbered, gap: 1), laid(plain, gap: 0)]
        where (tabs.last?.columns.upperBound ?? 0) < columns {
            return tabs
        }
        let at = all.firstIndex(of: shown) ?? 0
        return laid(
            [
                (shown.neighbor(by: -1), "‹"), (shown, " \(at + 1) \(shown.title) "),
                (shown.neighbor(by: 1), "›"),
            ], gap: 1)
    }

    /// The tab under a cell.
    func tab(column: Int, row: Int) -> AdminTab? {
        row == tabRow ? tabs.first { $0.columns.contains(column) }?.tab : nil
    }

    /// The first line of so many that is shown.
    func first(of count: Int, chosen: Int) -> Int { max(min(chosen - body.rows / 2, count - body.rows), 0) }

    /// The line of the list in a row of the screen.
    func index(row: Int, of count: Int, chosen: Int) -> Int? {
        guard row >= body.row, row < body.row + body.rows else { return nil }
        let index = first(of: count, chosen: chosen) + row - body.row
        return index < count ? index : nil
    }

    /// The columns of a list that there is room for, each with its place; none is wider than what stands in it.
    static func columns(
        _ all: [AdminColumn], _ rows: [AdminRow], in area: Layout.Area
    ) -> [(number: Int, columns: Range<Int>)] {
        let gap = 2
        // Two columns are the mark's.
        let room = area.columns - 2
        let wanted = all.enumerated().map { number, column in
            let widest = rows.map { TextWidth.of(PlayerName.displayed($0.cells[number])) }.max() ?? 0
            return min(max(widest, TextWidth.of(column.title)), column.most)
        }
        var kept = Array(all.indices)
        func least(_ number: Int) -> Int { min(all[number].least, wanted[number]) }
        func width() -> Int { kept.reduce(0) { $0 + least($1) } + gap * max(kept.count - 1, 0) }
        while width() > room, kept.count > 1, let worst = kept.map({ all[$0].rank }).max(),
            let at = kept.lastIndex(where: { all[$0].rank == worst })
        {
            kept.remove(at: at)
        }
        var spare = max(room - width(), 0)
        var column = area.column + 2
        return kept.map { number in
            let more = min(wanted[number] - least(number), spare)
            spare -= more
            let end = min(column + least(number) + more, area.column + area.columns)
            defer { column = end + gap }
            return (number, column..<max(end, column))
        }
    }
}
