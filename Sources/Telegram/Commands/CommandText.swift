import Protocol

/// What follows a command's word, without white space around it.
struct CommandText {
    /// The words.
    let text: String

    init(_ text: Substring) {
        var rest = text.drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        self.text = String(rest)
    }

    var isEmpty: Bool { text.isEmpty }

    /// Phones turn straight quotes into those of their language.
    private static let quotes: [Character: [Character]] = [
        "\"": ["\"", "”"], "“": ["”", "\""], "„": ["“", "”", "\""], "«": ["»"],
    ]

    /// Whether a name in quotes stands at the front.
    var isQuoted: Bool { text.first.map { Self.quotes[$0] != nil } ?? false }

    /// A name, in quotes where it has spaces, and what follows it; nil where there is none.
    var nameAndRest: (name: String, rest: String)? {
        if let first = text.first, let ends = Self.quotes[first] {
            let inner = text.dropFirst()
            guard let end = inner.firstIndex(where: { ends.contains($0) }), end > inner.startIndex else {
                return nil
            }
            return (String(inner[..<end]), CommandText(inner[inner.index(after: end)...]).text)
        }
        let name = text.prefix { !$0.isWhitespace }
        return name.isEmpty ? nil : (String(name), CommandText(text.dropFirst(name.count)).text)
    }

    /// `WxH`; the cross may be a Latin or a Cyrillic letter, or the sign.
    var canvasSize: CanvasSize? {
        let sides = text.split(omittingEmptySubsequences: false) { "xXхХ×*".contains($0) }
            .map { CommandText($0).text }
        guard sides.count == 2, sides.allSatisfy({ (1...6).contains($0.utf8.count) }),
            let width = Int(sides[0]), let height = Int(sides[1])
        else { return nil }
        return CanvasSize(width: width, height: height)
    }
}
