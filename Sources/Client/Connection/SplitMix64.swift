/// A seeded generator (Steele, Lea, Flood 2014): the same seed gives the same waits, so a test can foretell them.
///
/// It spreads reconnects over time and makes nothing secret.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts from a seed.
    public init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        let mixed = Self.mix(state)
        state &+= 0x9E37_79B9_7F4A_7C15
        return mixed
    }

    /// Spreads 64 bits so that near values come out far apart.
    static func mix(_ value: UInt64) -> UInt64 {
        var bits = value &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
