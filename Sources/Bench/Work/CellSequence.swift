/// Every cell of a canvas once in an order that looks random, then all again with other colors.
///
/// No cell is under way twice, so the time from placing to seeing can be told by cell and color; the gaps between
/// the cells of a frame are those of random places. A bijection on the next power of two (multiply by an odd
/// number, fold the upper half down), walked on until it falls on the canvas.
struct CellSequence {
    private let cellCount: Int
    private let bits: Int
    private let colorCount: UInt8
    private var next = 0
    private var round: UInt8 = 0

    /// Starts over `cellCount` cells and `colorCount` colors.
    init(cellCount: Int, colorCount: Int) {
        precondition(cellCount > 1 && (2...256).contains(colorCount))
        self.cellCount = cellCount
        bits = max(2, Int.bitWidth - (cellCount - 1).leadingZeroBitCount)
        self.colorCount = UInt8(clamping: colorCount)
    }

    /// The next cell and its color; never color 0, the canvas's ground.
    mutating func draw() -> (cell: Int, color: UInt8) {
        while true {
            if next == 1 << bits {
                next = 0
                round &+= 1
            }
            let cell = scatter(UInt64(next))
            next += 1
            if cell < cellCount {
                let mixed = (UInt64(cell) &+ 1) &* 0xBF58_476D_1CE4_E5B9 >> 40
                let color =
                    (UInt8(truncatingIfNeeded: mixed % UInt64(colorCount - 1)) &+ round) % (colorCount - 1)
                return (cell, color + 1)
            }
        }
    }

    private func scatter(_ number: UInt64) -> Int {
        let mask: UInt64 = 1 << UInt64(bits) - 1
        let fold = UInt64((bits + 1) / 2)
        var value = number
        for factor: UInt64 in [0x9E37_79B1, 0x85EB_CA77, 0xC2B2_AE3D] {
            value = value &* factor & mask
            value ^= value >> fold
        }
        return Int(value)
    }
}
