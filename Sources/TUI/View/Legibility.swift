import Protocol
import Raster

/// The rule that text stays apart from what it stands on, whatever colors a skin is made of and however few the
/// terminal has.
///
/// Contrast is that of WCAG 2.2: 1 for alike, 21 for black on white.
enum Legibility {
    /// What is read.
    static let text: Float = 4.5
    /// What is read by tired eyes (WCAG's enhanced contrast).
    static let stark: Float = 7
    /// What is short, bold or said by words too.
    static let mark: Float = 3
    /// What is seen and not read: lines, dots.
    static let shape: Float = 1.6

    /// The contrast of two colors.
    static func contrast(_ one: Palette.Color, _ other: Palette.Color) -> Float {
        let lights = [one, other].map { TerminalColors.luminance(of: $0) + 0.05 }
        return max(lights[0], lights[1]) / min(lights[0], lights[1])
    }

    /// A color as a terminal of a depth shows it.
    static func shown(_ color: Palette.Color, depth: ColorDepth) -> Palette.Color {
        switch depth {
        case .truecolor, .monochrome: color
        case .ansi256: TerminalColors.cubeAndGrays[Int(TerminalColors.nearest256(to: color)) - 16]
        case .ansi16: TerminalColors.sixteen[Int(TerminalColors.nearest16(to: color))]
        }
    }

    /// The color, moved towards black or white until it has the contrast where it is shown.
    static func moved(
        _ color: Palette.Color, on ground: Palette.Color, atLeast least: Float, depth: ColorDepth
    ) -> Palette.Color {
        let under = shown(ground, depth: depth)
        let pole = pole(of: under)
        for percent in stride(from: 0, to: 100, by: 4) {
            let candidate = color.blended(with: pole, percent: percent)
            if contrast(shown(candidate, depth: depth), under) >= least { return candidate }
        }
        return pole
    }

    /// Black or white, whichever is farther from a color.
    static func pole(of ground: Palette.Color) -> Palette.Color {
        let (black, white) = (TerminalColors.sixteen[0], TerminalColors.sixteen[15])
        return contrast(black, ground) > contrast(white, ground) ? black : white
    }

    /// The most alike of the terminal's sixteen that has the contrast with another of them.
    ///
    /// "Bright black" is never taken, since schemes hide it, nor the same color in its other brightness, which
    /// eight colors fold onto it.
    static func number(
        for color: Palette.Color, on ground: UInt8, atLeast least: Float
    ) -> UInt8 {
        let under = TerminalColors.sixteen[Int(ground)]
        let numbers = (0..<UInt8(16)).filter {
            $0 != hidden && $0 % 8 != ground % 8
                && contrast(TerminalColors.sixteen[Int($0)], under) >= least
        }
        guard !numbers.isEmpty else { return contrast(TerminalColors.sixteen[0], under) > least ? 0 : 15 }
        let nearest = PerceptualColors(numbers.map { TerminalColors.sixteen[Int($0)] }).nearest(to: color)
        return numbers[nearest]
    }

    /// The number of the sixteen that fills the screen for a color.
    static func ground(for color: Palette.Color) -> UInt8 {
        let number = TerminalColors.nearest16(to: color)
        return number == hidden ? 0 : number
    }

    private static let hidden: UInt8 = 8

    /// Whether two colors can be told apart at a depth.
    static func isApart(_ one: Palette.Color, _ other: Palette.Color, depth: ColorDepth) -> Bool {
        if depth == .ansi16 {
            // Eight colors fold the bright half onto the dark one.
            return TerminalColors.nearest16(to: one) % 8 != TerminalColors.nearest16(to: other) % 8
        }
        let (one, other) = (shown(one, depth: depth), shown(other, depth: depth))
        let parts = [
            Int(one.red) - Int(other.red), Int(one.green) - Int(other.green), Int(one.blue) - Int(other.blue),
        ]
        return parts.reduce(0) { $0 + $1 * $1 } >= leastDistance
    }

    /// The square of a distance in RGB that the eye doesn't miss.
    private static let leastDistance = 9_000
}
