/// Takes the binary form's elements off the front of an array; every element names its field when it fails.
struct ByteReader {
    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Bytes not read yet.
    var remaining: Int { bytes.count - offset }

    /// The refusal of a field.
    func refusal(_ field: StaticString, _ must: StaticString) -> Failure {
        Failure(.badRequest, "field \"\(field)\" must be \(must)")
    }

    /// One byte.
    mutating func byte(_ field: StaticString) throws(Failure) -> UInt8 {
        guard offset < bytes.count else { throw Failure(.badRequest, "field \"\(field)\" is missing") }
        offset += 1
        return bytes[offset - 1]
    }

    /// An integer in LEB128, in its shortest form and within 64 bits.
    mutating func integer(_ field: StaticString) throws(Failure) -> Int {
        var value: UInt64 = 0
        for index in 0..<10 {
            let byte = try byte(field)
            if index == 9, byte > 1 { throw refusal(field, "a 64-bit integer") }
            value |= UInt64(byte & 0x7F) << UInt64(7 * index)
            if byte < 0x80 {
                if byte == 0, index > 0 { throw refusal(field, "in its shortest form") }
                return Int(truncatingIfNeeded: value)
            }
        }
        throw refusal(field, "a 64-bit integer")
    }

    /// An integer from 0 to a bound.
    mutating func count(_ field: StaticString, max: Int = .max) throws(Failure) -> Int {
        let value = try integer(field)
        guard value >= 0, value <= max else { throw refusal(field, "in its range") }
        return value
    }

    /// A flag byte, and after a 1 the integer.
    mutating func optional(_ field: StaticString) throws(Failure) -> Int? {
        switch try byte(field) {
        case 0: return nil
        case 1: return try integer(field)
        default: throw refusal(field, "led by 0 or 1")
        }
    }

    /// A length that the bytes left can hold, and as many bytes of UTF-8.
    mutating func string(_ field: StaticString) throws(Failure) -> String {
        let length = try count(field)
        guard length <= remaining else { throw refusal(field, "as long as its length says") }
        guard let text = String(validating: bytes[offset..<offset + length], as: UTF8.self) else {
            throw refusal(field, "UTF-8")
        }
        offset += length
        return text
    }

    /// Eight bytes, most significant first.
    mutating func identifier(_ field: StaticString) throws(Failure) -> Identifier {
        var value: UInt64 = 0
        for _ in 0..<8 { value = value << 8 | UInt64(try byte(field)) }
        return Identifier(rawValue: value)
    }

    /// All bytes that are left.
    mutating func rest() -> ArraySlice<UInt8> {
        let start = offset
        offset = bytes.count
        return bytes[start...]
    }

    /// Refuses bytes after the message.
    func end() throws(Failure) {
        guard remaining == 0 else {
            throw Failure(.badRequest, "\(remaining) bytes after the message's end")
        }
    }
}
