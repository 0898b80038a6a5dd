import QRCodes
import Raster

/// A QR code in terminal cells: dark on light whatever the look, with the quiet zone that readers need.
///
/// Two rows of modules share a row of half blocks. Where only ASCII is shown a module is two cells of a color, and
/// without colors the terminal's own two take the parts of dark and light.
struct QRPicture {
    let code: QRCode
    let theme: Theme
    let isASCII: Bool

    /// Modules on a side, the quiet zone with them.
    private var side: Int { code.side + 2 * QRCode.quietModules }
    var columns: Int { isASCII ? side * 2 : side }
    var rows: Int { isASCII ? side : (side + 1) / 2 }

    func draw(column: Int, row: Int, into grid: inout CellGrid) {
        for y in 0..<rows {
            for x in 0..<side {
                if isASCII {
                    let cell = cell(isDark(x, y))
                    grid.put(cell, column: column + 2 * x, row: row + y)
                    grid.put(cell, column: column + 2 * x + 1, row: row + y)
                } else {
                    grid.put(
                        cell(upper: isDark(x, 2 * y), lower: isDark(x, 2 * y + 1)), column: column + x,
                        row: row + y)
                }
            }
        }
    }

    /// Whether a module of the picture is dark, counted from the quiet zone's corner.
    private func isDark(_ x: Int, _ y: Int) -> Bool {
        code.isDark(column: x - QRCode.quietModules, row: y - QRCode.quietModules)
    }

    private func cell(_ isDark: Bool) -> Cell {
        guard theme.hasColor else { return Cell(" ", isDark == darkIsGround ? plain : reversed) }
        return Cell(" ", Brush(foreground: light, background: isDark ? dark : light))
    }

    private func cell(upper: Bool, lower: Bool) -> Cell {
        if upper == lower { return cell(upper) }
        guard theme.hasColor else {
            // The half that is drawn has the text's color.
            return Cell(upper == darkIsGround ? "▄" : "▀", plain)
        }
        return Cell(upper ? "▀" : "▄", Brush(foreground: dark, background: light))
    }

    // MARK: Colors

    /// Without colors: whether the terminal's background, which is what isn't drawn, is the dark one of the two.
    private var darkIsGround: Bool { theme.tone != .light }
    private var plain: Brush { Brush(foreground: .standard, background: .standard) }
    private var reversed: Brush { plain.styled(.reverse) }

    private var dark: Ink { theme.depth == .ansi16 ? .indexed(0) : Ink(0, 0, 0) }
    private var light: Ink { theme.depth == .ansi16 ? .indexed(15) : Ink(255, 255, 255) }
}
