/// What an ad is called on the wire and in its file: 1 to 32 of `a-z`, `0-9` and `-`.
public struct AdID: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The text.
    public let rawValue: String

    /// Takes a text that may be one; nil for any other.
    public init?(rawValue: String) {
        guard (1...Limits.maxAdIDCharacters).contains(rawValue.utf8.count),
            rawValue.utf8.allSatisfy({ Self.letters.contains($0) })
        else { return nil }
        self.rawValue = rawValue
    }

    private static let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)

    /// The text.
    public var description: String { rawValue }

    /// Orders by bytes.
    public static func < (lhs: AdID, rhs: AdID) -> Bool { lhs.rawValue < rhs.rawValue }
}
