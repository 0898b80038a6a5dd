import Protocol

/// Where picture, bar and words are on the page of the past.
struct ReplayLayout: Hashable {
    /// The canvas as it was.
    let picture: Layout.Area
    /// The bar, one row, whose columns stand for all that is kept.
    let bar: Layout.Area
    /// How it is played, left of the bar.
    let label: Layout.Area
    /// The row that tells the moment, and below it who was active.
    let wordsRow: Int
    private let versions: ClosedRange<Version>?

    /// Bar, moment, who was active.
    static let panelRows = 3
    private static let labelColumns = 9

    init(_ model: Model) {
        let area = model.layout.canvas
        picture = Layout.Area(
            column: area.column, row: area.row, columns: area.columns,
            rows: max(area.rows - Self.panelRows, 1))
        let row = picture.row + picture.rows
        label = Layout.Area(column: area.column + 1, row: row, columns: Self.labelColumns - 1, rows: 1)
        bar = Layout.Area(
            column: area.column + 1 + Self.labelColumns, row: row,
            columns: max(area.columns - Self.labelColumns - 2, 2), rows: 1)
        wordsRow = row + 1
        versions = model.replay.versions
    }

    /// The version that a column of the bar stands for; beside it the nearest.
    func version(column: Int) -> Version? {
        guard let versions else { return nil }
        let at = Version(min(max(column - bar.column, 0), bar.columns - 1))
        let last = Version(max(bar.columns - 1, 1))
        let span = versions.upperBound - versions.lowerBound
        // In whole numbers, without a product that could be too large.
        return versions.lowerBound + span / last * at + span % last * at / last
    }

    /// The column of the bar that a version stands at.
    func column(of version: Version) -> Int {
        guard let versions, versions.upperBound > versions.lowerBound else { return bar.column }
        let part = Double(version - versions.lowerBound) / Double(versions.upperBound - versions.lowerBound)
        return bar.column + Int((min(max(part, 0), 1) * Double(bar.columns - 1)).rounded())
    }
}
