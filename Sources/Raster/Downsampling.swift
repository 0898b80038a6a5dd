import Protocol

/// A canvas shrunk to the size at which it is shown, in full colors.
struct ShrunkCanvas {
    let width: Int
    let height: Int
    let colors: [Palette.Color]

    /// Shrinks to fit `maxWidth` by `maxHeight`, keeping the shape; never enlarges.
    ///
    /// Where several cells fall on one pixel their light is averaged, so that thin lines grow faint instead
    /// of vanishing.
    init(cells: [UInt8], size: CanvasSize, palette: Palette, maxWidth: Int, maxHeight: Int) {
        (width, height) = Self.fit(size, maxWidth: maxWidth, maxHeight: maxHeight)
        if width == size.width, height == size.height {
            colors = cells.map { palette.colors[Int($0)] }
            return
        }
        let light = palette.colors.map {
            SIMD3(LinearLight.of($0.red), LinearLight.of($0.green), LinearLight.of($0.blue))
        }
        var colors: [Palette.Color] = []
        colors.reserveCapacity(width * height)
        for row in 0..<height {
            let rows = row * size.height / height..<(row + 1) * size.height / height
            for column in 0..<width {
                let columns = column * size.width / width..<(column + 1) * size.width / width
                var sum = SIMD3<Float>.zero
                for y in rows {
                    for cell in cells[
                        y * size.width + columns.lowerBound..<y * size.width + columns.upperBound]
                    {
                        sum += light[Int(cell)]
                    }
                }
                let mean = sum / Float(rows.count * columns.count)
                colors.append(LinearLight.color(mean))
            }
        }
        self.colors = colors
    }

    /// The largest size of a canvas's shape within `maxWidth` by `maxHeight`, at most its own.
    static func fit(_ size: CanvasSize, maxWidth: Int, maxHeight: Int) -> (Int, Int) {
        if size.width <= maxWidth, size.height <= maxHeight { return (size.width, size.height) }
        // Compares maxWidth / width with maxHeight / height without dividing.
        if maxWidth * size.height <= maxHeight * size.width {
            return (maxWidth, max(1, size.height * maxWidth / size.width))
        }
        return (max(1, size.width * maxHeight / size.height), maxHeight)
    }
}
