import Testing

@testable import TUI

@Suite struct InputDecoderTests {
    static let keys: [(String, KeyPress)] = [
        ("a", KeyPress("a")), ("A", KeyPress("A")), (" ", KeyPress(.character(" "))), ("é", KeyPress("é")),
        ("🎨", KeyPress("🎨")), ("\r", KeyPress(.enter)), ("\n", KeyPress(.enter)), ("\t", KeyPress(.tab)),
        ("\u{7f}", KeyPress(.backspace)), ("\u{8}", KeyPress(.backspace)),
        ("\u{3}", KeyPress(.character("c"), .control)),
        ("\u{1b}[A", KeyPress(.up)), ("\u{1b}OA", KeyPress(.up)), ("\u{1b}[D", KeyPress(.left)),
        ("\u{1b}OC", KeyPress(.right)),
        ("\u{1b}[1;2B", KeyPress(.down, .shift)), ("\u{1b}[1;5C", KeyPress(.right, .control)),
        ("\u{1b}[a", KeyPress(.up, .shift)),
        ("\u{1b}Od", KeyPress(.left, .control)), ("\u{1b}[Z", KeyPress(.tab, .shift)),
        ("\u{1b}[H", KeyPress(.home)),
        ("\u{1b}[1~", KeyPress(.home)), ("\u{1b}[4~", KeyPress(.end)), ("\u{1b}[5~", KeyPress(.pageUp)),
        ("\u{1b}[6;2~", KeyPress(.pageDown, .shift)),
        ("\u{1b}[3~", KeyPress(.delete)), ("\u{1b}OP", KeyPress(.function(1))),
        ("\u{1b}[15~", KeyPress(.function(5))),
        ("\u{1b}[24~", KeyPress(.function(12))), ("\u{1b}[[A", KeyPress(.function(1))),
        ("\u{1b}OM", KeyPress(.enter)),
        ("\u{1b}x", KeyPress(.character("x"), .alt)), ("\u{1b}[97;5u", KeyPress(.character("a"), .control)),
    ]

    @Test("a terminal's bytes are the key that was pressed", arguments: keys)
    func key(bytes: String, press: KeyPress) {
        var decoder = InputDecoder()
        #expect(decoder.feed(Array(bytes.utf8)) == [.key(press)])
        #expect(!decoder.isWaiting)
    }

    @Test("the same key comes out of single bytes", arguments: keys)
    func pieces(bytes: String, press: KeyPress) {
        var decoder = InputDecoder()
        #expect(Array(bytes.utf8).flatMap { decoder.feed([$0]) } == [.key(press)])
    }

    static let mice: [(String, MouseEvent.Kind, Int, Int)] = [
        ("\u{1b}[<0;1;1M", .press(.left), 0, 0), ("\u{1b}[<0;300;100m", .release(.left), 299, 99),
        ("\u{1b}[<1;5;6M", .press(.middle), 4, 5), ("\u{1b}[<2;5;6M", .press(.right), 4, 5),
        ("\u{1b}[<34;5;6M", .motion(.right), 4, 5), ("\u{1b}[<35;5;6M", .motion(.none), 4, 5),
        ("\u{1b}[<64;5;6M", .wheelUp, 4, 5), ("\u{1b}[<65;5;6M", .wheelDown, 4, 5),
        ("\u{1b}[M !!", .press(.left), 0, 0), ("\u{1b}[M#\"#", .release(.none), 1, 2),
    ]

    @Test("mouse reports are read in the SGR form and the old one", arguments: mice)
    func mouse(bytes: String, kind: MouseEvent.Kind, column: Int, row: Int) {
        var decoder = InputDecoder()
        #expect(decoder.feed(Array(bytes.utf8)) == [.mouse(MouseEvent(kind: kind, column: column, row: row))])
    }

    @Test("focus reports are told")
    func focus() {
        var decoder = InputDecoder()
        #expect(decoder.feed(Array("\u{1b}[I\u{1b}[O".utf8)) == [.focus(true), .focus(false)])
    }

    @Test("a paste is one event, however its bytes are cut", arguments: 1...12)
    func paste(size: Int) {
        var decoder = InputDecoder()
        let bytes = Array("x\u{1b}[200~12,\u{1b}[A34\u{1b}[201~y".utf8)
        var events: [InputEvent] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            events += decoder.feed(bytes[start..<min(start + size, bytes.count)])
        }
        #expect(events == [.key(KeyPress("x")), .paste("12,\u{1b}[A34"), .key(KeyPress("y"))])
    }

    @Test("an endless paste keeps its beginning only")
    func longPaste() {
        var decoder = InputDecoder()
        var events = decoder.feed(Array("\u{1b}[200~".utf8))
        for _ in 0..<100 { events += decoder.feed([UInt8](repeating: 0x61, count: 1000)) }
        events += decoder.feed(Array("\u{1b}[201~".utf8))
        #expect(events == [.paste(String(repeating: "a", count: InputDecoder.maxPasteBytes))])
    }

    @Test("a lone ESC waits and is the key once nothing more came")
    func escape() {
        var decoder = InputDecoder()
        #expect(decoder.feed([0x1b]) == [])
        #expect(decoder.isWaiting)
        #expect(decoder.flush() == [.key(KeyPress(.escape))])
        #expect(!decoder.isWaiting)
        #expect(decoder.feed([0x1b, 0x1b, 0x5b, 0x41]) == [.key(KeyPress(.escape)), .key(KeyPress(.up))])
    }

    @Test("unknown and broken sequences are passed over and the next key is read")
    func broken() {
        for junk in [
            "\u{1b}[?1;2c", "\u{1b}[999~", "\u{1b}[<0;0;5M", "\u{1b}[<9999999;1;1M", "\u{1b}[1;2;3;4X",
            "\u{1c}",
        ] {
            var decoder = InputDecoder()
            #expect(
                decoder.feed(Array((junk + "a").utf8)) == [.key(KeyPress("a"))], "\(junk.debugDescription)")
        }
        var decoder = InputDecoder()
        #expect(decoder.feed([0xff, 0xc3, 0x28, 0x61]) == [.key(KeyPress("(")), .key(KeyPress("a"))])
    }

    @Test(
        "answers that other programs asked for are no keys, however their bytes are cut",
        arguments: [
            "\u{1b}P1$r0 q\u{1b}\\", "\u{1b}P>|XTerm(370)\u{1b}\\", "\u{1b}_Gi=1;OK\u{1b}\\",
            "\u{1b}^q\u{1b}\\",
            "\u{1b}]11;rgb:" + String(repeating: "f", count: 70) + "fq\u{7}", "\u{1b}[1;1R", "\u{1b}[24;80R",
            "\u{1b}[113;1:3u",
        ], [1, 3, 7, 200])
    func foreignAnswers(bytes: String, size: Int) {
        var decoder = InputDecoder()
        var events: [InputEvent] = []
        var rest = Array(bytes.utf8)[...]
        while !rest.isEmpty {
            events += decoder.feed(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        #expect(events == [])
        #expect(decoder.feed(Array("x".utf8)) == [.key(KeyPress("x"))])
    }

    @Test("a string whose end is lost makes no keys dead")
    func lostEnd() {
        var decoder = InputDecoder()
        #expect(decoder.feed(Array("\u{1b}P1$r".utf8)) == [])
        #expect(decoder.feed([3]) == [.key(KeyPress(.character("c"), .control))])
        #expect(decoder.feed(Array("x".utf8)) == [.key(KeyPress("x"))])
        #expect(decoder.feed(Array("\u{1b}P".utf8)) == [])
        #expect(decoder.flush() == [.key(KeyPress(.character("P"), .alt))])
    }

    @Test("random bytes never trap and never pile up")
    func random() {
        var decoder = InputDecoder()
        var state: UInt64 = 1
        for _ in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let byte = state >> 62 == 0 ? 0x1b : UInt8(state >> 40 & 0xff)
            _ = decoder.feed([byte])
            if state >> 59 == 0 { _ = decoder.flush() }
        }
        _ = decoder.feed(Array("\u{1b}[201~".utf8))
        _ = decoder.flush()
        #expect(decoder.feed([0x61]) == [.key(KeyPress("a"))])
    }
}
