import Protocol

/// Where a game's field is on the screen, and which of its units a cell shows.
struct FieldLayout: Hashable, Sendable {
    /// The frame around the field; score and time stand in the row above it.
    let frame: Layout.Area
    /// The field itself.
    let area: Layout.Area
    /// How large a cell of a game of steps is drawn; nil for a field of pixels.
    let cell: Extent?

    private let field: ArcadeField

    /// What cells of games of steps can be, the largest first.
    private static let cells = [
        Extent(width: 15, height: 5), Extent(width: 11, height: 3), Extent(width: 6, height: 1),
    ]
    /// The frame's edges, and the row above.
    private static let otherRows = 3
    private static let otherColumns = 2

    /// Finds room; nil where there is too little.
    init?(_ game: ArcadeGameID, _ layout: Layout) {
        let room = layout.canvas
        let sizes = Self.sizes(game)
        let fitting = sizes.first {
            $0.field.width + Self.otherColumns <= room.columns
                && $0.field.height + Self.otherRows <= room.rows
        }
        guard let size = fitting else { return nil }
        cell = size.cell
        field = game.rules.field
        let rows = size.field.height + Self.otherRows
        frame = Layout.Area(
            column: (room.columns - size.field.width - Self.otherColumns) / 2,
            row: room.row + (room.rows - rows) / 2 + 1, columns: size.field.width + Self.otherColumns,
            rows: rows - 1)
        area = Layout.Area(
            column: frame.column + 1, row: frame.row + 1, columns: size.field.width,
            rows: size.field.height)
    }

    /// The smallest window that shows a game, as `62×24`.
    static func need(_ game: ArcadeGameID) -> String {
        let least = sizes(game).last?.field ?? Extent(width: 0, height: 0)
        let columns = max(least.width + otherColumns, Layout.smallestColumns)
        return "\(columns)×\(max(least.height + otherRows + Layout.barRows, Layout.smallestRows))"
    }

    /// What the field can be drawn as, in terminal cells, the largest first.
    private static func sizes(_ game: ArcadeGameID) -> [(field: Extent, cell: Extent?)] {
        let field = game.rules.field
        switch game.rules.category {
        case .timed: return [(Extent(width: field.width, height: (field.height + 1) / 2), nil)]
        case .steps:
            return cells.map {
                (Extent(width: field.width * $0.width, height: field.height * $0.height), $0)
            }
        }
    }

    /// What a cell of the screen shows of the field, the likeliest first: a terminal doesn't say which half of a
    /// cell the pointer is in, so one that comes from below means the lower one.
    func places(column: Int, row: Int, near aim: Place) -> [Place] {
        guard area.contains(column: column, row: row) else { return [] }
        let (x, y) = (column - area.column, row - area.row)
        if let cell { return [Place(x: x / cell.width, y: y / cell.height)] }
        let halves = [Place(x: x, y: y * 2), Place(x: x, y: y * 2 + 1)].filter { $0.y < field.height }
        return aim.y > y * 2 ? halves.reversed() : halves
    }
}
