import Protocol

/// The boxes beside the canvas's cursor that stay open while it moves: who placed a cell, and how far a template is.
struct CanvasBoxes {
    let model: Model
    let theme: Theme
    private let boxes: BoxPlacement

    static func draw(_ model: Model, _ placement: Placement, _ theme: Theme, into grid: inout CellGrid) {
        guard let boxes = placement.boxes else { return }
        let view = CanvasBoxes(model: model, theme: theme, boxes: boxes)
        if let spot = boxes.owner { view.drawOwner(at: spot, into: &grid) }
        if let spot = boxes.progress, let match = model.desk.match {
            view.drawProgress(match, at: spot, into: &grid)
        }
    }

    private func drawLine(_ text: String, _ brush: Brush, in area: Layout.Area, into grid: inout CellGrid) {
        write(text, brush, columns: area.column..<area.column + area.columns, row: area.row, into: &grid)
    }

    // MARK: Who placed it

    private func drawOwner(at spot: BoxPlacement.Spot, into grid: inout CellGrid) {
        let words = OwnerWords(model)
        let (place, area) = (words.place, spot.area)
        if spot.isLine { return drawLine(words.line, theme.bar, in: area, into: &grid) }
        let title = "\(place.x),\(place.y)"
        Box.draw(
            column: area.column, row: area.row, columns: area.columns, rows: area.rows, title: title, theme,
            into: &grid)
        let line = area.column + 2..<area.column + area.columns - 2
        if let canvas = model.canvas {
            let index = canvas.index(at: place)
            let color = canvas.color(index)
            let swatch = theme.hasColor ? "  " : "\(ColorSigns.sign(of: index)) "
            let column = grid.write(
                swatch, column: line.lowerBound, row: area.row + 1, limit: line.upperBound,
                theme.text(on: color))
            grid.write(
                " color \(index)  \(color.hex)", column: column, row: area.row + 1, limit: line.upperBound,
                theme.quiet)
        }
        write(words.name, theme.strong, columns: line, row: area.row + 2, into: &grid)
        if let age = words.age { write(age, theme.bar, columns: line, row: area.row + 3, into: &grid) }
        guard model.desk.owners.answer(at: place)?.account != nil else { return }
        drawFollowing(in: area, into: &grid)
    }

    /// In the frame's lower edge: the key that follows whoever placed it.
    private func drawFollowing(in area: Layout.Area, into grid: inout CellGrid) {
        guard let press = model.bindings.press(for: .tool(.follow), in: model.keyScene) else { return }
        let hint = " \(press.label) \(model.desk.following == nil ? "follows" : "ends following") "
        let width = TextWidth.of(hint)
        let column = area.column + area.columns - width - 2
        let row = area.row + area.rows - 1
        grid.write(hint, column: column, row: row, limit: area.column + area.columns - 1, theme.quiet)
        grid.mark(press, Layout.Area(column: column, row: row, columns: width, rows: 1))
    }

    // MARK: How far the template is

    /// All of it in one line.
    static func progressLine(_ model: Model, _ match: TemplateMatch) -> String {
        let name = model.template.map { Bars.clean($0.name, columns: 16) + " " } ?? ""
        let left = match.wrong == 0 ? "done" : "\(Spelled.grouped(match.wrong)) left"
        return " \(name)\(match.percent)% · \(left) "
    }

    private func drawProgress(
        _ match: TemplateMatch, at spot: BoxPlacement.Spot, into grid: inout CellGrid
    ) {
        let (area, name) = (spot.area, model.template?.name ?? "")
        let done = match.wrong == 0
        if spot.isLine {
            return drawLine(
                Self.progressLine(model, match), done ? theme.good : theme.bar, in: area, into: &grid)
        }
        guard let image = model.canvas else { return }
        let colors = match.byRest.prefix(boxes.colorCount)
        let hidden = match.byRest.count - colors.count
        Box.draw(
            column: area.column, row: area.row, columns: area.columns, rows: area.rows,
            title: name, theme, into: &grid)
        let line = area.column + 2..<area.column + area.columns - 2
        let left = done ? "done" : "\(Spelled.grouped(match.wrong)) left"
        let words = "\(match.percent)% of \(Spelled.grouped(match.wanted))"
        write(words, theme.strong, columns: line, row: area.row + 1, into: &grid)
        let end = line.upperBound - TextWidth.of(left)
        write(
            left, done ? theme.good : theme.bar, columns: end..<line.upperBound, row: area.row + 1,
            into: &grid)
        drawBar(
            match.wanted - match.wrong, of: match.wanted, done ? theme.good : theme.accent, columns: line,
            row: area.row + 2, into: &grid)
        for (number, item) in colors.enumerated() {
            drawColor(
                item.color, item.count, image.color(item.color), columns: line, row: area.row + 3 + number,
                into: &grid)
        }
        guard hidden > 0 else { return }
        write("and \(hidden) more", theme.quiet, columns: line, row: area.row + area.rows - 2, into: &grid)
    }

    /// One color: its sign on it, a bar, and how many are left.
    private func drawColor(
        _ index: UInt8, _ count: TemplateMatch.Count, _ color: Palette.Color, columns: Range<Int>, row: Int,
        into grid: inout CellGrid
    ) {
        let sign = " \(ColorSigns.sign(of: index)) "
        let column = grid.write(
            sign, column: columns.lowerBound, row: row, limit: columns.upperBound, theme.text(on: color))
        let left = count.wrong == 0 ? "done" : Spelled.grouped(count.wrong)
        let start = columns.upperBound - TextWidth.of(left)
        grid.write(
            left, column: start, row: row, limit: columns.upperBound,
            count.wrong == 0 ? theme.good : theme.bar)
        drawBar(
            count.wanted - count.wrong, of: count.wanted, theme.bar,
            columns: column + 1..<max(columns.upperBound - 7, column + 1), row: row, into: &grid)
    }

    private func drawBar(
        _ part: Int, of whole: Int, _ brush: Brush, columns: Range<Int>, row: Int, into grid: inout CellGrid
    ) {
        let filled = whole == 0 ? columns.count : part * columns.count / whole
        for (offset, column) in columns.enumerated() {
            let isFilled = offset < filled
            grid.put(Cell(isFilled ? "━" : "─", isFilled ? brush : theme.quiet), column: column, row: row)
        }
    }

    private func write(
        _ text: String, _ brush: Brush, columns: Range<Int>, row: Int, into grid: inout CellGrid
    ) {
        grid.write(
            TextWidth.clipped(text, columns: columns.count), column: columns.lowerBound, row: row,
            limit: columns.upperBound, brush)
    }
}
