import CNcurses
import Glibc

/// How many terminal columns text takes, by the C library's table, which is also ncurses'.
enum TextWidth {
    /// wcwidth(3) knows only the locale's characters, so a UTF-8 one is chosen before the first question.
    private static let locale: Bool = {
        for name in ["", "C.UTF-8", "en_US.UTF-8"] {
            guard setlocale(LC_CTYPE, name) != nil, let codeset = nl_langinfo(Int32(CODESET)) else {
                continue
            }
            if String(cString: codeset) == "UTF-8" { return true }
        }
        return false
    }()

    /// Chooses the locale; false where the machine has no UTF-8 one.
    @discardableResult
    static func prepare() -> Bool { locale }

    /// 0, 1 or 2 columns; nil for what can't be shown, and for what terminals don't agree about.
    static func of(_ scalar: Unicode.Scalar) -> Int? {
        if scalar.value >= 0x20, scalar.value < 0x7f { return 1 }
        if letter(ofFlag: scalar) != nil { return 1 }
        if isDisputed(scalar) { return nil }
        _ = locale
        let width = pw_char_width(wchar_t(scalar.value))
        return width < 0 ? nil : Int(width)
    }

    /// Flags are pairs of letters, which some terminals draw as one sign of two columns and others as two of one or
    /// of two: the letters themselves are what takes the same room everywhere.
    static func letter(ofFlag scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard (0x1f1e6...0x1f1ff).contains(scalar.value) else { return nil }
        return Unicode.Scalar(scalar.value - 0x1f1e6 + 0x41)
    }

    /// What makes the sign before it wider or narrower, or becomes one with it, in some terminals and not in others:
    /// skin tones, variation selectors, keycaps.
    private static func isDisputed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1f3fb...0x1f3ff, 0xfe00...0xfe0f, 0xe0100...0xe01ef, 0x20dd...0x20e0, 0x20e2...0x20e4: true
        default: false
        }
    }

    /// The columns of a whole text; what can't be shown counts nothing.
    static func of(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (of($1) ?? 0) }
    }

    /// The first of several ways to say the same, from long to short, that fits; of the last one what fits.
    static func fitting(_ ways: [String], columns: Int) -> String {
        ways.first { of($0) <= columns } ?? clipped(ways.last ?? "", columns: columns)
    }

    /// The longest start of a text that fits into `columns`, with an ellipsis where something was cut.
    static func clipped(_ text: String, columns: Int) -> String {
        guard of(text) > columns else { return text }
        guard columns > 0 else { return "" }
        var kept = ""
        var used = 0
        for scalar in text.unicodeScalars {
            let width = of(scalar) ?? 0
            if used + width > columns - 1 { break }
            kept.unicodeScalars.append(scalar)
            used += width
        }
        return kept + "…"
    }

    /// The longest end of a text that fits into `columns`, with an ellipsis where something was cut.
    static func tail(_ text: String, columns: Int) -> String {
        guard of(text) > columns else { return text }
        guard columns > 0 else { return "" }
        var kept: [Character] = []
        var used = 1
        for character in text.reversed() {
            used += of(String(character))
            if used > columns { break }
            kept.append(character)
        }
        return "…" + String(kept.reversed())
    }

    /// A text broken between words into lines of at most `columns`; what is left over ends in an ellipsis.
    static func wrapped(_ text: String, columns: Int, lines limit: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, of(last) + 1 + of(String(word)) <= columns || lines.count >= limit {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines.map { clipped($0, columns: columns) }
    }
}
