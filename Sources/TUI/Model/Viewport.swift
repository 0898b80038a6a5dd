/// The part of the canvas in view: a zoom and the pixel in the top left corner.
///
/// Pure geometry between three things: pixels (x, y), half cells (column, half row) and terminal cells. A view
/// larger than the canvas shows it in the middle, and then the corner's pixel is negative. A view that isn't upright is
/// kept as a `ViewTransform` instead of a corner.
struct Viewport: Hashable, Sendable {
    /// The view's size in terminal cells.
    var columns: Int
    var rows: Int
    var zoom: Zoom = .actual
    /// The pixel in the top left corner; a multiple of the zoom's block.
    private(set) var originX = 0
    private(set) var originY = 0
    /// How the canvas is turned; `turn(to:keeping:canvas:)` changes it.
    private(set) var turn = ViewTurn.upright
    /// Where the pixels are while the view isn't upright.
    private(set) var turned: ViewTransform?

    /// Half cells from top to bottom.
    var halfRows: Int { rows * 2 }

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// The pixel under a half cell, the block's first when reduced; it may lie outside the canvas.
    func pixel(column: Int, halfRow: Int) -> Place {
        if let turned { return turned.pixel(column: column, halfRow: halfRow) }
        switch zoom {
        case .magnified(let scale):
            return Place(x: originX + column / scale, y: originY + halfRow / scale)
        case .reduced(let block): return Place(x: originX + column * block, y: originY + halfRow * block)
        }
    }

    /// The map of all pixels to half cells.
    var transform: ViewTransform {
        if let turned { return turned }
        let size = Double(zoom.scale) / Double(zoom.block)
        return ViewTransform(
            ViewTurn.upright.linear(at: zoom),
            shift: ViewTransform.Point(x: -Double(originX) * size, y: -Double(originY) * size))
    }

    /// The half cell that the terminal's cursor stands at for a pixel.
    func spot(of place: Place) -> ViewTransform.HalfCell {
        if let turned { return turned.spot(of: place) }
        let area = area(of: place)
        return ViewTransform.HalfCell(column: area.columns.lowerBound, halfRow: area.halfRows.lowerBound)
    }

    /// The half cells that show a pixel, or the box around them; they may lie outside the view.
    func area(of place: Place) -> (columns: Range<Int>, halfRows: Range<Int>) {
        if let turned { return turned.box(of: place, isReduced: zoom.block > 1) }
        switch zoom {
        case .magnified(let scale):
            let column = (place.x - originX) * scale
            let halfRow = (place.y - originY) * scale
            return (column..<column + scale, halfRow..<halfRow + scale)
        case .reduced(let block):
            let column = Self.floored(place.x - originX, block)
            let halfRow = Self.floored(place.y - originY, block)
            return (column..<column + 1, halfRow..<halfRow + 1)
        }
    }

    /// Zoom and turn, for the title line.
    var label: String { turn.isUpright ? zoom.label : "\(zoom.label) \(turn.label)" }

    /// Whether all of a pixel is in view.
    func shows(_ place: Place) -> Bool {
        let area = area(of: place)
        return area.columns.lowerBound >= 0 && area.columns.upperBound <= columns
            && area.halfRows.lowerBound >= 0 && area.halfRows.upperBound <= halfRows
    }

    /// Puts a pixel into the middle of the view.
    mutating func center(on place: Place, canvas: Extent) {
        anchor(place, column: columns / 2, halfRow: halfRows / 2, canvas: canvas)
    }

    /// Changes the zoom and keeps a pixel under the same half cell.
    mutating func zoom(to zoom: Zoom, keeping place: Place, canvas: Extent) {
        if let turned {
            let middle = turned.middle(of: place)
            self.zoom = zoom
            show(place, at: middle, canvas: canvas)
            return reveal(place, canvas: canvas)
        }
        let area = area(of: place)
        let column = min(max(area.columns.lowerBound, 0), columns - 1)
        let halfRow = min(max(area.halfRows.lowerBound, 0), halfRows - 1)
        self.zoom = zoom
        anchor(place, column: column, halfRow: halfRow, canvas: canvas)
        reveal(place, canvas: canvas)
    }

    /// Moves the view by half cells.
    mutating func pan(columns: Int, halfRows: Int, canvas: Extent) {
        if let turned {
            let shift = ViewTransform.Point(
                x: turned.shift.x - Double(columns), y: turned.shift.y - Double(halfRows))
            return settle(shift, canvas: canvas)
        }
        switch zoom {
        case .magnified(let scale):
            originX += columns / scale
            originY += halfRows / scale
        case .reduced(let block):
            originX += columns * block
            originY += halfRows * block
        }
        clamp(canvas)
    }

    /// Moves the view as little as needed for a pixel to be in it.
    mutating func reveal(_ place: Place, canvas: Extent) {
        if turned != nil { return revealTurned(place, canvas: canvas) }
        clamp(canvas)
        let area = area(of: place)
        let (block, scale) = (zoom.block, zoom.scale)
        if area.columns.lowerBound < 0 {
            originX = place.x / block * block
        } else if area.columns.upperBound > columns {
            originX = place.x / block * block - (columns / scale - 1) * block
        }
        if area.halfRows.lowerBound < 0 {
            originY = place.y / block * block
        } else if area.halfRows.upperBound > halfRows {
            originY = place.y / block * block - (halfRows / scale - 1) * block
        }
    }

    private mutating func anchor(_ place: Place, column: Int, halfRow: Int, canvas: Extent) {
        if !turn.isUpright {
            let middle = ViewTransform.Point(x: Double(column) + 0.5, y: Double(halfRow) + 0.5)
            return show(place, at: middle, canvas: canvas)
        }
        let (block, scale) = (zoom.block, zoom.scale)
        originX = Self.floored(place.x, block) * block - column / scale * block
        originY = Self.floored(place.y, block) * block - halfRow / scale * block
        clamp(canvas)
    }

    /// Keeps the canvas in view: in the middle where it is smaller, without margin where it is larger.
    private mutating func clamp(_ canvas: Extent) {
        originX = Self.clamped(originX, length: canvas.width, room: columns, zoom: zoom)
        originY = Self.clamped(originY, length: canvas.height, room: halfRows, zoom: zoom)
    }

    private static func clamped(_ origin: Int, length: Int, room: Int, zoom: Zoom) -> Int {
        let (block, scale) = (zoom.block, zoom.scale)
        let needed = (length + block - 1) / block * scale
        guard needed > room else { return -((room - needed) / 2 / scale) * block }
        let last = ((length + block - 1) / block - room / scale) * block
        return floored(min(max(origin, 0), last), block) * block
    }

    private static func floored(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }

    // MARK: Turned

    /// Turns the view and keeps a pixel where it is seen.
    mutating func turn(to turn: ViewTurn, keeping place: Place, canvas: Extent) {
        let middle = transform.middle(of: place)
        self.turn = turn
        if turn.isUpright {
            turned = nil
            let column = Int(min(max(middle.x, 0), Double(columns - 1)))
            let halfRow = Int(min(max(middle.y, 0), Double(halfRows - 1)))
            anchor(place, column: column, halfRow: halfRow, canvas: canvas)
        } else {
            show(place, at: middle, canvas: canvas)
        }
        reveal(place, canvas: canvas)
    }

    /// Puts a pixel's middle to a point of the screen.
    private mutating func show(_ place: Place, at point: ViewTransform.Point, canvas: Extent) {
        let middle = turn.linear(at: zoom)
            .applied(to: ViewTransform.Point(x: Double(place.x) + 0.5, y: Double(place.y) + 0.5))
        settle(ViewTransform.Point(x: point.x - middle.x, y: point.y - middle.y), canvas: canvas)
    }

    /// Takes a shift, as far as the canvas stays in view.
    private mutating func settle(_ shift: ViewTransform.Point, canvas: Extent) {
        let linear = turn.linear(at: zoom)
        let corners = [(0, 0), (canvas.width, 0), (0, canvas.height), (canvas.width, canvas.height)]
            .map { linear.applied(to: ViewTransform.Point(x: Double($0.0), y: Double($0.1))) }
        let (across, down) = (corners.map(\.x), corners.map(\.y))
        turned = ViewTransform(
            linear,
            shift: ViewTransform.Point(
                x: snapped(Self.kept(shift.x, from: across.min() ?? 0, to: across.max() ?? 0, room: columns)),
                y: snapped(Self.kept(shift.y, from: down.min() ?? 0, to: down.max() ?? 0, room: halfRows))))
    }

    /// Square pixels begin where half cells do, so that they are drawn exactly.
    private func snapped(_ shift: Double) -> Double {
        guard turn.isSquare else { return shift }
        let scale = Double(zoom.scale)
        return (shift / scale).rounded() * scale
    }

    /// In the middle where the canvas is smaller than the room, without margin where it is larger.
    private static func kept(_ shift: Double, from first: Double, to last: Double, room: Int) -> Double {
        let room = Double(room)
        guard last - first > room else { return (room - (last - first)) / 2 - first }
        return min(max(shift, room - last), -first)
    }

    private mutating func revealTurned(_ place: Place, canvas: Extent) {
        guard let shift = turned?.shift else { return }
        settle(shift, canvas: canvas)
        guard let turned else { return }
        let middle = turned.middle(of: place)
        let reach = turned.reach
        let missing = ViewTransform.Point(
            x: missing(middle.x, max(reach.x, 0.5), room: columns),
            y: missing(middle.y, max(reach.y, 0.5), room: halfRows))
        guard missing.x != 0 || missing.y != 0 else { return }
        self.turned = ViewTransform(
            turned.linear,
            shift: ViewTransform.Point(x: turned.shift.x + missing.x, y: turned.shift.y + missing.y))
    }

    /// How far something must be moved to be in view.
    private func missing(_ middle: Double, _ reach: Double, room: Int) -> Double {
        let slack = 1e-6
        let room = Double(room)
        let amount: Double
        if middle - reach < -slack {
            amount = reach - middle
        } else if middle + reach > room + slack {
            amount = room - reach - middle
        } else {
            return 0
        }
        guard turn.isSquare else { return amount }
        let scale = Double(zoom.scale)
        return (abs(amount) / scale - slack).rounded(.up) * (amount < 0 ? -scale : scale)
    }
}

/// A pixel's place on the canvas.
struct Place: Hashable, Sendable {
    var x: Int
    var y: Int
}

/// The canvas's size, as far as geometry needs it.
struct Extent: Hashable, Sendable {
    var width: Int
    var height: Int

    /// The nearest place inside.
    func nearest(_ place: Place) -> Place {
        Place(x: min(max(place.x, 0), width - 1), y: min(max(place.y, 0), height - 1))
    }

    /// Whether a place is inside.
    func contains(_ place: Place) -> Bool {
        place.x >= 0 && place.x < width && place.y >= 0 && place.y < height
    }
}
