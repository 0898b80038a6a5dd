import Protocol
import Raster

/// The colors of everything that isn't the canvas, for each depth.
///
/// All of the screen is painted, never the terminal's default background under our own foreground, so that
/// the text reads the same on dark and light terminals. Monochrome keeps both defaults and uses styles.
struct Theme: Sendable {
    let depth: ColorDepth
    /// Around the canvas.
    let ground: Brush
    /// Title, palette and status lines, boxes.
    let bar: Brush
    let quiet: Brush
    let strong: Brush
    let accent: Brush
    let good: Brush
    let warning: Brush
    let failure: Brush

    init(_ depth: ColorDepth) {
        self.depth = depth
        switch depth {
        case .truecolor, .ansi256:
            let panel = Ink(26, 28, 40)
            ground = Brush(foreground: Ink(96, 102, 128), background: Ink(15, 16, 24))
            bar = Brush(foreground: Ink(205, 210, 228), background: panel)
            quiet = Brush(foreground: Ink(136, 144, 172), background: panel)
            strong = Brush(foreground: Ink(255, 255, 255), background: panel, style: .bold)
            accent = Brush(foreground: Ink(255, 168, 74), background: panel, style: .bold)
            good = Brush(foreground: Ink(110, 219, 143), background: panel)
            warning = Brush(foreground: Ink(255, 204, 102), background: panel)
            failure = Brush(foreground: Ink(255, 121, 121), background: panel)
        case .ansi16:
            // Black and the bright half stay apart in every scheme; "bright black" (8) does not.
            let black = Ink.indexed(0)
            ground = Brush(foreground: .indexed(7), background: black)
            bar = Brush(foreground: .indexed(7), background: black)
            quiet = bar
            strong = Brush(foreground: .indexed(15), background: black, style: .bold)
            accent = Brush(foreground: .indexed(11), background: black, style: .bold)
            good = Brush(foreground: .indexed(10), background: black)
            warning = Brush(foreground: .indexed(11), background: black)
            failure = Brush(foreground: .indexed(9), background: black)
        case .monochrome:
            let plain = Brush(foreground: .standard, background: .standard)
            ground = plain
            bar = plain
            quiet = plain
            strong = plain.styled(.bold)
            accent = strong
            good = plain
            warning = strong
            failure = strong
        }
    }

    /// Text on the ground.
    var words: Brush { Brush(foreground: bar.foreground, background: ground.background) }

    /// A brush of the bars on the ground.
    func onGround(_ brush: Brush) -> Brush {
        Brush(foreground: brush.foreground, background: ground.background, style: brush.style)
    }

    /// Whether colors can be told apart at all.
    var hasColor: Bool { depth != .monochrome }

    /// A label on a colored ground: dark text on the brush's color, or reversed where there is no color.
    func badge(_ brush: Brush) -> Brush {
        guard hasColor else {
            return Brush(foreground: .standard, background: .standard, style: [.reverse, .bold])
        }
        return Brush(foreground: bar.background, background: brush.foreground, style: .bold)
    }

    /// Text on a color of the canvas; without colors on its brightness.
    func text(on color: Palette.Color) -> Brush {
        guard hasColor else {
            let isBright = MonochromeShades.isBright(color.luma)
            return Brush(
                foreground: .standard, background: .standard, style: isBright ? [.reverse, .bold] : .bold)
        }
        return Brush(foreground: Ink(color.readable), background: Ink(color), style: .bold)
    }

    /// What stands out from a color of the canvas at a depth, where two colors may be shown as one.
    static func contrast(to color: Palette.Color, depth: ColorDepth) -> Palette.Color {
        let wished = contrast(to: color)
        guard depth == .ansi16 else { return wished }
        // Eight colors fold the bright half onto the dark one.
        let isSame = TerminalColors.nearest16(to: wished) % 8 == TerminalColors.nearest16(to: color) % 8
        return isSame ? color.readable : wished
    }

    /// What stands out from a color of the canvas without being a likely color of its own.
    static func contrast(to color: Palette.Color) -> Palette.Color {
        let magenta = Palette.Color(red: 255, green: 0, blue: 170)
        let green = Palette.Color(red: 0, green: 255, blue: 120)
        func distance(_ other: Palette.Color) -> Int {
            let red = Int(color.red) - Int(other.red)
            let green = Int(color.green) - Int(other.green)
            let blue = Int(color.blue) - Int(other.blue)
            return red * red + green * green + blue * blue
        }
        // Magenta is seen on white and on black; only on its own kin green is better.
        return distance(magenta) >= 30_000 ? magenta : green
    }
}
