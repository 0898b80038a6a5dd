import Protocol

/// What terminals are told past ncurses: modes, commands of theirs (ECMA-48 §8.3.89, "OSC"), and questions.
enum TerminalWords {
    static let beginSync = "\u{1b}[?2026h"
    static let endSync = "\u{1b}[?2026l"
    /// Ends a command, and any sequence that was cut off.
    static let terminator = "\u{1b}\\"
    static let linkEnd = "\u{1b}]8;;\u{1b}\\"
    static let bell = "\u{7}"
    /// What the background's color is (xterm's ctlseqs, OSC 11).
    static let backgroundQuestion = "\u{1b}]11;?\u{1b}\\"
    static let pasteAndFocus = "\u{1b}[?2004h\u{1b}[?1004h"

    /// What the clipboard may be given at once: less than any terminal's limit for a sequence.
    static let maxCopiedBytes = 4096
    private static let maxNoticeCharacters = 200
    private static let maxURLBytes = 1024

    /// Reports of the mouse's buttons and moves, in the form that knows every column; or their end.
    static func mouse(_ isOn: Bool) -> String {
        isOn
            ? "\u{1b}[?1000h\u{1b}[?1003h\u{1b}[?1006h"
            : "\u{1b}[?1003l\u{1b}[?1000l\u{1b}[?1006l"
    }

    /// Puts a text into the clipboard (OSC 52); nil where it is too long for one.
    static func copy(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= maxCopiedBytes else { return nil }
        var coded: [UInt8] = []
        Base64Text.append(bytes, to: &coded)
        return "\u{1b}]52;c;" + String(decoding: coded, as: UTF8.self) + terminator
    }

    /// Shows a notification of the desktop's (OSC 9), ended by the bell that every terminal of its kind reads.
    static func notice(_ text: String) -> String {
        "\u{1b}]9;" + String(PlayerName.displayed(text).prefix(maxNoticeCharacters)) + bell
    }

    /// Begins a link (OSC 8); nil where the URL isn't one that may be opened by a click.
    static func link(_ url: String) -> String? {
        guard url.utf8.count <= maxURLBytes, url.hasPrefix("https://") || url.hasPrefix("http://"),
            url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else { return nil }
        // Rows of one link are one link: they share an id, which is the URL's hash (FNV-1a).
        let hash = url.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return "\u{1b}]8;id=\(hash);\(url)\(terminator)"
    }

    /// Chooses the colors and the style of cells, whatever was chosen before.
    static func pen(foreground: Int32, background: Int32, style: CellStyle, isDirect: Bool) -> String {
        var codes = ["0"]
        if style.contains(.bold) { codes.append("1") }
        if style.contains(.dim) { codes.append("2") }
        if style.contains(.underline) { codes.append("4") }
        if style.contains(.reverse) { codes.append("7") }
        if foreground >= 0 { codes.append(color(foreground, base: 30, isDirect: isDirect)) }
        if background >= 0 { codes.append(color(background, base: 40, isDirect: isDirect)) }
        return "\u{1b}[" + codes.joined(separator: ";") + "m"
    }

    private static func color(_ number: Int32, base: Int32, isDirect: Bool) -> String {
        if number < 8 { return "\(base + number)" }
        if isDirect { return "\(base + 8);2;\(number >> 16);\(number >> 8 & 255);\(number & 255)" }
        return number < 16 ? "\(base + 60 + number - 8)" : "\(base + 8);5;\(number)"
    }
}
