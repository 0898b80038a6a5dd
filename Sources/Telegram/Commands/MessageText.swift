import Protocol

/// Long words cut into messages of Telegram's length.
enum MessageText {
    /// The messages, at line ends where there are some; what more than `Limits.maxTelegramParts` would need is
    /// left out, and the last one says so.
    static func parts(of text: String, maxUnits: Int = Limits.maxTelegramMessageUnits) -> [String] {
        var parts: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            if parts.count == Limits.maxTelegramParts {
                let note = "\n…"
                let last = parts.removeLast()
                parts.append(String(prefix(of: last[...], maxUnits: maxUnits - note.utf16.count)) + note)
                return parts
            }
            let part = prefix(of: rest, maxUnits: maxUnits)
            rest = rest[part.endIndex...]
            let shown = CommandText(part).text
            // A message of white space alone is refused.
            if !shown.isEmpty { parts.append(shown) }
        }
        return parts
    }

    /// As much of a text as fits, up to its last line's end where there is one.
    private static func prefix(of text: Substring, maxUnits: Int) -> Substring {
        guard text.utf16.count > maxUnits else { return text }
        var units = 0
        var end = text.startIndex
        var lineEnd: String.Index?
        for index in text.indices {
            units += text[index].utf16.count
            if units > maxUnits { break }
            end = text.index(after: index)
            if text[index].isNewline { lineEnd = end }
        }
        // A single character may be longer than a message: it is cut, too.
        if end == text.startIndex {
            return text[
                ..<(text.utf16.index(text.startIndex, offsetBy: maxUnits, limitedBy: text.endIndex)
                    ?? text.endIndex)]
        }
        return text[..<(lineEnd ?? end)]
    }
}
