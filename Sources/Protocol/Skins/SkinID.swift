/// What a skin is called on the wire, in addresses and as a file: 1 to 32 of `a-z`, `0-9` and `-`.
public struct SkinID: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    /// The characters.
    public let rawValue: String

    /// Takes a text that may be one; nil for anything else.
    public init?(rawValue: String) {
        guard Self.isWord(rawValue, max: Limits.maxSkinIDCharacters) else { return nil }
        self.rawValue = rawValue
    }

    /// The characters.
    public var description: String { rawValue }

    /// Orders by the characters' codes.
    public static func < (lhs: SkinID, rhs: SkinID) -> Bool { lhs.rawValue < rhs.rawValue }

    /// What an id must be, for whoever wrote another one.
    public static let rule = "1 to \(Limits.maxSkinIDCharacters) of a-z, 0-9 and -"

    /// Whether a text has 1 to so many characters of those that ids and names of colors are made of.
    static func isWord(_ text: String, max: Int) -> Bool {
        (1...max).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

extension JSONFields {
    /// A skin's id.
    func skinID(_ name: String) throws(Failure) -> SkinID {
        guard let id = SkinID(rawValue: try string(name)) else { throw refusal(name, SkinID.rule) }
        return id
    }
}
