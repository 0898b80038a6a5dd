/// A still dot that jumps when it is hit.
///
/// With `next()` of SplitMix64 that starts at the stretch's seed (each call adds 0x9E3779B97F4A7C15 to the state,
/// `z = state`, `z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9`, `z = (z ^ z >> 27) * 0x94D049BB133111EB`, the number is
/// `z ^ z >> 31`, everything modulo 2^64 and without sign), the dot's left top pixel is
///
///     x = next() % 58        (60 - 3 + 1 columns where it fits)
///     y = next() % 34        (36 - 3 + 1 rows where it fits)
///
/// in this order. It is 3 × 3 pixels: a hit has `x ≤ px < x + 3` and `y ≤ py < y + 3`. A cell of a terminal shows
/// the pixels (column, 2 × row) and (column, 2 × row + 1); three rows cover one cell whole, wherever they lie.
public enum Dot: ArcadeGame {
    /// `dot`.
    public static let name = "dot"
    /// What people call it.
    public static let title = "Dot"
    /// How it is played.
    public static let rule = "Hit the dot as often as you can in 30 seconds; it jumps each time."
    /// Half a minute.
    public static let category = ArcadeCategory.timed(seconds: 30)
    /// 60 columns and 18 rows of a terminal.
    public static let field = ArcadeField(width: 60, height: 36)
    /// Nobody knows where it jumps before it is hit.
    public static let renewsSeed = true
    /// Columns and rows of the dot.
    static let side = 3

    /// The dot, where it stays for its stretch.
    public static func target(of stretch: ArcadeStretch, atMs: Int) -> ArcadeTarget {
        var random = SeededGenerator(seed: stretch.seed)
        return field.square(side: side, margin: 0, by: &random)
    }
}
