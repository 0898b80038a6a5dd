import Protocol

/// The canvas as the terminal shows it: its cells, its colors, and a reduced copy for the zoom in use.
struct CanvasImage: Hashable, Sendable {
    let size: CanvasSize
    let palette: Palette
    private(set) var cells: [UInt8]
    private(set) var reduction: Reduction?

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
    }

    /// Makes the reduced copy for a zoom, or drops it where none is needed.
    mutating func prepare(for zoom: Zoom) {
        switch zoom {
        case .magnified: reduction = nil
        case .reduced(let block):
            if reduction?.block != block { reduction = Reduction(of: self, block: block) }
        }
    }

    /// The sums of the colors of each block of pixels: means are one division away, and a new pixel costs one
    /// addition instead of a walk over its block.
    struct Reduction: Hashable, Sendable {
        let block: Int
        let columns: Int
        let rows: Int
        private let size: CanvasSize
        private var sums: [SIMD4<UInt32>]

        init(of image: borrowing CanvasImage, block: Int) {
            self.block = block
            let size = image.size
            self.size = size
            columns = (size.width + block - 1) / block
            rows = (size.height + block - 1) / block
            let first = image.color(0)
            var colors = [SIMD4<UInt32>](repeating: Self.vector(first), count: 256)
            for (index, color) in image.palette.colors.enumerated() { colors[index] = Self.vector(color) }
            var sums = [SIMD4<UInt32>](repeating: .zero, count: columns * rows)
            let columns = columns
            image.cells.withUnsafeBufferPointer { cells in
                sums.withUnsafeMutableBufferPointer { sums in
                    colors.withUnsafeBufferPointer { colors in
                        for y in 0..<size.height {
                            let line = y * size.width
                            var target = y / block * columns
                            var x = 0
                            while x < size.width {
                                let end = min(x + block, size.width)
                                var sum = sums[target]
                                while x < end {
                                    sum &+= colors[Int(cells[line + x])]
                                    x += 1
                                }
                                sums[target] = sum
                                target += 1
                            }
                        }
                    }
                }
            }
            self.sums = sums
        }

        private static func vector(_ color: Palette.Color) -> SIMD4<UInt32> {
            SIMD4(UInt32(color.red), UInt32(color.green), UInt32(color.blue), 0)
        }

        mutating func replace(x: Int, y: Int, old: Palette.Color, new: Palette.Color) {
            let target = y / block * columns + x / block
            sums[target] = sums[target] &- Self.vector(old) &+ Self.vector(new)
        }

        /// The mean color of the block in a column and a row of blocks.
        func mean(column: Int, row: Int) -> Palette.Color {
            let width = min(block, size.width - column * block)
            let height = min(block, size.height - row * block)
            let count = UInt32(width * height)
            let sum = sums[row * columns + column]
            let half = count / 2
            return Palette.Color(
                red: UInt8((sum.x + half) / count), green: UInt8((sum.y + half) / count),
                blue: UInt8((sum.z + half) / count))
        }
    }
}
