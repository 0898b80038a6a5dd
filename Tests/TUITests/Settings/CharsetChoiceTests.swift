import Testing

@testable import TUI

@Suite struct CharsetChoiceTests {
    @Test(
        "the locale decides, LC_ALL before LC_CTYPE before LANG; C and none say nothing of the terminal",
        arguments: [
            ([:], Charset.unicode), (["LANG": "C"], .unicode), (["LC_ALL": "POSIX"], .unicode),
            (["LANG": "de_DE.UTF-8"], .unicode), (["LANG": "en_GB.utf8"], .unicode),
            (["LANG": "C.UTF-8"], .unicode), (["LANG": "de_DE.ISO-8859-1"], .ascii),
            (["LANG": "de_DE@euro"], .ascii), (["LANG": "de_DE.UTF-8@euro"], .unicode),
            (["LANG": "ja_JP.eucJP"], .ascii),
            (["LANG": "en_US.UTF-8", "LC_CTYPE": "en_US.ISO-8859-15"], .ascii),
            (["LC_ALL": "en_US.UTF-8", "LC_CTYPE": "en_US.ISO-8859-15"], .unicode),
            (["LC_ALL": "", "LANG": "en_US.ISO-8859-1"], .ascii),
        ])
    func locales(variables: [String: String], charset: Charset) {
        let choice = CharsetChoice.choose(wish: .auto) { variables[$0] }
        #expect(choice.charset == charset, "\(choice.reason)")
        #expect(!choice.reason.isEmpty)
    }

    @Test("a wish beats the locale")
    func wishes() {
        let latin = { (name: String) in name == "LANG" ? "de_DE.ISO-8859-1" : nil }
        #expect(CharsetChoice.choose(wish: .unicode, environment: latin).charset == .unicode)
        #expect(CharsetChoice.choose(wish: .ascii, environment: { _ in nil }).charset == .ascii)
    }
}
