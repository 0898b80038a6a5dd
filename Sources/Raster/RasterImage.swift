public import Protocol

/// A picture in memory: 8 bits each of red, green, blue and opacity a pixel, row by row from the top left.
public struct RasterImage: Hashable, Sendable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// `width * height * 4` bytes.
    public let rgba: [UInt8]

    /// Joins the parts.
    public init(width: Int, height: Int, rgba: [UInt8]) {
        precondition(rgba.count == width * height * 4, "four bytes a pixel")
        self.width = width
        self.height = height
        self.rgba = rgba
    }

    /// The color of a pixel without its opacity.
    public func color(x: Int, y: Int) -> Palette.Color {
        let start = (y * width + x) * 4
        return Palette.Color(red: rgba[start], green: rgba[start + 1], blue: rgba[start + 2])
    }

    /// The picture in a palette's colors, row by row; nil where it is more than half transparent.
    public func cells(in palette: Palette) -> [UInt8?] {
        let colors = PerceptualColors(palette.colors)
        var known: [Palette.Color: UInt8] = [:]
        return (0..<width * height).map { pixel in
            guard rgba[pixel * 4 + 3] >= 128 else { return nil }
            let color = color(x: pixel % width, y: pixel / width)
            if let index = known[color] { return index }
            let index = UInt8(colors.nearest(to: color))
            // Photographs have as many colors as pixels; a picture that is worth remembering has few.
            if known.count < 4_096 { known[color] = index }
            return index
        }
    }
}
