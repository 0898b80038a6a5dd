/// What a name may be, when two names are the same, and how any text is made fit to be shown.
///
/// A name is 1 to 24 characters (as a reader counts them) that show: letters, marks on them, digits,
/// punctuation, symbols and single-scalar emoji. Inside it may hold plain spaces (U+0020), never at an end.
/// Refused are controls, every format character (bidirectional ones, joiners and other zero-width ones),
/// other spaces and line breaks, what Unicode says to ignore in display (fillers, variation selectors),
/// private and unassigned code points, a mark with no letter before it, and more than four scalars in one
/// character.
public enum PlayerName {
    private static let maxScalarsPerCharacter = 4

    /// The name itself where it may be one; nil otherwise.
    ///
    /// - Parameter maxCharacters: how long it may be; other texts of one line follow the same rule.
    public static func validated(
        _ text: String, maxCharacters: Int = Limits.maxNameCharacters
    ) -> String? {
        guard !text.isEmpty, text.utf8.count <= maxCharacters * maxScalarsPerCharacter * 4,
            text.count <= maxCharacters, text.first != " ", text.last != " ",
            text.unicodeScalars.allSatisfy(isVisible), let first = text.unicodeScalars.first, !isMark(first),
            text.allSatisfy({ $0.unicodeScalars.count <= maxScalarsPerCharacter })
        else { return nil }
        // A mark after a space has no letter to stand on either.
        var previous = first
        for scalar in text.unicodeScalars {
            if isMark(scalar), previous == " " { return nil }
            previous = scalar
        }
        return text
    }

    /// What two names share when they differ in case, width or the spelling of accents alone.
    ///
    /// Full-width forms become ASCII, then case is folded by way of upper case (so that ß and ss, ς and σ
    /// meet), and the result is in normal form C, so that it can be compared as bytes. Compatibility forms beyond that (ligatures, superscripts) stay apart: the standard library
    /// has no NFKC.
    public static func key(_ name: String) -> String {
        var narrow = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            if (0xFF01...0xFF5E).contains(scalar.value), let ascii = Unicode.Scalar(scalar.value - 0xFEE0) {
                narrow.append(ascii)
            } else {
                narrow.append(scalar)
            }
        }
        return String(narrow).uppercased().lowercased().composed
    }

    /// A text without what could command a terminal or turn its neighbours: controls, escapes, format and
    /// zero-width characters are dropped, tabs and line breaks become a space.
    public static func displayed(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": shown.append(" ")
            case _
            where scalar == " " || isVisible(scalar) || scalar.properties.generalCategory == .spaceSeparator:
                if !shown.isEmpty || !isMark(scalar) { shown.append(scalar) }
            default: break
            }
        }
        return String(shown)
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == " " { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return false
        default:
            return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
