import Protocol
import Testing

@testable import TUI

@Suite struct TerminalAnswerTests {
    static let backgrounds: [(String, Palette.Color)] = [
        ("\u{1b}]11;rgb:ffff/8080/0000\u{1b}\\", .init(red: 255, green: 128, blue: 0)),
        ("\u{1b}]11;rgb:1e1e/1e1e/2e2e\u{7}", .init(red: 0x1e, green: 0x1e, blue: 0x2e)),
        ("\u{1b}]11;rgb:f/0/8\u{7}", .init(red: 255, green: 0, blue: 136)),
        ("\u{1b}]11;rgba:00/ff/7f/80\u{7}", .init(red: 0, green: 255, blue: 127)),
    ]

    @Test(
        "the background's color is read however it is written, and its bytes are cut", arguments: backgrounds,
        1...5)
    func background(row: (String, Palette.Color), size: Int) {
        var decoder = InputDecoder()
        let bytes = Array(row.0.utf8)
        var events: [InputEvent] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            events += decoder.feed(bytes[start..<min(start + size, bytes.count)])
        }
        #expect(events == [.background(row.1)])
        #expect(decoder.takeAnswers() == .init(ready: 0, background: true))
        #expect(decoder.takeAnswers() == .init())
    }

    @Test("a terminal that says it is ready is counted, and no key comes of it")
    func ready() {
        var decoder = InputDecoder()
        #expect(
            decoder.feed(Array("a\u{1b}[0nb\u{1b}[0n".utf8)) == [.key(KeyPress("a")), .key(KeyPress("b"))])
        #expect(decoder.takeAnswers().ready == 2)
    }

    @Test("a terminal that says what it is is counted apart, and no key comes of it")
    func attributes() {
        var decoder = InputDecoder()
        #expect(decoder.feed(Array("\u{1b}[?62;22ca\u{1b}[?6c".utf8)) == [.key(KeyPress("a"))])
        #expect(decoder.takeAnswers() == .init(ready: 0, attributes: 2))
    }

    @Test(
        "an answer that a slow line tears types nothing, however late its rest comes",
        arguments: ["\u{1b}[0n", "\u{1b}]11;rgb:ffff/8080/0000\u{1b}\\", "\u{1b}[<35;10;20M"])
    func torn(answer: String) {
        let bytes = Array(answer.utf8)
        for cut in 3..<bytes.count {
            var decoder = InputDecoder()
            var events = decoder.feed(bytes[..<cut])
            #expect(!decoder.isWaiting)
            events += decoder.flush()
            events += decoder.feed(bytes[cut...])
            events += decoder.feed([0x61])
            let keys = events.filter { if case .key = $0 { true } else { false } }
            #expect(keys == [.key(KeyPress("a"))], "\(cut)")
        }
    }

    @Test(
        "what is no answer that was asked for is passed over",
        arguments: [
            "\u{1b}]11;red\u{7}", "\u{1b}]10;rgb:1/2/3\u{7}", "\u{1b}]11;rgb:1/2\u{7}",
            "\u{1b}]52;c;eA==\u{1b}\\",
        ])
    func unasked(junk: String) {
        var decoder = InputDecoder()
        #expect(decoder.feed(Array((junk + "a").utf8)) == [.key(KeyPress("a"))])
        #expect(decoder.takeAnswers() == .init())
    }

    @Test("Alt and a bracket are keys still")
    func brackets() {
        for (text, scalar) in [("\u{1b}]", "]"), ("\u{1b}[", "[")] as [(String, Unicode.Scalar)] {
            var decoder = InputDecoder()
            #expect(decoder.feed(Array(text.utf8)) == [])
            #expect(decoder.isWaiting)
            #expect(decoder.flush() == [.key(KeyPress(.character(scalar), .alt))])
        }
    }

    @Test("a command that doesn't end is given up, and what comes after is read")
    func endless() {
        var decoder = InputDecoder()
        #expect(decoder.feed(Array("\u{1b}]11;".utf8) + [UInt8](repeating: 0x78, count: 100)) == [])
        #expect(decoder.feed(Array("\u{1b}[A".utf8)) == [.key(KeyPress(.up))])
        var second = InputDecoder()
        #expect(second.feed(Array("\u{1b}]11;rgb:\u{1b}[A".utf8)) == [.key(KeyPress(.up))])
    }
}
