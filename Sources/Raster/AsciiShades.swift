import Protocol

/// A canvas in characters of ASCII: the brighter two pixels are, one above the other, the more ink stands for
/// them.
enum AsciiShades {
    /// From dark to bright, by the ink of common fonts.
    private static let shades = Array(" .:-=+*#%@")

    /// Prints a canvas shrunk to fit; each line ends with a line feed.
    static func text(
        cells: [UInt8], size: CanvasSize, palette: Palette, columns: Int, rows: Int
    ) -> String {
        let shrunk = ShrunkCanvas(
            cells: cells, size: size, palette: palette, maxWidth: columns, maxHeight: 2 * rows)
        var text = ""
        for top in stride(from: 0, to: shrunk.height, by: 2) {
            for x in 0..<shrunk.width {
                let upper = TerminalColors.luminance(of: shrunk.colors[top * shrunk.width + x])
                let lower =
                    top + 1 < shrunk.height
                    ? TerminalColors.luminance(of: shrunk.colors[(top + 1) * shrunk.width + x]) : upper
                // Lightness as it is seen, roughly the root of the light.
                let lightness = ((upper + lower) / 2).squareRoot()
                text.append(shades[min(shades.count - 1, Int(lightness * Float(shades.count)))])
            }
            text += "\n"
        }
        return text
    }
}
