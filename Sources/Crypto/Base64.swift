/// Base64 with padding (RFC 4648 §4), strict: one text for each byte string and no other.
public enum Base64 {
    /// The text of the bytes, padded to a multiple of four.
    public static func encode(_ bytes: [UInt8]) -> String {
        let text = Alphabet.standard.encode(bytes)
        return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }

    /// The bytes of a text; nil for missing padding, foreign characters or leftover bits.
    public static func decode(_ text: String) -> [UInt8]? {
        var digits = Array(text.utf8)
        guard digits.count % 4 == 0 else { return nil }
        var padding = 0
        while padding < 2, digits.last == UInt8(ascii: "=") {
            digits.removeLast()
            padding += 1
        }
        return Alphabet.standard.decode(digits)
    }
}

/// Base64 for URLs and tokens without padding (RFC 4648 §5, RFC 7515 §2), strict as `Base64`.
public enum Base64URL {
    /// The text of the bytes.
    public static func encode(_ bytes: [UInt8]) -> String {
        Alphabet.url.encode(bytes)
    }

    /// The bytes of a text; nil for padding, foreign characters or leftover bits.
    public static func decode(_ text: String) -> [UInt8]? {
        decode(Array(text.utf8))
    }

    static func decode(_ digits: [UInt8]) -> [UInt8]? {
        Alphabet.url.decode(digits)
    }
}

/// 64 digits and the way back from each.
private struct Alphabet: Sendable {
    let digits: [UInt8]
    /// The value of each byte; 255 where it is no digit.
    let values: [UInt8]

    static let standard = Alphabet(last: "+/")
    static let url = Alphabet(last: "-_")

    init(last: String) {
        let text = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last
        digits = Array(text.utf8)
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in digits.enumerated() {
            values[Int(digit)] = UInt8(value)
        }
        self.values = values
    }

    func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var bits: UInt32 = 0
        var bitCount = 0
        for byte in bytes {
            bits = (bits << 8 | UInt32(byte)) & 0xffff
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(digits[Int(bits >> UInt32(bitCount) & 63)])
            }
        }
        if bitCount > 0 {
            text.append(digits[Int(bits << UInt32(6 - bitCount) & 63)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    func decode(_ text: [UInt8]) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var bits: UInt32 = 0
        var bitCount = 0
        for digit in text {
            let value = values[Int(digit)]
            guard value != 255 else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0xffff
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(bits >> UInt32(bitCount) & 255))
            }
        }
        // Bits beyond the last byte must be zero: otherwise several texts would stand for one value.
        return bits & (1 << UInt32(bitCount) - 1) == 0 ? bytes : nil
    }
}
