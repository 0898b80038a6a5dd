/// A hash of a whole canvas that one changed cell updates in constant time.
///
/// Each cell's index and color are mixed to 64 bits and the results are xored, so two canvases of the same
/// cells have the same hash however they came to be. It compares replicas; it resists no forger.
public struct CanvasHash: Hashable, Sendable {
    /// The 64 bits to compare.
    public private(set) var value: UInt64

    /// Hashes all cells.
    public init(of cells: [UInt8]) {
        var value: UInt64 = 0
        for (cell, color) in cells.enumerated() {
            value ^= Self.mixed(cell: cell, color: color)
        }
        self.value = value
    }

    /// Takes one cell from a color to another.
    public mutating func replace(cell: Int, from old: UInt8, to new: UInt8) {
        value ^= Self.mixed(cell: cell, color: old) ^ Self.mixed(cell: cell, color: new)
    }

    /// The finalizer of SplitMix64 (Steele, Lea, Flood 2014): near values come out far apart.
    private static func mixed(cell: Int, color: UInt8) -> UInt64 {
        var bits = (UInt64(truncatingIfNeeded: cell) << 8 | UInt64(color)) &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
