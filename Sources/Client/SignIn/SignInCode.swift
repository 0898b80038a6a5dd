/// A code that a person confirms in a browser, and where (RFC 8628, section 3.2).
///
/// It goes to a terminal and into a browser, so what could command either is not taken.
public struct SignInCode: Hashable, Sendable {
    private static let maxCodeBytes = 32
    private static let maxAddressBytes = 512

    /// What is typed at the address, such as `WDJB-MJHT`.
    public let userCode: String
    /// Where it is typed: an http or https URL.
    public let address: String
    /// The address with the code in it, for links and pictures; nil where the server tells none.
    public let wholeAddress: String?
    /// How long the code can be confirmed, in milliseconds.
    public let lifeMs: Int64

    /// What a link or a picture is made of.
    public var linkAddress: String { wholeAddress ?? address }

    /// Takes what a server tells; nil where a person can't do anything with it.
    public init?(userCode: String, address: String, wholeAddress: String?, lifeMs: Int64) {
        guard Self.isPlain(userCode, maxBytes: Self.maxCodeBytes), Self.isAddress(address) else { return nil }
        self.userCode = userCode
        self.address = address
        self.wholeAddress = wholeAddress.flatMap { Self.isAddress($0) ? $0 : nil }
        self.lifeMs = lifeMs
    }

    private static func isAddress(_ text: String) -> Bool {
        isPlain(text, maxBytes: maxAddressBytes) && (text.hasPrefix("https://") || text.hasPrefix("http://"))
    }

    /// Whether a text is ASCII that is seen, without spaces.
    private static func isPlain(_ text: String, maxBytes: Int) -> Bool {
        (1...maxBytes).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
