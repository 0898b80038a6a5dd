extension PlayerName {
    /// A text as one line that shows: line breaks and tabs become spaces, what controls or hides is dropped, and
    /// so is space at the ends; nil where nothing is left, or too much.
    static func line(_ text: String, maxCharacters: Int, maxBytes: Int) -> String? {
        // CR LF is one line break.
        let shown = displayed(String(text.map { $0 == "\r\n" ? "\n" : $0 }))
        let trimmed = shown.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        let line = String(trimmed)
        guard !line.isEmpty, line.utf8.count <= maxBytes, line.count <= maxCharacters else { return nil }
        return line
    }
}
