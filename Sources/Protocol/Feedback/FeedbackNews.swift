/// A message to the host as it arrives.
public struct FeedbackNews: Hashable, Sendable {
    /// Who wrote it; none where it was a guest, or the account is gone.
    public var account: AccountName?
    /// Whether a guest wrote it.
    public var isGuest: Bool
    /// The cleaned text.
    public var message: String
    /// When it came, in milliseconds since 1970.
    public var atMs: Int64

    /// Joins the parts.
    public init(account: AccountName?, isGuest: Bool, message: String, atMs: Int64) {
        self.account = account
        self.isGuest = isGuest
        self.message = message
        self.atMs = atMs
    }
}
