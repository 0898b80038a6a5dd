import Testing

@testable import TUI

@Suite struct LineEditorTests {
    private func editor(_ text: String) -> LineEditor {
        var editor = LineEditor(maxCharacters: 10)
        editor.add(text)
        return editor
    }

    @Test("text goes in at the cursor, and goes out before and behind it")
    func edits() {
        var line = editor("owls")
        for _ in 0..<2 { _ = line.take(KeyPress(.left)) }
        _ = line.take(KeyPress("x"))
        #expect(line.text == "owxls" && line.place == 3)
        _ = line.take(KeyPress(.backspace))
        _ = line.take(KeyPress(.delete))
        #expect(line.text == "ows" && line.head == "ow" && line.rest == "s")
        _ = line.take(KeyPress(.home))
        _ = line.take(KeyPress(.backspace))
        _ = line.take(KeyPress(.left))
        #expect(line.text == "ows" && line.place == 0)
        _ = line.take(KeyPress(.end))
        _ = line.take(KeyPress(.right))
        #expect(line.place == 3)
    }

    @Test("control keys do what they do in a shell")
    func control() {
        var line = editor("one two")
        _ = line.take(KeyPress(.character("w"), .control))
        #expect(line.text == "one ")
        _ = line.take(KeyPress(.character("a"), .control))
        _ = line.take(KeyPress(.right))
        _ = line.take(KeyPress(.character("k"), .control))
        #expect(line.text == "o")
        _ = line.take(KeyPress(.character("e"), .control))
        _ = line.take(KeyPress(.character("u"), .control))
        #expect(line.isEmpty)
    }

    @Test("no more goes in than there is room for, and nothing that can't be shown")
    func bounds() {
        var line = editor("0123456789abc")
        #expect(line.text == "0123456789")
        _ = line.take(KeyPress("x"))
        #expect(line.text == "0123456789")
        line.clear()
        line.add("a\u{1b}[2J\nb\u{202e}")
        #expect(line.text == "a[2J b")
        line.clear()
        line.add("e\u{301}\u{301}")
        #expect(line.characters.count == 1)
    }

    @Test("keys that mean nothing to a line are left to others")
    func others() {
        var line = editor("a")
        for press in [KeyPress(.enter), KeyPress(.escape), KeyPress(.up), KeyPress("x", alt: true)] {
            let isTaken = line.take(press)
            #expect(!isTaken)
        }
        #expect(line.text == "a")
    }
}

extension KeyPress {
    fileprivate init(_ scalar: Unicode.Scalar, alt: Bool) {
        self.init(.character(scalar), alt ? .alt : [])
    }
}
