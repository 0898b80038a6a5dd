import Protocol

/// Where the planets are on the screen of the click war.
struct ClickLayout {
    /// A planet's part of the screen.
    struct Slot {
        var name: String
        /// Its picture with the glow around it; where there is no room for pictures, its line.
        var area: Layout.Area
    }

    /// Pixels along a picture's side; nil where each planet is a line of text.
    let size: Int?
    let slots: [Slot]

    /// Lines of text under a picture.
    static let detailRows = 3
    /// The header, one's own clicks and the row for short words.
    private static let otherRows = 3
    /// Smaller pictures can't be told apart.
    private static let smallest = 10

    init(_ model: Model) {
        let area = model.layout.canvas
        let names = model.clicks.game?.planets.map(\.name) ?? []
        // Many planets are larger in two lines, where the screen is high.
        let forms = (1...2).map { Self.form(count: names.count, lines: $0, area) }
        let form = forms[1].size > forms[0].size ? forms[1] : forms[0]
        guard form.size >= Self.smallest else {
            size = nil
            slots = names.enumerated().map { number, name in
                Slot(
                    name: name,
                    area: Layout.Area(column: 0, row: area.row + 1 + number, columns: area.columns, rows: 1))
            }
            return
        }
        size = form.size
        let rows = (form.size + 2) / 2
        let lines = (names.count + form.each - 1) / form.each
        let spare = max(area.rows - Self.otherRows - lines * (rows + Self.detailRows), 0)
        slots = names.enumerated().map { number, name in
            let line = number / form.each
            let inLine = min(names.count - line * form.each, form.each)
            let left = (area.columns - form.width * inLine) / 2
            return Slot(
                name: name,
                area: Layout.Area(
                    column: left + form.width * (number % form.each),
                    row: area.row + 1 + spare * (line + 1) / (lines + 1) + line * (rows + Self.detailRows),
                    columns: form.width, rows: rows))
        }
    }

    /// How large pictures are in so many lines, how many stand in each, and how wide a part of the screen each has.
    private static func form(count: Int, lines: Int, _ area: Layout.Area) -> (
        size: Int, each: Int, width: Int
    ) {
        let each = max((count + lines - 1) / lines, 1)
        let width = area.columns / each
        // A pixel of sky on each side is for the glow.
        let room = min(width - 2, ((area.rows - otherRows) / lines - detailRows) * 2 - 2)
        let full = PlanetPicture.fullSize
        return (room >= 2 * full ? 2 * full : min(room, full) / 2 * 2, each, width)
    }

    /// The planet under a cell.
    func planet(column: Int, row: Int) -> String? {
        slots.first { $0.area.contains(column: column, row: row) }?.name
    }
}
