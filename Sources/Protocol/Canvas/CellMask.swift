/// One bit for each cell of a canvas, row by row; in a byte the lowest bit comes first.
public struct CellMask: Hashable, Sendable {
    /// The canvas's size.
    public let size: CanvasSize
    /// ⌈cells ÷ 8⌉ bytes.
    public private(set) var bytes: [UInt8]

    /// A mask with no bit set.
    public init(size: CanvasSize) {
        self.size = size
        bytes = [UInt8](repeating: 0, count: Self.byteCount(of: size))
    }

    /// Takes bytes as they were sent; nil where there are too many or too few, or bits beyond the last cell.
    public init?(size: CanvasSize, bytes: [UInt8]) {
        guard bytes.count == Self.byteCount(of: size) else { return nil }
        let bitsInLast = UInt8(size.cellCount & 7)
        if bitsInLast > 0, let last = bytes.last, last >> bitsInLast != 0 { return nil }
        self.size = size
        self.bytes = bytes
    }

    /// How many bytes a canvas's mask has.
    public static func byteCount(of size: CanvasSize) -> Int { (size.cellCount + 7) / 8 }

    /// How many bits are set.
    public var count: Int { bytes.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Whether a cell's bit is set, by the cell's number: y × width + x.
    public subscript(cell: Int) -> Bool {
        get { bytes[cell >> 3] >> UInt8(cell & 7) & 1 != 0 }
        set {
            let bit = UInt8(1) << UInt8(cell & 7)
            if newValue { bytes[cell >> 3] |= bit } else { bytes[cell >> 3] &= ~bit }
        }
    }
}
