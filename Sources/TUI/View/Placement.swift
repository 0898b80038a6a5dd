/// Where what lies over the canvas goes, so that nothing covers anything else, nor the cursor where that can be.
struct Placement: Hashable, Sendable {
    let form: Notice.Form
    private(set) var notice: Layout.Area?
    private(set) var prompt: Layout.Area?
    private(set) var map: Minimap?
    /// The boxes beside the cursor; nil away from the canvas.
    private(set) var boxes: BoxPlacement?
    /// The row for the newest toast or the hint; nil where there is no room.
    private(set) var toastRow: Int?
    /// Rows for toasts, the newest one's first.
    private(set) var toastRows: [Int] = []

    private let canvas: Layout.Area

    init(_ model: Model) {
        let layout = model.layout
        canvas = layout.canvas
        form = Notice.form(canvasRows: canvas.rows, isSmall: model.isNoticeSmall)
        guard layout.fits else { return }
        if case .help = model.overlay { return }
        if case .palette = model.overlay { return }
        notice = (model.page == .canvas ? model.notice : nil).map { place($0, cursor: Self.cursor(model)) }
        switch model.overlay {
        case .none, .help, .palette: break
        case .goTo, .turn: prompt = placePrompt(columns: 24, rows: 3)
        case .name: prompt = placePrompt(columns: Notice.boxColumns, rows: 4)
        case .code: prompt = placePrompt(columns: Notice.boxColumns, rows: 4)
        case .tool(let tool): if tool.isTyped { prompt = placePrompt(columns: Notice.boxColumns, rows: 4) }
        }
        map = Minimap(model, keepingOff: [notice, prompt, Self.cursor(model)])
        guard model.page == .canvas else {
            // The screens of games keep this row for it, where they have one to spare.
            toastRow = layout.paletteRow - 1
            toastRows = stack(above: layout.paletteRow - 1)
            return
        }
        let aboveNotice = notice.map { [$0.row - 2, $0.row - 1] } ?? []
        toastRow = ([layout.paletteRow - 2] + aboveNotice + [layout.paletteRow - 1]).first(where: isFree)
        toastRows = toastRow.map(stack) ?? []
        // Where the row of words lies in the middle, boxes below it would move with each of them.
        boxes = BoxPlacement(
            model, end: toastRow ?? canvas.row + canvas.rows,
            keepingOff: [notice, prompt, map?.area, Self.cursor(model)])
    }

    /// The rows upwards from the newest toast's, as far as they are free and much of the screen stays so.
    private func stack(above row: Int) -> [Int] {
        let count = canvas.rows < Self.leastStackedRows ? 1 : Toast.maxShown
        return Array((0..<count).map { row - $0 }.prefix(while: isFree))
    }

    private static let leastStackedRows = 12

    /// Where the cursor is shown.
    static func cursor(_ model: Model) -> Layout.Area? {
        guard model.canvas != nil else { return nil }
        let (columns, halfRows) = model.seenArea(of: model.cursor)
        let first = halfRows.lowerBound / 2
        let canvas = model.layout.canvas
        return Layout.Area(
            column: canvas.column + columns.lowerBound, row: canvas.row + first, columns: columns.count,
            rows: (halfRows.upperBound + 1) / 2 - first)
    }

    /// At the top, or at the bottom while the cursor would be covered there.
    private func place(_ notice: Notice, cursor: Layout.Area?) -> Layout.Area {
        let size = notice.size(in: form, columns: canvas.columns)
        let rows = min(size.rows, canvas.rows)
        // Where there is room, a row of canvas keeps it off the bars.
        let margin = form == .box ? 1 : 0
        let top = Layout.Area(
            column: canvas.column + (canvas.columns - size.columns) / 2, row: canvas.row + margin,
            columns: size.columns, rows: rows)
        var bottom = top
        bottom.row = canvas.row + canvas.rows - rows - margin
        guard let cursor, top.overlaps(cursor), !bottom.overlaps(cursor) else { return top }
        return bottom
    }

    /// In the middle, or as near to it as the notice leaves room.
    private func placePrompt(columns: Int, rows: Int) -> Layout.Area {
        var first = canvas.row
        var last = canvas.row + canvas.rows - rows
        if let notice {
            let isAbove = notice.row - canvas.row < canvas.rows / 2
            if isAbove { first = notice.row + notice.rows } else { last = notice.row - rows }
        }
        let middle = canvas.row + canvas.rows / 2 - (rows - 1) / 2
        let width = min(columns, canvas.columns - 2)
        return Layout.Area(
            column: (canvas.columns - width) / 2, row: max(min(max(middle, first), last), canvas.row),
            columns: width, rows: rows)
    }

    private func isFree(_ row: Int) -> Bool {
        let line = Layout.Area(column: canvas.column, row: row, columns: canvas.columns, rows: 1)
        return canvas.overlaps(line) && notice?.overlaps(line) != true && prompt?.overlaps(line) != true
    }
}

extension Model {
    /// Whether a notice is to be seen.
    var showsNotice: Bool { Placement(self).notice != nil }
}
