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
}
