import Protocol

/// The whole canvas, small, in the middle of an area.
struct Miniature {
    let canvas: CanvasImage
    let zoom: Zoom
    let theme: Theme

    /// Half cells from left to right and from top to bottom.
    private var size: Extent {
        let (block, scale) = (zoom.block, zoom.scale)
        return Extent(
            width: (canvas.size.width + block - 1) / block * scale,
            height: (canvas.size.height + block - 1) / block * scale)
    }

    func draw(in area: Layout.Area, into grid: inout CellGrid) {
        let size = size
        let columns = min(size.width, area.columns)
        let rows = min((size.height + 1) / 2, area.rows)
        let left = area.column + (area.columns - columns) / 2
        let top = area.row + (area.rows - rows) / 2
        for row in 0..<rows {
            for column in 0..<columns {
                grid.put(cell(column, row, size), column: left + column, row: top + row)
            }
        }
    }

    private func cell(_ column: Int, _ row: Int, _ size: Extent) -> Cell {
        let upper = color(column, row * 2)
        let lower = row * 2 + 1 < size.height ? color(column, row * 2 + 1) : nil
        guard theme.hasColor else {
            return Cell(MonochromeShades.cell(upper: upper.luma, lower: lower?.luma ?? 0), theme.ground)
        }
        let below = lower.map { Ink($0) } ?? theme.bar.background
        let brush = Brush(foreground: Ink(upper), background: below)
        return Cell(Ink(upper) == below ? " " : "▀", brush)
    }

    private func color(_ column: Int, _ halfRow: Int) -> Palette.Color {
        if let reduction = canvas.reduction, reduction.block == zoom.block, zoom.block > 1 {
            return reduction.mean(column: column, row: halfRow)
        }
        let place = Place(
            x: column / zoom.scale * zoom.block, y: halfRow / zoom.scale * zoom.block)
        return canvas.color(canvas.index(at: canvas.extent.nearest(place)))
    }
}
