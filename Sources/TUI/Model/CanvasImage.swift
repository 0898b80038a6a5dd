import Protocol

/// The canvas as the terminal shows it: its cells, its colors, and reduced copies for the zoom in use and the small map.
struct CanvasImage: Hashable, Sendable {
    let size: CanvasSize
    let palette: Palette
    private(set) var cells: [UInt8]
    private(set) var reduction: Reduction?
    /// What the small map shows.
    private(set) var map: Reduction?

    /// Takes cells row by row; what lies outside the palette shows as its first color.
    init?(size: CanvasSize, palette: Palette, cells: [UInt8]) {
        guard cells.count == size.cellCount else { return nil }
        self.size = size
        self.palette = palette
        self.cells = cells
    }

    var extent: Extent { Extent(width: size.width, height: size.height) }

    /// The palette index at a place inside the canvas.
    func index(at place: Place) -> UInt8 {
        cells[size.cell(x: place.x, y: place.y)]
    }

    /// The color of an index.
    func color(_ index: UInt8) -> Palette.Color {
        palette.colors[Int(index) < palette.count ? Int(index) : 0]
    }

    /// Applies one pixel, to the reduced copy too; outside the canvas nothing happens.
    mutating func apply(_ pixel: Pixel) {
        guard size.contains(x: pixel.x, y: pixel.y) else { return }
        let cell = size.cell(x: pixel.x, y: pixel.y)
        let old = cells[cell]
        guard old != pixel.color else { return }
        cells[cell] = pixel.color
        let (before, after) = (color(old), color(pixel.color))
        reduction?.replace(x: pixel.x, y: pixel.y, old: before, new: after)
        map?.replace(x: pixel.x, y: pixel.y, old: before, new: after)
    }

    /// Makes the reduced copy for a zoom, or drops it where none is needed.
    mutating func prepare(for zoom: Zoom) {
        switch zoom {
        case .magnified: reduction = nil
        case .reduced(let block):
            if reduction?.block != block { reduction = Reduction(of: self, block: block) }
        }
    }

    /// Makes the reduced copy for a small map of so many pixels to half a cell; nil for no map.
    mutating func prepareMap(block: Int?) {
        guard map?.block != block else { return }
        map = block.map { Reduction(of: self, block: $0) }
    }
}
