/// A 64-bit random name for an account, a guest or a session; 13 characters of Crockford's base32 in text.
///
/// One integer in memory and in SQL, a string in JSON. Drawn from the system's generator at the edge and
/// passed in as a value, so that nothing pure has to invent one.
public struct Identifier: RawRepresentable, Hashable, Sendable, Comparable {
    /// The 64 random bits.
    public let rawValue: UInt64

    /// Wraps 64 bits drawn elsewhere.
    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Orders by number, so that sorted output never depends on hashing.
    public static func < (lhs: Identifier, rhs: Identifier) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}

extension Identifier: CustomStringConvertible {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let digits = 13

    /// 13 lower-case base32 characters, most significant first; the first carries 4 bits.
    public var description: String {
        var text = [UInt8](repeating: 0, count: Self.digits)
        var rest = rawValue
        for index in stride(from: Self.digits - 1, through: 0, by: -1) {
            text[index] = Self.alphabet[Int(rest & 31)]
            rest >>= 5
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads the 13 characters that `description` writes; nil for anything else.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count == Self.digits else { return nil }
        var value: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            guard let digit = Self.alphabet.firstIndex(of: byte), index > 0 || digit < 16 else { return nil }
            value = value << 5 | UInt64(digit)
        }
        self.init(rawValue: value)
    }
}

extension Identifier: Codable {
    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let identifier = Identifier(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an identifier")
        }
        self = identifier
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
