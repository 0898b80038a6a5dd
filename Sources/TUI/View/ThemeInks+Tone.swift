import Raster

/// The standard look in each tone: dark for dark terminals, light for light ones, contrast for tired eyes.
extension ThemeInks {
    /// The inks of a tone at a depth.
    static func standard(_ depth: ColorDepth, _ tone: Tone) -> ThemeInks {
        switch depth {
        case .truecolor, .ansi256:
            switch tone {
            case .dark: dark
            case .light: light
            case .contrast: contrast
            }
        case .ansi16:
            switch tone {
            case .dark: tableDark
            case .light: tableLight
            case .contrast: tableContrast
            }
        case .monochrome: plain
        }
    }

    // MARK: Mixed colors

    private static let dark = ThemeInks(
        ground: Ink(15, 16, 24), groundText: Ink(96, 102, 128), panel: Ink(26, 28, 40),
        text: Ink(205, 210, 228), strong: Ink(255, 255, 255), quiet: Ink(136, 144, 172),
        accent: Ink(255, 168, 74), good: Ink(110, 219, 143), warning: Ink(255, 204, 102),
        failure: Ink(255, 121, 121), cursor: [Ink(255, 255, 255)],
        dot: [Ink(255, 236, 160), Ink(255, 168, 74), Ink(240, 84, 40)],
        trail: [
            Ink(96, 116, 190), Ink(78, 92, 150), Ink(60, 70, 114), Ink(44, 50, 80), Ink(30, 34, 52),
        ],
        frame: [Ink(136, 144, 172)])

    /// Paper and ink: the panels are lighter than the ground, as they are in the dark.
    private static let light = ThemeInks(
        ground: Ink(226, 230, 239), groundText: Ink(98, 105, 130), panel: Ink(244, 246, 251),
        text: Ink(42, 47, 68), strong: Ink(10, 12, 24), quiet: Ink(92, 100, 126),
        accent: Ink(168, 76, 0), good: Ink(10, 108, 58), warning: Ink(128, 82, 0),
        failure: Ink(180, 24, 40), cursor: [Ink(16, 18, 32)],
        dot: [Ink(140, 24, 8), Ink(208, 66, 16), Ink(236, 124, 40)],
        trail: [
            Ink(84, 106, 184), Ink(118, 136, 198), Ink(152, 166, 211), Ink(182, 192, 223), Ink(206, 213, 232),
        ],
        frame: [Ink(128, 136, 162)])

    private static let contrast = ThemeInks(
        ground: Ink(0, 0, 0), groundText: Ink(215, 215, 215), panel: Ink(30, 30, 30),
        text: Ink(255, 255, 255),
        strong: Ink(255, 255, 255), quiet: Ink(215, 215, 215), accent: Ink(255, 215, 0),
        good: Ink(95, 255, 135), warning: Ink(255, 175, 0), failure: Ink(255, 135, 135),
        cursor: [Ink(255, 255, 255)], dot: [Ink(255, 255, 255), Ink(255, 255, 0), Ink(255, 135, 0)],
        trail: [Ink(95, 215, 255), Ink(0, 175, 255), Ink(0, 135, 215)], frame: [Ink(255, 255, 255)])

    // MARK: The terminal's sixteen

    /// Black and the bright half stay apart in every scheme; "bright black" (8) does not.
    private static let tableDark = table(
        ground: 0, text: 7, strong: 15, accent: 11, good: 10, warning: 11, failure: 9, dot: [15, 11, 9],
        trail: [12, 4])

    /// Green and yellow are too pale on white to be read: what they mean is told by its words alone.
    private static let tableLight = table(
        ground: 15, text: 0, strong: 0, accent: 4, good: 0, warning: 0, failure: 1, dot: [1, 5, 4],
        trail: [4, 6])

    private static let tableContrast = table(
        ground: 0, text: 15, strong: 15, accent: 11, good: 10, warning: 11, failure: 9, dot: [15, 11, 9],
        trail: [14, 12])

    private static func table(
        ground: UInt8, text: UInt8, strong: UInt8, accent: UInt8, good: UInt8, warning: UInt8,
        failure: UInt8, dot: [UInt8], trail: [UInt8]
    ) -> ThemeInks {
        let (under, plain) = (Ink.indexed(ground), Ink.indexed(text))
        return ThemeInks(
            ground: under, groundText: plain, panel: under, text: plain, strong: .indexed(strong),
            quiet: plain, accent: .indexed(accent), good: .indexed(good), warning: .indexed(warning),
            failure: .indexed(failure), cursor: [.indexed(strong)], dot: dot.map { Ink.indexed($0) },
            trail: trail.map { Ink.indexed($0) }, frame: [plain])
    }

    /// The terminal's own two, told apart by style.
    private static let plain = ThemeInks(
        ground: .standard, groundText: .standard, panel: .standard, text: .standard, strong: .standard,
        quiet: .standard, accent: .standard, good: .standard, warning: .standard, failure: .standard,
        cursor: [.standard], dot: [.standard], trail: [.standard], frame: [.standard])
}
