import Protocol

/// The line of colors below the canvas, the chosen one wide and numbered.
enum PaletteView {
    static func draw(_ model: Model, _ canvas: CanvasImage, _ theme: Theme, into grid: inout CellGrid) {
        let row = model.layout.paletteRow
        grid.fill(columns: 0..<grid.columns, row: row, theme.bar)
        let strip = PaletteStrip(
            count: canvas.palette.count, chosen: Int(model.color), columns: grid.columns)
        if strip.clippedLeft { grid.write("‹", column: 0, row: row, limit: 1, theme.quiet) }
        for swatch in strip.swatches {
            let color = canvas.color(swatch.index)
            let isChosen = swatch.index == model.color
            draw(swatch, color, isChosen: isChosen, model, theme, row: row, into: &grid)
            if model.desk.showsSigns {
                // In the middle of the chosen one's number, at the start of all others.
                let column = swatch.columns.lowerBound + (isChosen ? 2 : 0)
                grid.put(
                    Cell(ColorSigns.sign(of: swatch.index), theme.text(on: color)), column: column, row: row)
            }
        }
        var column = strip.end
        if strip.clippedRight {
            column = grid.write("›", column: column, row: row, limit: grid.columns, theme.quiet)
        }
        let chosen = canvas.color(model.color)
        grid.write(chosen.hex, column: column + 1, row: row, limit: grid.columns, theme.bar)
    }

    private static func draw(
        _ swatch: PaletteStrip.Swatch, _ color: Palette.Color, isChosen: Bool, _ model: Model,
        _ theme: Theme, row: Int, into grid: inout CellGrid
    ) {
        let limit = swatch.columns.upperBound
        if isChosen {
            let number = String(swatch.index)
            let padded = String(repeating: " ", count: max(2 - number.count, 0)) + number
            let text = theme.hasColor ? " \(padded) " : "[\(padded)]"
            grid.fill(columns: swatch.columns, row: row, theme.text(on: color))
            grid.write(text, column: swatch.columns.lowerBound, row: row, limit: limit, theme.text(on: color))
            return
        }
        guard theme.hasColor else {
            let shade = MonochromeShades.full(color.luma)
            for column in swatch.columns { grid.put(Cell(shade, theme.bar), column: column, row: row) }
            return
        }
        if model.charset == .ascii {
            let brush = Brush(foreground: Ink(color), background: Ink(color))
            for column in swatch.columns { grid.put(Cell(" ", brush), column: column, row: row) }
            return
        }
        // Half high, so that the line keeps off the canvas and the chosen color stands out.
        let brush = Brush(foreground: Ink(color), background: theme.bar.background)
        for column in swatch.columns { grid.put(Cell("▄", brush), column: column, row: row) }
    }
}
