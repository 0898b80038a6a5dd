import Testing

@testable import TUI

@Suite struct KeyNameTests {
    @Test("every key of every scene is read back from what help calls it")
    func roundTrip() {
        for scene in KeyScene.allCases {
            for (press, _) in KeyTable.entries(of: scene).flatMap(\.keys) {
                #expect(KeyPress(name: press.label) == press, "\(press.label)")
            }
        }
    }

    @Test("so is every special key with everything held")
    func specials() {
        let keys: [KeyPress.Key] =
            [
                .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .insert, .delete, .enter, .tab,
                .backspace, .escape, .character(" "),
            ] + (1...20).map { .function($0) }
        for key in keys {
            for bits in UInt8(0)...7 {
                let press = KeyPress(key, KeyPress.Modifiers(rawValue: bits))
                #expect(KeyPress(name: press.label) == press, "\(press.label)")
            }
        }
    }

    @Test(
        "words stand for signs, in any case",
        arguments: [
            ("shift-left", KeyPress(.left, .shift)), ("PageUp", KeyPress(.pageUp)),
            ("ESCAPE", KeyPress(.escape)),
            ("ctrl-Alt-x", KeyPress(.character("x"), [.control, .alt])),
            ("Ctrl-Z", KeyPress(.character("z"), .control)),
            ("f12", KeyPress(.function(12))), ("-", KeyPress("-")),
            ("Ctrl--", KeyPress(.character("-"), .control)),
            ("f", KeyPress("f")), ("Q", KeyPress("Q")), ("é", KeyPress("é")),
            ("Alt-space", KeyPress(.character(" "), .alt)),
        ])
    func words(name: String, press: KeyPress) {
        #expect(KeyPress(name: name) == press)
    }

    @Test(
        "what is no key is none",
        arguments: [
            "", " ", "ab", "Ctrl-", "Hyper-x", "F0", "F21", "F1x", "\u{1b}", "\n", "e\u{301}", "Ctrl-Ctrl",
        ])
    func nonsense(name: String) {
        #expect(KeyPress(name: name) == nil)
    }
}
