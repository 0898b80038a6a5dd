/// The part of the canvas in view: a zoom and the pixel in the top left corner.
///
/// Pure geometry between three things: pixels (x, y), half cells (column, half row) and terminal cells. A view
/// larger than the canvas shows it in the middle, and then the corner's pixel is negative.
struct Viewport: Hashable, Sendable {
    /// The view's size in terminal cells.
    var columns: Int
    var rows: Int
    var zoom: Zoom = .actual
    /// The pixel in the top left corner; a multiple of the zoom's block.
    private(set) var originX = 0
    private(set) var originY = 0

    /// Half cells from top to bottom.
    var halfRows: Int { rows * 2 }

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// The pixel under a half cell, the block's first when reduced; it may lie outside the canvas.
    func pixel(column: Int, halfRow: Int) -> Place {
        switch zoom {
        case .magnified(let scale): Place(x: originX + column / scale, y: originY + halfRow / scale)
        case .reduced(let block): Place(x: originX + column * block, y: originY + halfRow * block)
        }
    }

    /// The half cells that show a pixel; they may lie outside the view.
    func area(of place: Place) -> (columns: Range<Int>, halfRows: Range<Int>) {
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
        let area = area(of: place)
        let column = min(max(area.columns.lowerBound, 0), columns - 1)
        let halfRow = min(max(area.halfRows.lowerBound, 0), halfRows - 1)
        self.zoom = zoom
        anchor(place, column: column, halfRow: halfRow, canvas: canvas)
        reveal(place, canvas: canvas)
    }

    /// Moves the view by half cells.
    mutating func pan(columns: Int, halfRows: Int, canvas: Extent) {
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
