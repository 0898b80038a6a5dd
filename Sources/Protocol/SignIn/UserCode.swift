/// The code that a person carries from a terminal to a browser (RFC 8628 §6.1): 8 of 20 consonants, `WDJB-MJHT`.
///
/// Without vowels it spells nothing, and no two of its letters are taken for each other.
public struct UserCode: Hashable, Sendable, CustomStringConvertible {
    /// The letters, as many as `length`.
    private let letters: String

    /// Letters in a code.
    public static let length = 8
    /// What a code is made of.
    public static let alphabet = Array("BCDFGHJKLMNPQRSTVWXZ".utf8)

    /// The code that random bytes stand for; nil where they are too few.
    ///
    /// A byte of 240 or more is passed over, so that each letter is as likely as any other.
    public init?(random bytes: [UInt8]) {
        let even = 256 - 256 % Self.alphabet.count
        let drawn = bytes.lazy.filter { $0 < even }.prefix(Self.length)
        guard drawn.count == Self.length else { return nil }
        letters = String(decoding: drawn.map { Self.alphabet[Int($0) % Self.alphabet.count] }, as: UTF8.self)
    }

    /// Reads what a person typed, in any case, with whatever blanks and dashes; nil where it is no code.
    public init?(typed text: String) {
        guard text.utf8.count <= Limits.maxTypedCodeBytes else { return nil }
        var found: [UInt8] = []
        for scalar in text.uppercased().unicodeScalars {
            if scalar.isASCII, let byte = UInt8(exactly: scalar.value), Self.alphabet.contains(byte) {
                found.append(byte)
            } else if !scalar.properties.isWhitespace, scalar.properties.generalCategory != .dashPunctuation {
                return nil
            }
        }
        guard found.count == Self.length else { return nil }
        letters = String(decoding: found, as: UTF8.self)
    }

    /// `WDJB-MJHT`.
    public var description: String { "\(letters.prefix(Self.length / 2))-\(letters.suffix(Self.length / 2))" }
}
