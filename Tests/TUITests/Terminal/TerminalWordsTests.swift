import Testing

@testable import TUI

@Suite struct TerminalWordsTests {
    @Test("a text goes to the clipboard in base64, up to 4096 bytes")
    func copying() {
        #expect(TerminalWords.copy("12,34") == "\u{1b}]52;c;MTIsMzQ=\u{1b}\\")
        #expect(TerminalWords.copy(String(repeating: "a", count: 4096)) != nil)
        #expect(TerminalWords.copy(String(repeating: "a", count: 4097)) == nil)
        #expect(TerminalWords.copy("") == nil)
    }

    @Test("a notification holds nothing that would end it early")
    func notices() {
        #expect(TerminalWords.notice("You are playing") == "\u{1b}]9;You are playing\u{7}")
        let hostile = TerminalWords.notice("a\u{7}b\u{1b}]52;c;eA==\u{1b}\\c\u{9c}d\ne")
        #expect(
            hostile.dropFirst(4).dropLast().unicodeScalars.allSatisfy {
                $0.value >= 0x20 && $0.value != 0x7f && $0.value != 0x9c
            })
        #expect(TerminalWords.notice(String(repeating: "x", count: 10_000)).count < 300)
    }

    @Test("rows of one link share an id, and two links don't")
    func linkIDs() throws {
        let one = try #require(TerminalWords.link("https://example.org/a"))
        #expect(one == TerminalWords.link("https://example.org/a"))
        let other = try #require(TerminalWords.link("https://example.org/b"))
        #expect(one.prefix { $0 != ";" } == other.prefix { $0 != ";" })
        #expect(one.split(separator: ";")[1] != other.split(separator: ";")[1])
    }

    @Test(
        "a pen is what the depth's terminals take",
        arguments: [
            (Int32(0xff8000), Int32(0x102030), true, "\u{1b}[0;38;2;255;128;0;48;2;16;32;48m"),
            (124, 232, false, "\u{1b}[0;38;5;124;48;5;232m"), (1, 12, false, "\u{1b}[0;31;104m"),
            (-1, -1, false, "\u{1b}[0m"),
        ])
    func pens(foreground: Int32, background: Int32, isDirect: Bool, text: String) {
        #expect(
            TerminalWords.pen(foreground: foreground, background: background, style: [], isDirect: isDirect)
                == text)
    }
}
