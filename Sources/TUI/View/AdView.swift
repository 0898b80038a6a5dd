import Protocol

/// An ad, shown before another page: its picture or text, its link, and how long it still is.
struct AdView {
    let model: Model
    let theme: Theme

    private var stop: AdDesk.Stop? { model.ads.stop }

    func draw(into grid: inout CellGrid) {
        HintLine.draw(model, theme, into: &grid)
        let area = model.layout.canvas
        guard let ad = stop?.ad else {
            let words = model.link.isLive ? "one moment" : Bars.words(for: model)
            return View.writeCentered(words, row: area.row + area.rows / 2, theme.words, into: &grid)
        }
        let body = self.body(ad)
        let widest = max(
            body.columns, TextWidth.of(ad.title) + 4, TextWidth.of(ad.caption ?? ""),
            TextWidth.of(ad.link ?? ""), 30)
        let width = min(widest + 6, area.columns - 2)
        let captionRows = ad.caption == nil ? 0 : 1
        let link = linkRows(ad, columns: width - 4, most: area.rows - 2 - captionRows)
        let more = captionRows + link.count
        let height = min(body.rows + (more > 0 ? more + 1 : 0) + 4, area.rows)
        let box = Layout.Area(
            column: (area.columns - width) / 2, row: area.row + (area.rows - height) / 2, columns: width,
            rows: height)
        Box.draw(
            column: box.column, row: box.row, columns: box.columns, rows: box.rows, title: ad.title,
            edge: theme.accent, theme, into: &grid)
        let isAiry = box.rows >= body.rows + more + 4
        let top = box.row + (isAiry ? 2 : 1)
        let room = max(box.row + box.rows - 1 - top - more, 0)
        draw(ad, in: box, top: top, rows: min(body.rows, room), into: &grid)
        var row = box.row + box.rows - 1 - more - (isAiry ? 1 : 0)
        if let caption = ad.caption {
            center(caption, in: box, row: row, theme.bar, into: &grid)
            row += 1
        }
        // One below the other, so that they can be selected as a block.
        let linkColumn = box.column + (box.columns - (link.map { TextWidth.of($0) }.max() ?? 0)) / 2
        for (offset, text) in link.enumerated() {
            let end = grid.write(
                text, column: linkColumn, row: row + offset, limit: box.column + box.columns - 1, theme.accent
            )
            guard let url = ad.link, end > linkColumn else { continue }
            grid.links.append(.init(row: row + offset, columns: linkColumn..<end, url: url))
        }
        drawFooter(box, into: &grid)
    }

    /// In the frame's lower edge, to the right: the seconds that are left, or what to do now.
    private func drawFooter(_ box: Layout.Area, into grid: inout CellGrid) {
        guard let text = footer else { return }
        grid.write(
            text, column: box.column + box.columns - 2 - TextWidth.of(text), row: box.row + box.rows - 1,
            limit: box.column + box.columns - 1,
            stop?.isOver == true ? theme.badge(theme.good) : theme.strong)
    }

    /// What the frame says; nil while nothing is shown.
    private var footer: String? {
        guard let stop else { return nil }
        if stop.isOver { return " Enter goes on " }
        guard let endsMs = stop.endsMs else { return nil }
        return " \(Seconds.left(until: endsMs, nowMs: model.clockMs)) s "
    }

    /// The link, broken into at most so many rows: whoever copies it needs all of it.
    ///
    /// Only where more would be needed its end is cut.
    private func linkRows(_ ad: Ad, columns: Int, most: Int) -> [String] {
        guard let link = ad.link else { return [] }
        let wrapped = WrappedText(Array(PlayerName.displayed(link)), columns: columns)
        var rows = wrapped.rows.indices.map { wrapped.text(row: $0) }
        let last = max(most, 1) - 1
        if rows.count > last + 1 {
            let rest = rows[last...].joined()
            rows[last...] = [TextWidth.clipped(rest, columns: columns)]
        }
        return rows
    }

    // MARK: Body

    private func body(_ ad: Ad) -> (columns: Int, rows: Int) {
        switch ad.body {
        case .text(let lines): (lines.map { TextWidth.of($0) }.max() ?? 0, lines.count)
        case .picture(let rows, _): (rows.first?.count ?? 0, (rows.count + 1) / 2)
        }
    }

    private func draw(
        _ ad: Ad, in box: Layout.Area, top: Int, rows: Int, into grid: inout CellGrid
    ) {
        switch ad.body {
        case .text(let lines):
            for (offset, line) in lines.prefix(rows).enumerated() {
                center(line, in: box, row: top + offset, theme.strong, into: &grid)
            }
        case .picture(let lines, let inks):
            let pixels = lines.map { $0.map { inks[$0] } }
            let width = min(pixels.first?.count ?? 0, box.columns - 2)
            let left = box.column + (box.columns - width) / 2
            for row in 0..<rows {
                let upper = pixels[row * 2]
                let lower = row * 2 + 1 < pixels.count ? pixels[row * 2 + 1] : []
                for column in 0..<width {
                    put(
                        upper[column], column < lower.count ? lower[column] : nil, column: left + column,
                        row: top + row, into: &grid)
                }
            }
        }
    }

    private func put(
        _ upper: Palette.Color?, _ lower: Palette.Color?, column: Int, row: Int, into grid: inout CellGrid
    ) {
        guard upper != nil || lower != nil else { return }
        guard theme.hasColor else {
            let scalar = MonochromeShades.cell(upper: upper?.luma ?? 0, lower: lower?.luma ?? 0)
            return grid.put(Cell(scalar, theme.ground), column: column, row: row)
        }
        let ground = theme.bar.background
        let (up, low) = (upper.map { Ink($0) } ?? ground, lower.map { Ink($0) } ?? ground)
        grid.put(
            Cell(up == low ? " " : "▀", Brush(foreground: up, background: low)), column: column, row: row)
    }

    private func center(
        _ text: String, in box: Layout.Area, row: Int, _ brush: Brush, into grid: inout CellGrid
    ) {
        let shown = Bars.clean(text, columns: box.columns - 4)
        let column = box.column + (box.columns - TextWidth.of(shown)) / 2
        grid.write(shown, column: column, row: row, limit: box.column + box.columns - 1, brush)
    }
}
