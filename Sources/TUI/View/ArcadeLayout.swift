import Protocol

/// Where the games and the board of the arcade's menu are.
struct ArcadeLayout {
    /// The games, each in so many rows.
    let games: Layout.Area
    let gameRows: Int
    /// The frame of the board; nil where there is no room.
    let board: Layout.Area?
    /// The text of the chosen game's rule; nil where there is no room.
    let rule: Layout.Area?

    private let periods: [(period: BoardPeriod, columns: Range<Int>)]

    private static let gamesColumns = 30
    private static let wideColumns = 72
    private static let boardColumns = 56

    init(_ model: Model) {
        let area = model.layout.canvas
        let count = ArcadeGameID.all.count
        if area.columns >= Self.wideColumns, area.rows >= 14 {
            let width = min(area.columns - Self.gamesColumns - 6, Self.boardColumns)
            let left = (area.columns - Self.gamesColumns - width - 2) / 2
            gameRows = 3
            games = Layout.Area(column: left, row: area.row + 2, columns: Self.gamesColumns, rows: count * 3)
            board = Layout.Area(
                column: left + Self.gamesColumns + 2, row: area.row + 1, columns: width,
                rows: min(area.rows - 3, 24))
            rule = Layout.Area(
                column: left + 2, row: games.row + games.rows + 1, columns: Self.gamesColumns - 2,
                rows: max(area.row + area.rows - 2 - games.row - games.rows - 1, 0))
        } else {
            gameRows = 1
            games = Layout.Area(
                column: 1, row: area.row, columns: area.columns - 2, rows: min(count, area.rows))
            let rest = area.rows - count - 1
            board =
                rest >= 4
                ? Layout.Area(column: 1, row: area.row + count, columns: area.columns - 2, rows: rest) : nil
            rule = nil
        }
        periods = board.map { Self.periods(in: $0) } ?? []
    }

    private static func periods(in board: Layout.Area) -> [(BoardPeriod, Range<Int>)] {
        var column = board.column + 2
        return BoardPeriod.allCases.map { period in
            let end = column + TextWidth.of(ArcadeWords.period(period)) + 2
            defer { column = end + 1 }
            return (period, column..<end)
        }
    }

    /// Where the times stand that a board can cover.
    var tabs: [(period: BoardPeriod, columns: Range<Int>)] { periods }

    /// The time under a cell.
    func period(column: Int, row: Int) -> BoardPeriod? {
        guard let board, row == board.row + 1 else { return nil }
        return periods.first { $0.columns.contains(column) }?.period
    }

    /// The game under a cell.
    func index(column: Int, row: Int) -> Int? {
        games.contains(column: column, row: row) ? (row - games.row) / gameRows : nil
    }
}
