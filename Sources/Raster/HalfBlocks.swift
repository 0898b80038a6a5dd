public import Protocol

/// A canvas as text: each character shows two pixels, one above the other, by the half block `▀`.
public enum HalfBlocks {
    /// Prints a canvas for a terminal, shrunk to fit and never enlarged.
    ///
    /// Each line ends with the colors reset and a line feed. Colors are sent when they change only. In
    /// monochrome no escape sequence is sent at all: brightness becomes an ordered dither.
    ///
    /// - Parameters:
    ///   - cells: Palette indexes within the palette, row by row, one for each cell.
    ///   - size: Columns and rows of the canvas.
    ///   - palette: The colors that indexes point to.
    ///   - columns: The terminal's columns, from 1.
    ///   - rows: The terminal's rows, from 1.
    ///   - depth: What the terminal can show.
    public static func ansi(
        cells: [UInt8], size: CanvasSize, palette: Palette, columns: Int, rows: Int, depth: ColorDepth
    ) -> String {
        precondition(cells.count == size.cellCount, "one index for each cell")
        let shrunk = ShrunkCanvas(
            cells: cells, size: size, palette: palette, maxWidth: max(1, min(columns, 10_000)),
            maxHeight: max(1, min(rows, 10_000)) * 2)
        return depth == .monochrome ? dithered(shrunk) : colored(shrunk, depth: depth)
    }

    private static func colored(_ canvas: ShrunkCanvas, depth: ColorDepth) -> String {
        var codes: [Palette.Color: ColorCode] = [:]
        func code(x: Int, y: Int) -> ColorCode? {
            guard y < canvas.height else { return nil }
            let color = canvas.colors[y * canvas.width + x]
            if let code = codes[color] { return code }
            let code = ColorCode(color, depth: depth)
            codes[color] = code
            return code
        }
        var text = ""
        for top in stride(from: 0, to: canvas.height, by: 2) {
            var pen = Pen()
            for x in 0..<canvas.width {
                pen.draw(upper: code(x: x, y: top), lower: code(x: x, y: top + 1), into: &text)
            }
            text += "\u{1b}[0m\n"
        }
        return text
    }

    /// Thresholds of a 4×4 Bayer matrix (Bayer 1973), in sixteenths.
    private static let thresholds: [Float] = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]

    private static func dithered(_ canvas: ShrunkCanvas) -> String {
        func isLit(x: Int, y: Int) -> Bool {
            guard y < canvas.height else { return false }
            // Lightness as it is seen, roughly the root of the light, so that middle grays are half lit.
            let light = TerminalColors.luminance(of: canvas.colors[y * canvas.width + x])
            return light.squareRoot() * 16 > thresholds[y % 4 * 4 + x % 4] + 0.5
        }
        var text = ""
        for top in stride(from: 0, to: canvas.height, by: 2) {
            for x in 0..<canvas.width {
                switch (isLit(x: x, y: top), isLit(x: x, y: top + 1)) {
                case (true, true): text += "█"
                case (true, false): text += "▀"
                case (false, true): text += "▄"
                case (false, false): text += " "
                }
            }
            text += "\n"
        }
        return text
    }
}

/// The parameters of "select graphic rendition" (ECMA-48 §8.3.117) for one color.
private struct ColorCode: Equatable {
    let foreground: String
    let background: String

    init(_ color: Palette.Color, depth: ColorDepth) {
        switch depth {
        case .truecolor:
            let parts = "2;\(color.red);\(color.green);\(color.blue)"
            foreground = "38;" + parts
            background = "48;" + parts
        case .ansi256:
            let number = TerminalColors.nearest256(to: color)
            foreground = "38;5;\(number)"
            background = "48;5;\(number)"
        case .ansi16, .monochrome:
            let number = Int(TerminalColors.nearest16(to: color))
            foreground = "\(number < 8 ? 30 + number : 82 + number)"
            background = "\(number < 8 ? 40 + number : 92 + number)"
        }
    }
}

/// The colors that the terminal has now, so that only changes are sent.
private struct Pen {
    private var foreground: ColorCode?
    private var background: ColorCode?

    /// Draws one character; without a lower pixel the terminal's own background shows.
    mutating func draw(upper: ColorCode?, lower: ColorCode?, into text: inout String) {
        if let upper, upper == lower {
            select(background: upper, into: &text)
            text += " "
            return
        }
        select(foreground: upper, background: lower, into: &text)
        text += "▀"
    }

    private mutating func select(background code: ColorCode, into text: inout String) {
        guard code != background else { return }
        background = code
        text += "\u{1b}[\(code.background)m"
    }

    private mutating func select(
        foreground upper: ColorCode?, background lower: ColorCode?, into text: inout String
    ) {
        var codes: [String] = []
        if let upper, upper != foreground {
            foreground = upper
            codes.append(upper.foreground)
        }
        if let lower, lower != background {
            background = lower
            codes.append(lower.background)
        }
        if !codes.isEmpty { text += "\u{1b}[\(codes.joined(separator: ";"))m" }
    }
}
