/// The small map of the whole canvas over a corner of the view, while the view shows only a part.
struct Minimap: Hashable, Sendable {
    /// The map with its frame.
    let area: Layout.Area
    /// Pixels along half a cell of the map.
    let block: Int
    /// Half cells of the map.
    let size: Extent
    private let canvas: Extent

    /// The smallest screen that has room for it.
    static let leastColumns = 60
    static let leastRows = 18
    /// Parts of the view that the map may take, in each direction.
    private static let share = 5
    private static let mostColumns = 28
    private static let mostRows = 12
    /// Rows at the bottom that are left to short words.
    private static let wordRows = 3

    /// Finds a corner that covers none of some areas; nil where there is none, and where no map is wanted.
    init?(_ model: Model, keepingOff covered: [Layout.Area?]) {
        guard model.settings.showsMinimap, let canvas = model.canvas?.extent, model.page == .canvas,
            model.columns >= Self.leastColumns, model.rows >= Self.leastRows,
            model.wholeZoom != model.viewport.zoom, model.wholeZoom.isFarther(than: model.viewport.zoom)
        else { return nil }
        let view = model.layout.canvas
        block = Self.block(for: canvas, in: view)
        size = Extent(
            width: (canvas.width + block - 1) / block, height: (canvas.height + block - 1) / block)
        self.canvas = canvas
        let (columns, rows) = (size.width + 2, (size.height + 1) / 2 + 2)
        let right = view.column + view.columns - columns
        let bottom = view.row + view.rows - rows - Self.wordRows
        let corners = [(right, view.row), (right, bottom), (view.column, bottom), (view.column, view.row)]
            .map { Layout.Area(column: $0.0, row: $0.1, columns: columns, rows: rows) }
        let free = corners.first { corner in
            !covered.contains { $0.map { corner.overlaps($0) } ?? false }
        }
        guard let free else { return nil }
        area = free
    }

    /// The pixels along half a cell of a map of a canvas.
    static func block(for canvas: Extent, in view: Layout.Area) -> Int {
        let columns = max(min(view.columns / share, mostColumns), 1)
        let halfRows = max(min(view.rows / share + 2, mostRows), 1) * 2
        return max(
            (canvas.width + columns - 1) / columns, (canvas.height + halfRows - 1) / halfRows, 1)
    }

    /// The pixel in the middle of what a cell of the map shows, or the nearest to it.
    func place(column: Int, row: Int) -> Place {
        canvas.nearest(
            Place(
                x: (column - area.column - 1) * block + block / 2, y: (row - area.row - 1) * 2 * block + block
            ))
    }
}
