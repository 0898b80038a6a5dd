import Protocol
import Raster

/// The canvas in half blocks: each cell shows two half rows, one as its foreground, one as its background.
///
/// Where pixels are smaller than that, `OverviewPainter` may do better.
struct CanvasView {
    let model: Model
    let canvas: CanvasImage
    let theme: Theme
    let eye: ViewTransform
    private let sight: CanvasSight?

    var viewport: Viewport { model.viewport }
    var area: Layout.Area { model.layout.canvas }

    /// Pixels at least so many half cells long are told apart by lines.
    private static let linedScale = 8
    /// How far a line is from its pixel's color to black or white.
    private static let linePercent = 14
    private static let palePercent = 60

    init(model: Model, canvas: CanvasImage, theme: Theme) {
        self.model = model
        self.canvas = canvas
        self.theme = theme
        eye = model.eye
        sight = CanvasSight(model)
    }

    /// Draws the pixels in view, those under way, the cursor, and the small map.
    func draw(into grid: inout CellGrid) {
        drawPixels(into: &grid)
        if let sight { drawSymbols(of: sight, into: &grid) }
        drawPending(into: &grid)
        drawCursor(into: &grid)
    }

    /// Draws the pixels in view, and nothing over them.
    func drawPixels(into grid: inout CellGrid) {
        if let reduction = overview {
            let isPale = isPale
            OverviewPainter(
                canvas: canvas, reduction: reduction, glyphs: glyphs, eye: eye, theme: theme,
                paleGround: isPale ? theme.ground.background.rgb.map { ColorVector($0) } : nil
            ).draw(in: area, into: &grid)
        } else {
            drawHalves(into: &grid)
        }
    }

    /// The reduced copy, where each cell is to be fitted to it.
    private var overview: Reduction? {
        guard let reduction = canvas.reduction, sight == nil else { return nil }
        // On the way from near to far, single pixels are still larger than what the copy has.
        if model.glide != nil { return eye.scale * Double(reduction.block) < 2 ? reduction : nil }
        return model.isEyeAligned && glyphs == .halves ? nil : reduction
    }

    private var glyphs: Settings.OverviewGlyphs {
        model.charset == .ascii ? .halves : model.settings.overview
    }

    // MARK: Pixels

    private func drawHalves(into grid: inout CellGrid) {
        let columns = min(area.columns, grid.columns)
        let scale = viewport.zoom.scale
        let inks = canvas.palette.colors.map { Ink(shade($0)) }
        var upper = [Ink](repeating: theme.ground.background, count: columns)
        var lower = upper
        if model.isEyeAligned, sight == nil, scale < Self.linedScale {
            for row in 0..<area.rows {
                fill(&upper, halfRow: row * 2, inks)
                if scale > 1 { lower = upper } else { fill(&lower, halfRow: row * 2 + 1, inks) }
                join(upper, lower, row: row, into: &grid)
            }
            return
        }
        var tracer = PixelTracer(canvas: canvas, eye: eye, columns: columns)
        let lined = lines(on: inks)
        for row in 0..<area.rows {
            tracer.advance(toHalfRow: row * 2)
            color(&upper, tracer, inks, lined)
            tracer.advance(toHalfRow: row * 2 + 1)
            color(&lower, tracer, inks, lined)
            join(upper, lower, row: row, into: &grid)
        }
    }

    private func join(_ upper: [Ink], _ lower: [Ink], row: Int, into grid: inout CellGrid) {
        grid.withRow(area.row + row) { cells in
            for column in upper.indices { cells[column] = cell(upper[column], lower[column]) }
        }
    }

    /// The colors of the palette where they are lines between pixels; nil where there are none.
    private func lines(on inks: [Ink]) -> [Ink]? {
        guard model.glide == nil, viewport.zoom.scale >= Self.linedScale,
            model.depth == .truecolor || model.depth == .ansi256
        else { return nil }
        return inks.map { ink in ink.rgb.map { Ink(line(on: $0)) } ?? ink }
    }

    private func line(on color: Palette.Color) -> Palette.Color {
        color.blended(with: color.readable, percent: Self.linePercent)
    }

    /// The colors of the half row that the tracer is at.
    private func color(_ line: inout [Ink], _ tracer: PixelTracer, _ inks: [Ink], _ lined: [Ink]?) {
        let ground = theme.ground.background
        for column in line.indices {
            let cell = tracer.cell(column)
            guard cell >= 0 else {
                line[column] = ground
                continue
            }
            let index = canvas.cells[cell]
            let known = Int(index) < inks.count ? Int(index) : 0
            let isLine = lined != nil && tracer.isEdge(column)
            if let sight {
                let color = shade(seen(by: sight, cell, index))
                line[column] = Ink(isLine ? self.line(on: color) : color)
            } else {
                line[column] = isLine ? lined?[known] ?? ground : inks[known]
            }
        }
    }

    /// What a lens or a template makes of a pixel, or of the block around it where pixels are small.
    private func seen(by sight: CanvasSight, _ cell: Int, _ index: UInt8) -> Palette.Color {
        let place = Place(x: cell % canvas.size.width, y: cell / canvas.size.width)
        guard let reduction = canvas.reduction, model.glide == nil else {
            return sight.color(at: place, index: index, canvas.color(index))
        }
        let mean = reduction.mean(column: place.x / reduction.block, row: place.y / reduction.block)
        return sight.color(at: place, index: index, mean)
    }

    /// The colors of one half row of a view that is upright; outside the canvas the ground's.
    private func fill(_ line: inout [Ink], halfRow: Int, _ inks: [Ink]) {
        let first = viewport.pixel(column: 0, halfRow: halfRow)
        let ground = theme.ground.background
        guard first.y >= 0, first.y < canvas.size.height else {
            for column in line.indices { line[column] = ground }
            return
        }
        let width = canvas.size.width
        if let reduction = canvas.reduction, case .reduced(let block) = viewport.zoom {
            let start = first.x / block
            let row = first.y / block
            for column in line.indices {
                let inside = start + column >= 0 && start + column < reduction.columns
                line[column] =
                    inside ? Ink(shade(reduction.mean(column: start + column, row: row))) : ground
            }
            return
        }
        let scale = viewport.zoom.scale
        let start = first.y * width
        canvas.cells.withUnsafeBufferPointer { cells in
            inks.withUnsafeBufferPointer { inks in
                for column in line.indices {
                    let x = first.x + column / scale
                    guard x >= 0, x < width else {
                        line[column] = ground
                        continue
                    }
                    let index = Int(cells[start + x])
                    line[column] = inks[index < inks.count ? index : 0]
                }
            }
        }
    }

    /// One cell of two half rows.
    private func cell(_ upper: Ink, _ lower: Ink) -> Cell {
        guard theme.hasColor else {
            let scalar = MonochromeShades.cell(upper: upper.rgb?.luma ?? 0, lower: lower.rgb?.luma ?? 0)
            return Cell(scalar, theme.ground)
        }
        // Alike halves become a space, which terminals draw without seams and ncurses can send as a run.
        if upper == lower { return Cell(" ", Brush(foreground: upper, background: lower)) }
        return Cell("▀", Brush(foreground: upper, background: lower))
    }

    /// Replaces one half of a cell.
    func paint(_ ink: Ink, column: Int, halfRow: Int, into grid: inout CellGrid) {
        guard column >= 0, column < area.columns, halfRow >= 0, halfRow < area.rows * 2 else { return }
        let row = area.row + halfRow / 2
        let halves = halves(column: column, halfRow: halfRow, grid)
        let cell = halfRow % 2 == 0 ? cell(ink, halves.lower) : cell(halves.upper, ink)
        grid.put(cell, column: column, row: row)
    }

    /// What both halves of a cell show; without color, and where it shows quarters, they are looked up again.
    private func halves(column: Int, halfRow: Int, _ grid: CellGrid) -> (upper: Ink, lower: Ink) {
        let cell = grid[column, area.row + halfRow / 2]
        if theme.hasColor, cell.scalar == 0x20 { return (cell.background, cell.background) }
        if theme.hasColor, cell.scalar == 0x2580 { return (cell.foreground, cell.background) }
        let top = halfRow / 2 * 2
        return (Ink(shown(column: column, halfRow: top)), Ink(shown(column: column, halfRow: top + 1)))
    }

    /// The color under a half cell.
    func shown(column: Int, halfRow: Int) -> Palette.Color {
        // Of a block that half a cell shows, a lens is about the pixel that is traced.
        let place =
            sight == nil
            ? model.seenPixel(column: column, halfRow: halfRow) : eye.pixel(column: column, halfRow: halfRow)
        guard canvas.extent.contains(place) else {
            return theme.ground.background.rgb ?? Palette.Color(red: 0, green: 0, blue: 0)
        }
        if let sight, !isPending(place) {
            let cell = canvas.size.cell(x: place.x, y: place.y)
            return shade(seen(by: sight, cell, canvas.cells[cell]))
        }
        if let reduction = canvas.reduction {
            return shade(reduction.mean(column: place.x / reduction.block, row: place.y / reduction.block))
        }
        return shade(model.shownIndex(at: place).map(canvas.color) ?? canvas.color(0))
    }

    /// Whether a pixel under way is drawn at a place.
    private func isPending(_ place: Place) -> Bool {
        viewport.zoom.block == 1 && model.pending.contains { $0.place == place }
    }

    /// A color as it is shown: a canvas of the past is pale, where the terminal has pale colors.
    private func shade(_ color: Palette.Color) -> Palette.Color {
        guard isPale, let ground = theme.ground.background.rgb else { return color }
        return color.blended(with: ground, percent: Self.palePercent)
    }

    private var isPale: Bool {
        model.isCanvasOld && (model.depth == .truecolor || model.depth == .ansi256)
    }

    // MARK: Signs

    /// The signs on pixels that are large enough for one.
    private func drawSymbols(of sight: CanvasSight, into grid: inout CellGrid) {
        guard model.glide == nil, viewport.zoom.scale >= 2 else { return }
        let corners = [(0, 0), (area.columns, 0), (0, area.rows * 2), (area.columns, area.rows * 2)]
            .map { canvas.extent.nearest(viewport.pixel(column: $0.0, halfRow: $0.1)) }
        let (across, down) = (corners.map(\.x), corners.map(\.y))
        guard let left = across.min(), let right = across.max(), let top = down.min(), let bottom = down.max()
        else { return }
        for y in top...bottom {
            for x in left...right {
                let place = Place(x: x, y: y)
                let index = canvas.index(at: place)
                guard let symbol = sight.symbol(at: place, index: index) else { continue }
                let color = shade(sight.color(at: place, index: index, canvas.color(index)))
                put(symbol, theme.text(on: color), inMiddleOf: place, into: &grid)
            }
        }
    }

    /// Puts a character into the middle of a large pixel.
    private func put(
        _ scalar: Unicode.Scalar, _ brush: Brush, inMiddleOf place: Place, into grid: inout CellGrid
    ) {
        if viewport.turn.isSquare {
            let (seen, scale) = (model.seenArea(of: place), viewport.zoom.scale)
            let row = Self.row(seen.halfRows.lowerBound + scale / 2 - 1)
            put(scalar, brush, column: seen.columns.lowerBound + scale / 2 - 1, row: row, into: &grid)
        } else {
            let spot = model.seenSpot(of: place)
            put(scalar, brush, column: spot.column, row: Self.row(spot.halfRow), into: &grid)
        }
    }

    /// The row of a half row, which may be above the view.
    static func row(_ halfRow: Int) -> Int { halfRow >> 1 }

    // MARK: Pixels under way

    /// Pixels that the server hasn't shown yet: a little of what lies under them shines through, and large ones
    /// bear a dot.
    private func drawPending(into grid: inout CellGrid) {
        guard viewport.zoom.block == 1 else { return }
        for pending in model.pending where canvas.extent.contains(pending.place) {
            var color = canvas.color(pending.color)
            if model.depth == .truecolor || model.depth == .ansi256 {
                color = color.blended(with: canvas.color(canvas.index(at: pending.place)), percent: 25)
            }
            for cell in cells(of: pending.place) {
                paint(Ink(color), column: cell.column, halfRow: cell.halfRow, into: &grid)
            }
            guard viewport.zoom.scale >= 4, model.glide == nil else { continue }
            put("·", theme.text(on: color), inMiddleOf: pending.place, into: &grid)
        }
    }

    /// The half cells that show a pixel, at least one.
    func cells(of place: Place) -> [ViewTransform.HalfCell] {
        let cells = eye.cells(of: place, columns: area.columns, halfRows: area.rows * 2)
        return cells.isEmpty ? [model.seenSpot(of: place)] : cells
    }

    func put(
        _ scalar: Unicode.Scalar, _ brush: Brush, column: Int, row: Int, into grid: inout CellGrid
    ) {
        guard column >= 0, column < area.columns, row >= 0, row < area.rows else { return }
        grid.put(Cell(scalar, brush), column: column, row: area.row + row)
    }
}
