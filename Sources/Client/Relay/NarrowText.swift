import Protocol

/// Text of which every character takes one column of a terminal.
enum NarrowText {
    /// More than any place that shows such text has room for.
    private static let maxScalars = 1_000

    /// A text without what could command a terminal, and with a question mark for each character that might be
    /// wider or narrower than a column.
    static func clean(_ text: String) -> String {
        // Cut before anything counts its characters: one character can be of any number of scalars.
        let cut = String(String.UnicodeScalarView(text.unicodeScalars.prefix(maxScalars)))
        return String(PlayerName.displayed(cut).map { isNarrow($0) ? $0 : "?" })
    }

    /// A line of such text, no longer than it may be and without spaces at its end.
    static func clipped(_ line: String, to width: Int) -> String {
        var kept = clean(line).prefix(width)
        while kept.last == " " { kept.removeLast() }
        return String(kept)
    }

    private static func isNarrow(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
            return false
        }
        switch scalar.value {
        // Latin, Greek and Cyrillic letters, dashes and quotes, the minus sign, the blocks of pictures.
        case 0x20..<0x7F, 0xA1..<0x300, 0x370..<0x483, 0x48A..<0x530, 0x2010...0x201F, 0x2212: return true
        default: return ["▀", "▄", "█"].contains(character)
        }
    }
}
