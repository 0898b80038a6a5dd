/// How far a held key moves: a press goes one step, and a key that repeats gets faster.
///
/// A terminal tells no way up, so a repeat is known by its time alone, as in `KeyHold`. Whoever taps quickly is taken
/// for a repeat at most once in a while, and what it costs is one step too many.
struct KeyGlide: Hashable, Sendable {
    private var key: KeyPress.Key?
    private var lastMs: Int64 = 0
    private var repeats = 0

    /// So many repeats go by before each step gets longer.
    private static let repeatsAStep = 3
    private static let longestStep = 4

    /// Takes a key's byte and returns how many steps it goes.
    mutating func step(_ key: KeyPress.Key, atMs nowMs: Int64) -> Int {
        let isRepeat = key == self.key && nowMs - lastMs < KeyHold.gapMs
        repeats = isRepeat ? repeats + 1 : 0
        self.key = key
        lastMs = nowMs
        return min(1 + repeats / Self.repeatsAStep, Self.longestStep)
    }
}
