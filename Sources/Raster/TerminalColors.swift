public import Protocol

/// How many colors a terminal shows.
public enum ColorDepth: Int, Sendable, CaseIterable, Comparable {
    /// Text color on background only.
    case monochrome
    /// The sixteen of ECMA-48 with the bright ones.
    case ansi16
    /// xterm's 256.
    case ansi256
    /// 24 bits.
    case truecolor

    /// Orders by number of colors.
    public static func < (lhs: ColorDepth, rhs: ColorDepth) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}

/// The colors of terminals that have no 24 bits, and which of them stands for another.
public enum TerminalColors {
    /// The usual values of the sixteen, as xterm has them; users change them, so they are the last resort.
    public static let sixteen: [Palette.Color] = [
        0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
        0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
    ].map(color)

    /// xterm's numbers 16 to 255: a cube of 6×6×6, then 24 grays, the same everywhere.
    public static let cubeAndGrays: [Palette.Color] = {
        let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
        let cube = (0..<216).map {
            Palette.Color(red: levels[$0 / 36], green: levels[$0 / 6 % 6], blue: levels[$0 % 6])
        }
        let grays = (0..<24).map { step in
            let level = UInt8(8 + 10 * step)
            return Palette.Color(red: level, green: level, blue: level)
        }
        return cube + grays
    }()

    private static let sixteenByLook = PerceptualColors(sixteen)
    private static let cubeAndGraysByLook = PerceptualColors(cubeAndGrays)

    /// The number, 16 to 255, of the fixed xterm color that looks most like it.
    ///
    /// The low sixteen are left out: every theme paints them differently.
    public static func nearest256(to color: Palette.Color) -> UInt8 {
        UInt8(16 + cubeAndGraysByLook.nearest(to: color))
    }

    /// The number, 0 to 15, of the ECMA-48 color that looks most like it.
    public static func nearest16(to color: Palette.Color) -> UInt8 {
        UInt8(sixteenByLook.nearest(to: color))
    }

    /// How much light it gives, 0 to 1 (ITU-R BT.709 luminance).
    public static func luminance(of color: Palette.Color) -> Float {
        0.2126 * LinearLight.of(color.red) + 0.7152 * LinearLight.of(color.green)
            + 0.0722 * LinearLight.of(color.blue)
    }

    private static func color(_ value: UInt32) -> Palette.Color {
        Palette.Color(red: UInt8(value >> 16), green: UInt8(value >> 8 & 255), blue: UInt8(value & 255))
    }
}
