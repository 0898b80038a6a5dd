public import Protocol

/// A canvas as the frames of a film: raw pixels in one buffer, of which only changed cells are painted anew.
public struct FilmFrames: Sendable {
    /// How a pixel is written.
    public enum Form: Hashable, Sendable {
        /// Three bytes: red, green, blue. Both sides are even, as most films want it: where a side is odd, its last
        /// cells are a pixel longer.
        case rgb24
        /// An index into the palette, which follows the pixels: 256 times blue, green, red and opacity.
        case pal8
    }

    /// Pixels in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// How a pixel is written.
    public let form: Form
    /// The frame as it stands.
    public private(set) var bytes: [UInt8]

    private let size: CanvasSize
    private let scale: Int
    /// Red, green and blue of each index that a byte can be; what is beyond the palette is black.
    private let reds, greens, blues: [UInt8]

    /// Begins with the canvas whose cells are all of color 0.
    ///
    /// - Parameter scale: pixels on a cell's side, from 1 to 64.
    /// - Throws: `RasterError.badArguments` where the frame would be too large.
    public init(size: CanvasSize, palette: Palette, scale: Int, form: Form) throws(RasterError) {
        guard (1...64).contains(scale), size.cellCount * scale * scale <= PNGCodec.maxWrittenPixels else {
            throw .badArguments("a film of \(size.width)x\(size.height) can't be enlarged \(scale) times")
        }
        self.size = size
        self.scale = scale
        self.form = form
        let isEven = form == .rgb24
        width = isEven ? (size.width * scale + 1) & ~1 : size.width * scale
        height = isEven ? (size.height * scale + 1) & ~1 : size.height * scale
        let black = [UInt8](repeating: 0, count: 256 - palette.count)
        reds = palette.colors.map(\.red) + black
        greens = palette.colors.map(\.green) + black
        blues = palette.colors.map(\.blue) + black
        switch form {
        case .rgb24: bytes = [UInt8](repeating: 0, count: width * height * 3)
        case .pal8:
            bytes = [UInt8](repeating: 0, count: width * height)
            for index in 0..<256 {
                bytes.append(contentsOf: [blues[index], greens[index], reds[index], 255])
            }
        }
        paint([UInt8](repeating: 0, count: size.cellCount))
    }

    /// Paints every cell.
    ///
    /// - Parameter cells: palette indexes, row by row, one for each cell.
    public mutating func paint(_ cells: [UInt8]) {
        precondition(cells.count == size.cellCount, "a canvas has a color for each cell")
        for cell in cells.indices { paint(cell, cells[cell]) }
    }

    /// Paints the cells that changed.
    ///
    /// - Parameters:
    ///   - changed: the cells' numbers, y × width + x; each may stand there more than once.
    ///   - cells: the whole canvas.
    public mutating func paint(_ changed: [UInt32], of cells: [UInt8]) {
        precondition(cells.count == size.cellCount, "a canvas has a color for each cell")
        for cell in changed { paint(Int(cell), cells[Int(cell)]) }
    }

    private mutating func paint(_ cell: Int, _ color: UInt8) {
        let (row, column) = cell.quotientAndRemainder(dividingBy: size.width)
        let left = column * scale
        let top = row * scale
        let right = column == size.width - 1 ? width : left + scale
        let bottom = row == size.height - 1 ? height : top + scale
        let (red, green, blue) = (reds[Int(color)], greens[Int(color)], blues[Int(color)])
        bytes.withUnsafeMutableBufferPointer { bytes in
            for y in top..<bottom {
                switch form {
                case .pal8: for offset in y * width + left..<y * width + right { bytes[offset] = color }
                case .rgb24:
                    var offset = (y * width + left) * 3
                    for _ in left..<right {
                        bytes[offset] = red
                        bytes[offset + 1] = green
                        bytes[offset + 2] = blue
                        offset += 3
                    }
                }
            }
        }
    }
}
