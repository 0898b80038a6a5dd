/// Which picture to paint after, and where: `FILE` or `FILE@X,Y`.
struct TemplateOrder: Hashable, Sendable {
    /// The file's path as it was given.
    var file: String
    /// Where its top left pixel belongs; none for the canvas's corner.
    var place: Place?

    /// Reads a text; nil where there is no file in it.
    ///
    /// An `@` with anything but a place behind it belongs to the file's name.
    init?(_ text: String) {
        guard let at = text.lastIndex(of: "@"), let place = PlaceText.signed(text[text.index(after: at)...])
        else {
            file = text
            if file.isEmpty { return nil }
            return
        }
        file = String(text[..<at])
        self.place = place
        if file.isEmpty { return nil }
    }

    /// The last part of the path, which people know it by.
    var name: String { file.split(separator: "/").last.map(String.init) ?? file }
}

/// Places as people write them: two numbers and something between.
enum PlaceText {
    /// Longer texts are none.
    private static let maxBytes = 64
    /// More digits than any canvas has.
    private static let maxDigits = 6

    /// Reads `12,34`, `12 34`, `(12; 34)` or `12x34`, with blanks and line ends around; nil for all else.
    static func place(_ text: some StringProtocol) -> Place? {
        read(text, isSigned: false)
    }

    /// The same where a number may be below 0.
    static func signed(_ text: some StringProtocol) -> Place? {
        read(text, isSigned: true)
    }

    private static func read(_ text: some StringProtocol, isSigned: Bool) -> Place? {
        guard text.utf8.count <= maxBytes else { return nil }
        var rest = Array(text.unicodeScalars)[...]
        func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
        func trim() {
            while let first = rest.first, isBlank(first) { rest.removeFirst() }
        }
        func number() -> Int? {
            let isBelow = isSigned && rest.first == "-"
            if isBelow { rest.removeFirst() }
            let digits = rest.prefix { ("0"..."9").contains($0) }
            guard !digits.isEmpty, digits.count <= maxDigits else { return nil }
            rest = rest.dropFirst(digits.count)
            let value = digits.reduce(0) { $0 * 10 + Int($1.value - 0x30) }
            return isBelow ? -value : value
        }
        trim()
        let isBracketed = rest.first == "("
        if isBracketed { rest.removeFirst() }
        trim()
        guard let x = number() else { return nil }
        let before = rest.count
        trim()
        if let between = rest.first, ",;x×".unicodeScalars.contains(between) { rest.removeFirst() }
        trim()
        guard rest.count < before, let y = number() else { return nil }
        trim()
        if isBracketed {
            guard rest.first == ")" else { return nil }
            rest.removeFirst()
            trim()
        }
        return rest.isEmpty ? Place(x: x, y: y) : nil
    }
}
