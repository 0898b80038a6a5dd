/// Appends the binary form's elements to one growing array.
struct ByteWriter {
    var bytes: [UInt8] = []

    /// One byte.
    mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// An integer as LEB128 of its 64-bit two's complement: 7 bits a byte, least significant first.
    mutating func integer(_ value: Int) {
        var rest = UInt64(bitPattern: Int64(value))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A 64-bit integer, like `integer`.
    mutating func integer64(_ value: Int64) { integer(Int(value)) }

    /// A flag byte, and after a 1 the integer.
    mutating func optional(_ value: Int?) {
        byte(value == nil ? 0 : 1)
        if let value { integer(value) }
    }

    /// The length in bytes, then UTF-8.
    mutating func string(_ text: String) {
        let utf8 = text.utf8
        integer(utf8.count)
        bytes.append(contentsOf: utf8)
    }

    /// Eight bytes, most significant first.
    mutating func identifier(_ identifier: Identifier) {
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: identifier.rawValue >> UInt64(shift)))
        }
    }
}
