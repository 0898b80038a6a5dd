import Protocol

/// A message to the host that is being written, and what became of the last one.
struct FeedbackDesk: Hashable, Sendable {
    private(set) var editor = LineEditor(maxCharacters: Limits.maxFeedbackCharacters)
    /// Whether a message is on its way; until its answer nothing can be written.
    private(set) var isSending = false
    private(set) var verdict: Verdict?

    /// What became of the last message.
    struct Verdict: Hashable, Sendable {
        var words: Words
        var isGood: Bool
    }

    /// The message as it would be sent; nil where there is none.
    var message: FeedbackMessage? { FeedbackMessage(editor.text) }

    // MARK: Writing

    /// Takes a key into the text, whose rows are so many columns wide.
    mutating func take(_ press: KeyPress, columns: Int) {
        guard !isSending else { return }
        switch press.key {
        case .up: move(rows: -1, columns: columns)
        case .down: move(rows: 1, columns: columns)
        default:
            if editor.take(press) { verdict = nil }
        }
    }

    /// Puts pasted text in: its line ends and tabs become spaces.
    mutating func paste(_ text: String) {
        guard !isSending else { return }
        verdict = nil
        // CR LF is one line end.
        editor.add(String(text.map { $0 == "\r\n" ? "\n" : $0 }))
    }

    mutating func clear() {
        guard !isSending else { return }
        editor.clear()
        verdict = nil
    }

    /// Puts the cursor at a character.
    mutating func move(to place: Int) { editor.move(to: place) }

    private mutating func move(rows: Int, columns: Int) {
        let text = WrappedText(editor.characters, columns: columns)
        let spot = text.spot(of: editor.place)
        editor.move(to: text.place(row: spot.row + rows, column: spot.column))
    }

    // MARK: Sending

    mutating func send() {
        isSending = true
        verdict = nil
    }

    /// The server has it.
    mutating func sent() {
        isSending = false
        editor.clear()
        verdict = Verdict(words: Words("Sent: thank you"), isGood: true)
    }

    /// It didn't get there, or wasn't taken: what was written stays.
    mutating func refuse(_ words: Words) {
        isSending = false
        verdict = Verdict(words: words, isGood: false)
    }
}
