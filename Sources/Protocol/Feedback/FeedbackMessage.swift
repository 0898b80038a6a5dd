/// What a player tells the host: 1 to 2,000 characters that show, in one line.
///
/// Each line break and tab becomes a space; other controls and what turns or hides text (bidirectional, format
/// and zero-width characters) are dropped; then space at the ends is.
public struct FeedbackMessage: Hashable, Sendable {
    /// The cleaned text.
    public let text: String

    /// Cleans a text; nil where nothing is left, or too much.
    public init?(_ text: String) {
        guard
            let line = PlayerName.line(
                text, maxCharacters: Limits.maxFeedbackCharacters, maxBytes: Limits.maxFeedbackBytes)
        else { return nil }
        self.text = line
    }
}

/// One message, as a host's list has it.
public struct FeedbackEntry: Hashable, Sendable, Codable {
    /// Its number; a later message has a greater one.
    public var id: Int
    /// Who wrote it; none where the account is gone.
    public var account: AccountName?
    /// Whether a guest wrote it.
    public var isGuest: Bool
    /// The cleaned text.
    public var message: String
    /// When it came, in milliseconds since 1970.
    public var atMs: Int64

    /// Joins the parts.
    public init(id: Int, account: AccountName?, isGuest: Bool, message: String, atMs: Int64) {
        self.id = id
        self.account = account
        self.isGuest = isGuest
        self.message = message
        self.atMs = atMs
    }

    private enum CodingKeys: String, CodingKey {
        case id, account, message
        case isGuest = "is_guest"
        case atMs = "at_ms"
    }
}
