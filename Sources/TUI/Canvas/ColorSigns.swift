/// A sign for each of a palette's colors, for whoever can't tell them apart.
enum ColorSigns {
    /// 0 to 9 as the keys that choose them, then letters.
    private static let letters = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".unicodeScalars)
    /// Patterns of dots for larger palettes: no two alike, and each a column wide.
    private static let firstPattern: UInt32 = 0x2801

    static func sign(of index: UInt8) -> Unicode.Scalar {
        let index = Int(index)
        guard index >= letters.count else { return letters[index] }
        return Unicode.Scalar(firstPattern + UInt32(index - letters.count)) ?? "?"
    }
}
