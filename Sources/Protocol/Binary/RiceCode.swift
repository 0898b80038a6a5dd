/// Counts what each Rice parameter would cost, gap by gap, without coding anything.
///
/// A gap `g` under parameter `k` takes `(g >> k) + 1 + k` bits, or `escapeOnes + escapeBits` where
/// `g >> k` would be 8 or more. A gap of `b` significant bits has a quotient of 1 to 7 for three parameters
/// only, `b - 3` to `b - 1`; below it escapes and above it is 0. So three additions a gap give exact costs.
struct RiceTally {
    /// The largest parameter: no gap has more bits.
    static let maxParameter = 24
    /// Quotients from here on are escaped: as many ones without a zero, then the gap itself.
    static let escapeOnes = 8
    /// The bits of an escaped gap: cells number at most 2^24.
    static let escapeBits = 24

    private typealias Row = InlineArray<32, Int>
    /// How many gaps have so many significant bits.
    private var lengths = Row(repeating: 0)
    /// The sum of the quotients that a parameter doesn't escape, shifted by 3 so that no index is negative.
    private var quotients = Row(repeating: 0)

    /// Counts a gap below 2^24 (a larger one, of a frame to be refused, is counted as one of 24 bits).
    mutating func add(_ gap: UInt32) {
        let length = min(UInt32.bitWidth - gap.leadingZeroBitCount, Self.maxParameter)
        lengths[length] += 1
        if length == 0 { return }
        // Quotients of gap at parameters length-1, length-2 and length-3; their index is parameter + 3.
        let shifted = UInt64(gap) << 3
        quotients[length + 2] += 1
        quotients[length + 1] += Int(shifted >> UInt64(length + 1))
        quotients[length] += Int(shifted >> UInt64(length))
    }

    /// The parameter that codes all gaps in the fewest bits, the smallest of equals, and those bits.
    func best() -> (parameter: Int, bits: Int) {
        var best = (parameter: 0, bits: Int.max)
        var plain = lengths[0] + lengths[1] + lengths[2]
        var escaped = 0
        for length in 3...Self.maxParameter { escaped += lengths[length] }
        for parameter in 0...Self.maxParameter {
            if parameter + 3 <= Self.maxParameter {
                plain += lengths[parameter + 3]
                escaped -= lengths[parameter + 3]
            }
            let bits =
                plain * (parameter + 1) + quotients[parameter + 3]
                + escaped * (Self.escapeOnes + Self.escapeBits)
            if bits < best.bits { best = (parameter, bits) }
        }
        return best
    }
}

/// Puts Rice codes into bytes, most significant bit first.
struct BitWriter {
    private let base: UnsafeMutablePointer<UInt8>
    private var offset = 0
    /// Bits not yet in whole bytes, at the top.
    private var pending: UInt64 = 0
    private var pendingBits = 0

    /// Grows `bytes` by what `bitCount` bits need and lets `body` put exactly so many there.
    static func append(bitCount: Int, to bytes: inout [UInt8], _ body: (inout BitWriter) -> Void) {
        let start = bytes.count
        let byteCount = (bitCount + 7) / 8
        // Whole 64-bit words are stored, so the last one reaches past the end.
        bytes.append(contentsOf: repeatElement(0, count: byteCount + 8))
        bytes.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            var writer = BitWriter(base: base + start)
            body(&writer)
            precondition(writer.offset * 8 + writer.pendingBits == bitCount, "as many bits as were counted")
        }
        bytes.removeLast(8)
    }

    private init(base: UnsafeMutablePointer<UInt8>) { self.base = base }

    /// Puts a gap's code and the color after it: at most 40 bits, onto at most 7 pending ones.
    mutating func put(gap: UInt32, parameter: Int, color: UInt8, colorBits: Int) {
        let quotient = Int(gap >> UInt32(parameter))
        var code: UInt64
        var length: Int
        if quotient < RiceTally.escapeOnes {
            let ones = (UInt64(1) << UInt64(quotient + 1)) - 2
            code = ones << UInt64(parameter) | UInt64(gap) & ((1 << UInt64(parameter)) - 1)
            length = quotient + 1 + parameter
        } else {
            code = 0xFF << UInt64(RiceTally.escapeBits) | UInt64(gap)
            length = RiceTally.escapeOnes + RiceTally.escapeBits
        }
        code = code << UInt64(colorBits) | UInt64(color)
        length += colorBits
        pending |= code << UInt64(64 - pendingBits - length)
        pendingBits += length
        UnsafeMutableRawPointer(base + offset).storeBytes(of: pending.bigEndian, as: UInt64.self)
        let whole = pendingBits >> 3
        offset += whole
        pending <<= UInt64(whole * 8)
        pendingBits &= 7
    }
}

/// Takes Rice codes from bytes, most significant bit first.
struct BitReader {
    private let bytes: ArraySlice<UInt8>
    private var position = 0
    private let bitCount: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        bitCount = bytes.count * 8
    }

    /// At least 57 bits from the position on, at the top; zeros stand in for what lies past the end.
    private func window() -> UInt64 {
        let offset = position >> 3
        let word: UInt64
        if offset + 8 <= bytes.count {
            word = bytes.withUnsafeBytes {
                UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            }
        } else {
            var tail: UInt64 = 0
            for index in offset..<offset + 8 {
                let byte = index < bytes.count ? bytes[bytes.startIndex + index] : 0
                tail = tail << 8 | UInt64(byte)
            }
            word = tail
        }
        return word << UInt64(position & 7)
    }

    /// The next gap and color; nil where the bits end, or where an escape stands for a gap that needs none.
    mutating func take(parameter: Int, colorBits: Int) -> (gap: UInt32, color: UInt8)? {
        var window = window()
        let ones = (~window).leadingZeroBitCount
        let gap: UInt64
        var length: Int
        if ones < RiceTally.escapeOnes {
            window <<= UInt64(ones + 1)
            // Two shifts, because a parameter of 0 would otherwise shift by the whole width.
            gap = UInt64(ones) << UInt64(parameter) | (window >> 1) >> UInt64(63 - parameter)
            window <<= UInt64(parameter)
            length = ones + 1 + parameter
        } else {
            window <<= UInt64(RiceTally.escapeOnes)
            gap = window >> UInt64(64 - RiceTally.escapeBits)
            window <<= UInt64(RiceTally.escapeBits)
            length = RiceTally.escapeOnes + RiceTally.escapeBits
            guard gap >> UInt64(parameter) >= RiceTally.escapeOnes else { return nil }
        }
        let color = UInt8(truncatingIfNeeded: window >> UInt64(64 - colorBits))
        length += colorBits
        guard length <= bitCount - position else { return nil }
        position += length
        return (UInt32(truncatingIfNeeded: gap), color)
    }

    /// Whether less than a byte is left, and it is zero.
    var isAtEnd: Bool {
        let left = bitCount - position
        return left < 8 && (window() >> 1) >> UInt64(63 - left) == 0
    }
}
