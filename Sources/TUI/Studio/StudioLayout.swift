import Protocol

/// Where the studio's parts are.
struct StudioLayout {
    static let smallestColumns = 36
    static let smallestRows = 18

    let columns: Int
    let rows: Int
    /// The form's rows, one a field, with a blank one before the colors.
    let form: Layout.Area
    /// Three rows about the chosen field: what is wrong with it, or what it is.
    let note: Layout.Area
    /// The frame around the base colors.
    let grid: Layout.Area
    /// Colors side by side, and how wide each is.
    let gridColumns: Int
    static let gridCell = 16
    /// The first row of colors that is shown.
    let firstGridRow: Int
    /// The live scene; none where there is no room.
    let scene: Layout.Area?

    private static let leastWide = 72
    /// Where a field's content begins.
    static let contentColumn = 10
    /// Each color of a field: two cells, and one between them.
    static let valueColumns = 3

    var fits: Bool { columns >= Self.smallestColumns && rows >= Self.smallestRows }
    var hintRow: Int { rows - 2 }
    var statusRow: Int { rows - 1 }

    init(_ studio: Studio) {
        columns = studio.columns
        rows = studio.rows
        let isWide = columns >= Self.leastWide
        let width = isWide ? (columns >= 110 ? 56 : 39) : columns
        form = Layout.Area(column: 0, row: 1, columns: width, rows: StudioField.allCases.count + 1)
        note = Layout.Area(column: 2, row: form.row + form.rows, columns: width - 3, rows: 3)
        let gridRow = note.row + note.rows
        grid = Layout.Area(column: 1, row: gridRow, columns: width - 2, rows: max(rows - 2 - gridRow, 0))
        gridColumns = max((grid.columns - 2) / Self.gridCell, 1)
        let shown = max(grid.rows - 2, 1)
        let all = (studio.colors.colors.count + gridColumns - 1) / gridColumns
        let marked = (studio.gridIndex ?? 0) / gridColumns
        firstGridRow = max(min(marked - shown / 2, all - shown), 0)
        if studio.isPreviewWhole {
            scene = Layout.Area(column: 0, row: 0, columns: columns, rows: rows)
        } else if isWide {
            scene = Layout.Area(column: width, row: 1, columns: columns - width - 1, rows: rows - 4)
        } else {
            scene = nil
        }
    }

    /// The row of a field.
    func row(of field: StudioField) -> Int { form.row + field.rawValue + (field.input == nil ? 0 : 1) }

    /// The field in a row.
    func field(row: Int) -> StudioField? { StudioField.allCases.first { self.row(of: $0) == row } }

    /// The place of the color under a column of a field.
    static func value(column: Int) -> Int? {
        let offset = column - contentColumn
        return offset >= 0 && offset % valueColumns != 0 ? offset / valueColumns : nil
    }

    /// The base color under a cell.
    func colorIndex(column: Int, row: Int, count: Int) -> Int? {
        let inside = Layout.Area(
            column: grid.column + 1, row: grid.row + 1, columns: gridColumns * Self.gridCell,
            rows: max(grid.rows - 2, 0))
        guard inside.contains(column: column, row: row) else { return nil }
        let index =
            (firstGridRow + row - inside.row) * gridColumns + (column - inside.column) / Self.gridCell
        return index < count ? index : nil
    }
}

extension Studio {
    /// What the mouse does in the studio.
    mutating func take(_ mouse: MouseEvent) -> [StudioCommand] {
        guard mouse.kind == .press(.left) || mouse.kind == .wheelUp || mouse.kind == .wheelDown else {
            return []
        }
        if overlay == .help || isPreviewWhole {
            if mouse.kind == .press(.left) { (overlay, isPreviewWhole) = (.none, false) }
            return []
        }
        guard overlay == .none else { return [] }
        let layout = StudioLayout(self)
        switch mouse.kind {
        case .wheelUp: return perform(picking == nil ? .field(by: -1) : .grid(dx: 0, dy: -1))
        case .wheelDown: return perform(picking == nil ? .field(by: 1) : .grid(dx: 0, dy: 1))
        default: break
        }
        if let index = layout.colorIndex(column: mouse.column, row: mouse.row, count: colors.colors.count) {
            // A click on a base color is all of choosing it.
            if field.input != nil { look(at: index) }
            picking = nil
            return []
        }
        guard layout.form.contains(column: mouse.column, row: mouse.row),
            let field = layout.field(row: mouse.row)
        else { return [] }
        choose(field)
        if let input = field.input, let place = StudioLayout.value(column: mouse.column),
            place < draft.inputs[input]?.count ?? 0
        {
            value = place
        }
        return []
    }
}
