/// A dot that jumps when it is hit and shakes in between.
///
/// Its home is drawn as `Dot` draws its place, but 3 pixels from every edge: with `next()` of SplitMix64 that
/// starts at the stretch's seed (spelled out at `Dot`)
///
///     homeX = 3 + next() % 52        (60 - 3 - 2 × 3 + 1)
///     homeY = 3 + next() % 28        (36 - 3 - 2 × 3 + 1)
///
/// Every 80 ms it takes another offset of -3 to 3 in each direction. At `t` milliseconds of the run, in a stretch
/// that began at `start`,
///
///     step = (t - start) / 80        (rounded down)
///     next() of SplitMix64 that starts at seed ^ ((step + 1) × 0xD1342543DE82EF95 modulo 2^64)
///     x = homeX + next() % 7 - 3
///     y = homeY + next() % 7 - 3
///
/// It is 3 × 3 pixels from there. So it never leaves the field, no two places of a stretch are further apart than
/// 6 pixels in a direction, and only who has the seed knows the next one.
public enum ShakyDot: ArcadeGame {
    /// `shaky_dot`.
    public static let name = "shaky_dot"
    /// What people call it.
    public static let title = "Shaky dot"
    /// How it is played.
    public static let rule =
        "Hit the dot as often as you can in 30 seconds; it jumps each time and shakes in between."
    /// Half a minute.
    public static let category = ArcadeCategory.timed(seconds: 30)
    /// 60 columns and 18 rows of a terminal.
    public static let field = ArcadeField(width: 60, height: 36)
    /// Nobody knows where it jumps before it is hit.
    public static let renewsSeed = true
    /// How far it shakes from its home, in pixels each way.
    public static let shake = 3
    /// How long it stays at a place.
    public static let shakeMs = 80
    /// Odd, and not the generator's own step: else the draws of neighbouring steps would be the same.
    private static let stepFactor: UInt64 = 0xD134_2543_DE82_EF95

    /// The dot, where it is at a time.
    public static func target(of stretch: ArcadeStretch, atMs: Int) -> ArcadeTarget {
        var random = SeededGenerator(seed: stretch.seed)
        var target = field.square(side: Dot.side, margin: shake, by: &random)
        let step = UInt64(max(0, atMs - stretch.startMs) / shakeMs)
        random = SeededGenerator(seed: stretch.seed ^ (step + 1) &* stepFactor)
        let places = UInt64(2 * shake + 1)
        target.x += Int(random.next() % places) - shake
        target.y += Int(random.next() % places) - shake
        return target
    }
}
