import Client
import Testing

@Suite("A line splitter")
struct LineSplitterTests {
    static func lines(_ pieces: [String], maxBytes: Int = 8) -> [LineSplitter.Line] {
        var splitter = LineSplitter(maxBytes: maxBytes)
        let whole = pieces.flatMap { splitter.take(Array($0.utf8)) }
        return whole + [splitter.end()].compactMap { $0 }
    }

    static func line(_ text: String) -> LineSplitter.Line { .line(Array(text.utf8)) }

    @Test(
        "gives the same lines however the bytes were cut",
        arguments: [
            ["ab\ncd\n"], ["a", "b\nc", "d\n"], ["ab", "\n", "cd"], ["ab\r\ncd\r\n"], ["\n\nab\n\ncd"],
        ])
    func cuts(pieces: [String]) {
        #expect(Self.lines(pieces) == [Self.line("ab"), Self.line("cd")])
    }

    @Test("takes a line of exactly the longest length, with either line end", arguments: ["\n", "\r\n", ""])
    func longest(end: String) {
        #expect(Self.lines(["12345678" + end]) == [Self.line("12345678")])
    }

    @Test(
        "tells the number of a line that is too long, and goes on after it",
        arguments: [["ab\n123456789\ncd\n"], ["ab\n12345", "6789012345", "678\ncd"]])
    func tooLong(pieces: [String]) {
        #expect(Self.lines(pieces) == [Self.line("ab"), .tooLong(number: 2), Self.line("cd")])
    }

    @Test("tells the number of a line that is not UTF-8")
    func notUTF8() {
        var splitter = LineSplitter(maxBytes: 8)
        let lines = splitter.take([0xFF, 0x0A, 0x61, 0x0A])
        #expect(lines == [.notUTF8(number: 1), .line([0x61])])
    }
}
