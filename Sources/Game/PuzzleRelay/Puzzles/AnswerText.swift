import Protocol

/// What someone typed, reduced to what counts of it.
struct AnswerText {
    /// The text in lower case without spaces, controls and whatever doesn't show.
    let folded: String

    /// 64 characters can be any number of bytes; no answer that is right needs as many.
    private static let maxBytes = 1_024
    /// With another digit it is still an `Int`, and far beyond any answer.
    private static let largestBeforeADigit = 100_000_000_000_000_000

    /// Reduces a text; nil for one that is too long to be an answer to anything.
    init?(_ text: String) {
        guard text.utf8.count <= Self.maxBytes else { return nil }
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where Self.counts(scalar) { kept.append(scalar) }
        folded = PlayerName.key(String(kept))
    }

    /// The whole number that it is, written in any script's decimal digits; nil for anything else.
    var number: Int? {
        var digits = Substring(folded).unicodeScalars
        var isNegative = false
        switch digits.first {
        case "+"?: digits.removeFirst()
        // The hyphen, the minus sign, and what phones and small forms write instead of it.
        case "-"?, "\u{2010}"?, "\u{2011}"?, "\u{2012}"?, "\u{2013}"?, "\u{2212}"?, "\u{FE63}"?:
            isNegative = true
            digits.removeFirst()
        default: break
        }
        guard !digits.isEmpty else { return nil }
        var value = 0
        for scalar in digits {
            guard value <= Self.largestBeforeADigit, scalar.properties.numericType == .decimal,
                let digit = scalar.properties.numericValue, (0...9).contains(digit)
            else { return nil }
            value = value * 10 + Int(digit)
        }
        return isNegative ? -value : value
    }

    private static func counts(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: false
        default: !scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
