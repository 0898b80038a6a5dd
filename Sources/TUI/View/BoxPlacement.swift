/// Where the boxes go that stay open beside the canvas's cursor: into corners, where they cover nothing that matters.
struct BoxPlacement: Hashable, Sendable {
    /// Where one of them goes.
    struct Spot: Hashable, Sendable {
        var area: Layout.Area
        /// Whether there is room for one line only.
        var isLine: Bool
    }

    /// Who placed the cell at the cursor; nil while that isn't to be seen.
    private(set) var owner: Spot?
    /// How far the template is; nil while that isn't to be seen.
    private(set) var progress: Spot?
    /// How many colors of the template have a line of their own.
    let colorCount: Int

    private let canvas: Layout.Area
    /// The row below them, which is left to short words.
    private let end: Int
    /// What they must not cover.
    private var taken: [Layout.Area]
    /// What they had better not cover either.
    private let template: Layout.Area?

    private static let ownerColumns = 28
    private static let progressColumns = 34
    /// Fewer rows than that leave a line only.
    private static let boxRows = 12
    private static let maxColors = 8

    /// Places what is open.
    ///
    /// - Parameters:
    ///   - end: the row below them.
    ///   - taken: what they must not cover.
    init(_ model: Model, end: Int, keepingOff taken: [Layout.Area?]) {
        canvas = model.layout.canvas
        self.end = min(end, canvas.row + canvas.rows)
        self.taken = taken.compactMap { $0 }
        template = Self.template(model)
        let isSmall = canvas.rows < Self.boxRows || canvas.columns < Self.ownerColumns * 2
        let wanted = model.desk.match?.byRest.count ?? 0
        colorCount = min(wanted, isSmall ? 2 : min(Self.maxColors, canvas.rows / 2 - 2))
        guard model.canvas != nil else { return }
        if model.desk.owners.isOpen {
            owner =
                isSmall
                ? placeLine(OwnerWords(model).line) : placeBox(columns: Self.ownerColumns, rows: 5)
        }
        if model.desk.showsProgress, let match = model.desk.match {
            progress =
                placeBox(
                    columns: min(Self.progressColumns, canvas.columns),
                    rows: colorCount + (wanted > colorCount ? 5 : 4))
                ?? placeLine(CanvasBoxes.progressLine(model, match))
        }
    }

    /// What they cover.
    var areas: [Layout.Area] { [owner, progress].compactMap { $0?.area } }

    /// The columns inside the owner's box.
    static let ownerTextColumns = ownerColumns - 4

    private static func template(_ model: Model) -> Layout.Area? {
        guard let template = model.template else { return nil }
        let canvas = model.layout.canvas
        let corner = Place(
            x: template.origin.x + template.width - 1, y: template.origin.y + template.height - 1)
        let first = model.viewport.area(of: template.origin)
        let last = model.viewport.area(of: corner)
        let row = first.halfRows.lowerBound / 2
        return Layout.Area(
            column: canvas.column + first.columns.lowerBound, row: canvas.row + row,
            columns: last.columns.upperBound - first.columns.lowerBound,
            rows: (last.halfRows.upperBound + 1) / 2 - row)
    }

    private mutating func placeBox(columns: Int, rows: Int) -> Spot? {
        corner(columns: columns, rows: rows).map { Spot(area: $0, isLine: false) }
    }

    private mutating func placeLine(_ text: String) -> Spot? {
        corner(columns: min(TextWidth.of(text), canvas.columns), rows: 1).map { Spot(area: $0, isLine: true) }
    }

    /// A free corner of the canvas; below first, where the eye looks for words.
    private mutating func corner(columns: Int, rows: Int) -> Layout.Area? {
        guard columns <= canvas.columns, canvas.row + rows <= end else { return nil }
        let (left, top) = (canvas.column, canvas.row)
        let (right, bottom) = (left + canvas.columns - columns, end - rows)
        let corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
            .map { Layout.Area(column: $0.0, row: $0.1, columns: columns, rows: rows) }
        let allowed = corners.filter { corner in !taken.contains { $0.overlaps(corner) } }
        guard let free = allowed.first(where: { !(template?.overlaps($0) ?? false) }) ?? allowed.first else {
            return nil
        }
        taken.append(free)
        return free
    }
}
