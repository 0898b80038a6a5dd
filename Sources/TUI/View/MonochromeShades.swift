/// Brightness as characters, for terminals without color: what is bright is filled.
enum MonochromeShades {
    private static let shades: [Unicode.Scalar] = [" ", "░", "▒", "▓", "█"]
    private static let half = 2

    private static func level(_ luma: Int) -> Int { min(max(luma, 0) * shades.count / 256, shades.count - 1) }

    /// A whole cell of one brightness, 0 to 255.
    static func full(_ luma: Int) -> Unicode.Scalar { shades[level(luma)] }

    /// Whether a brightness is rather filled than empty.
    static func isBright(_ luma: Int) -> Bool { level(luma) >= half }

    /// A cell of two: shaded where they are alike, else the brighter half filled, so that edges keep their
    /// half-cell sharpness.
    static func cell(upper: Int, lower: Int) -> Unicode.Scalar {
        let (up, low) = (level(upper), level(lower))
        if up == low { return shades[up] }
        if abs(up - low) == 1, up != half, low != half { return shades[max(up, low)] }
        return up > low ? "▀" : "▄"
    }

    /// A cell of four quarters: shaded where they are much alike, else the brighter ones filled.
    static func quadrants(
        _ upperLeft: Int, _ upperRight: Int, _ lowerLeft: Int, _ lowerRight: Int
    ) -> Unicode.Scalar {
        let darkest = min(upperLeft, upperRight, lowerLeft, lowerRight)
        let brightest = max(upperLeft, upperRight, lowerLeft, lowerRight)
        guard level(brightest) - level(darkest) > 1 else {
            return full((upperLeft + upperRight + lowerLeft + lowerRight) / 4)
        }
        let middle = (darkest + brightest) / 2
        var filled = 0
        if upperLeft > middle { filled |= 1 }
        if upperRight > middle { filled |= 2 }
        if lowerLeft > middle { filled |= 4 }
        if lowerRight > middle { filled |= 8 }
        return CellFit.quadrant(filled)
    }

    /// How bright each of eight dots must be to be seen, row by row: spread so that shades keep their brightness.
    private static let dotThresholds = [16, 144, 208, 80, 48, 176, 240, 112]

    /// A cell of eight dots, row by row.
    static func dots(_ luma: (Int) -> Int) -> Unicode.Scalar {
        var dots: UInt32 = 0
        for number in 0..<8 where luma(number) >= dotThresholds[number] { dots |= CellFit.dots[number] }
        return dots == 0 ? " " : CellFit.pattern(dots)
    }
}
