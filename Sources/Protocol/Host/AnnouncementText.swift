/// What a host tells everyone who is connected: one line of 1 to 280 characters that show.
///
/// Each line break and tab becomes a space; other controls and what turns or hides text are dropped; then space
/// at the ends is.
public struct AnnouncementText: Hashable, Sendable {
    /// The cleaned text.
    public let text: String

    /// Cleans a text; nil where nothing is left, or too much.
    public init?(_ text: String) {
        guard
            let line = PlayerName.line(
                text, maxCharacters: Limits.maxAnnouncementCharacters,
                maxBytes: Limits.maxAnnouncementBytes)
        else { return nil }
        self.text = line
    }
}
