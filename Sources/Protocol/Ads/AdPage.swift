/// A page of a client, as ads tell pages apart: 1 to 32 of `a-z` and `_`.
public struct AdPage: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The word.
    public let rawValue: String

    /// Takes a word that may be one; nil for any other.
    public init?(rawValue: String) {
        guard (1...Limits.maxAdPageCharacters).contains(rawValue.utf8.count),
            rawValue.utf8.allSatisfy({
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
            })
        else { return nil }
        self.rawValue = rawValue
    }

    private init(known word: String) {
        rawValue = word
    }

    /// Where a client begins; it is never kept waiting by an ad.
    public static let home = AdPage(known: "home")
    /// Where ads are shown.
    public static let ad = AdPage(known: "ad")

    /// The word.
    public var description: String { rawValue }
}
