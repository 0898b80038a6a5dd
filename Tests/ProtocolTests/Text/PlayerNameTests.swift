import Protocol
import Testing

@Suite struct PlayerNameTests {
    @Test(
        "a name that shows is taken as it is",
        arguments: [
            "a", "Ada Lovelace", "漢字", "Zoë", "Zoe\u{308}", "🙂", "👍🏽", "🇫🇷", "O'Neil-2",
            String(repeating: "é", count: 24),
        ])
    func taken(name: String) {
        #expect(PlayerName.validated(name) == name)
    }

    @Test(
        "a name that doesn't show, or hides something, is refused",
        arguments: [
            "", " ", " a", "a ", "a\u{301} ", "a\tb", "a\nb", "\u{0}", "\u{7f}", "a\u{85}b", "a\u{1b}[31m",
            "\u{202e}abc", "a\u{200b}b", "a\u{200d}b", "a\u{feff}b", "a\u{ad}b", "\u{301}a", "a \u{301}b",
            "\u{3164}", "\u{115f}x", "a\u{a0}b", "a\u{2028}b", "\u{e000}", "\u{378}", "a\u{fe0f}",
            "\u{2066}a\u{2069}",
            "a\u{301}\u{302}\u{303}\u{304}\u{305}", String(repeating: "a", count: 25), "👨‍👩‍👧",
        ])
    func refused(name: String) {
        #expect(PlayerName.validated(name) == nil)
    }

    @Test(
        "names that look alike but for case, width or spelling share a key",
        arguments: [
            ("Ada", "aDA"), ("STRASSE", "straße"), ("ΣΑΣ", "σας"), ("Zoë", "ZOE\u{308}"), ("ＡＤＡ", "ada"),
        ])
    func alike(left: String, right: String) {
        #expect(Array(PlayerName.key(left).utf8) == Array(PlayerName.key(right).utf8))
    }

    @Test("different names have different keys")
    func different() {
        #expect(Set(["ada", "adá", "ad a", "adaa"].map(PlayerName.key)).count == 4)
    }

    @Test("a shown text can't command a terminal")
    func displayed() {
        #expect(PlayerName.displayed("a\u{1b}[31mb\u{9b}1m\u{7}c") == "a[31mb1mc")
        #expect(PlayerName.displayed("a\u{202e}b\u{200b}c\u{feff}d\u{e0041}") == "abcd")
        #expect(PlayerName.displayed("one\ntwo\tthree\u{2028}") == "one two three ")
        #expect(PlayerName.displayed("\u{301}a\u{301}") == "a\u{301}")
        #expect(PlayerName.displayed("Zoë 漢字 🙂\u{a0}!") == "Zoë 漢字 🙂\u{a0}!")
    }

    @Test("nothing shown holds a control or a format character, and showing twice changes nothing")
    func random() {
        var samples = Samples(seed: 9)
        for _ in 0..<5_000 {
            var text = ""
            for _ in 0..<8 {
                if let scalar = Unicode.Scalar(UInt32(samples.int(0...0x10FFFF))) {
                    text.unicodeScalars.append(scalar)
                }
                if let scalar = Unicode.Scalar(UInt32(samples.int(0...0x3000))) {
                    text.unicodeScalars.append(scalar)
                }
            }
            let shown = PlayerName.displayed(text)
            #expect(PlayerName.displayed(shown) == shown)
            #expect(
                shown.unicodeScalars.allSatisfy {
                    ![.control, .format, .privateUse, .unassigned].contains($0.properties.generalCategory)
                })
            if let name = PlayerName.validated(text) { #expect(PlayerName.displayed(name) == name) }
        }
    }
}
