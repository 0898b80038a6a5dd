import Protocol

/// Where things are on the start page, at any size of screen.
struct HomeLayout {
    /// The program's name, where there is room for it.
    let logo: (picture: Logo, column: Int, row: Int)?
    /// The rows that say who is here; none where there is no room.
    let greeting: Layout.Area?
    /// The row that says what goes on; none where there is no room.
    let activity: Layout.Area?
    /// The menu's lines.
    let pages: [Page]
    /// The menu, each of its lines in so many rows.
    let menu: Layout.Area
    let itemRows: Int
    /// The first line of the menu that is shown.
    let first: Int
    /// The frame around the small canvas, where there is room for it.
    let miniature: Layout.Area?

    private let canvas: Extent?
    private let ownZoom: Zoom

    private static let menuColumns = 36
    /// Where details stand beside the titles.
    private static let wideMenuColumns = 50
    private static let gap = 2
    private static let wideColumns = 72

    init(_ model: Model) {
        let area = model.layout.canvas
        pages = model.homePages
        let count = pages.count
        canvas = model.canvas?.extent
        ownZoom = model.viewport.zoom
        let isWide = area.columns >= Self.wideColumns && area.rows >= 14
        let picture =
            area.columns >= 104 && area.rows >= 34
            ? Logo(scale: 2) : area.columns >= 52 && area.rows >= 15 ? Logo.small(model.charset) : nil
        let wordRows = area.rows >= 12 ? 2 : area.rows >= count + 2 ? 1 : 0
        let logoRows = picture.map { $0.rows + 1 } ?? 0
        let aboveRows = logoRows + wordRows + (area.rows >= 12 ? 1 : 0)
        // The last row is for short words, where there is one to spare.
        let spare = area.rows - 1 - aboveRows
        itemRows = [3, 2].first { $0 * count + 2 <= spare } ?? 1
        let top = area.row + max((spare - itemRows * count) / 2, 0)
        logo = picture.map { ($0, (area.columns - $0.columns) / 2, top) }
        let menuColumns = itemRows > 1 ? Self.menuColumns : Self.wideMenuColumns
        let width =
            isWide
            ? min(area.columns - 4, menuColumns + Self.gap + max(area.columns / 2 - 4, 24))
            : area.columns - 2
        let left = (area.columns - width) / 2
        let words = Layout.Area(column: 1, row: top + logoRows, columns: area.columns - 2, rows: 1)
        greeting = wordRows > 0 ? words : nil
        activity =
            wordRows > 1
            ? Layout.Area(column: words.column, row: words.row + 1, columns: words.columns, rows: 1) : nil
        let start = top + aboveRows
        // Why there is no connection stays in the last row, and must not lie over the choice.
        let end = area.row + area.rows - (model.closedWords == nil ? 0 : 1)
        let rows = max(min(itemRows * count, end - start), 1)
        menu = Layout.Area(
            column: left, row: start, columns: isWide ? menuColumns : width, rows: rows)
        let shown = max(rows / itemRows, 1)
        first = max(min((pages.firstIndex(of: model.home.chosen) ?? 0) - shown / 2, count - shown), 0)
        miniature =
            isWide
            ? Layout.Area(
                column: left + menuColumns + Self.gap, row: start, columns: width - menuColumns - Self.gap,
                rows: rows) : nil
    }

    /// The zoom at which the whole canvas is seen in its frame; the canvas's own where there is no frame.
    var zoom: Zoom {
        guard let canvas, let miniature else { return ownZoom }
        return .whole(
            width: canvas.width, height: canvas.height, columns: miniature.columns - 2,
            halfRows: (miniature.rows - 2) * 2)
    }

    /// The line of the menu under a cell.
    func index(column: Int, row: Int) -> Int? {
        guard menu.contains(column: column, row: row) else { return nil }
        let index = first + (row - menu.row) / itemRows
        return index < pages.count ? index : nil
    }
}
