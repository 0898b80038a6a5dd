import Protocol
import Testing

@testable import TUI

@Suite struct SparklineTests {
    @Test("the highest number fills the height, nothing is nothing, and whatever is more is seen")
    func heights() {
        let line = Sparkline([0, 1, 500, 1_000], columns: 10, parts: 8, atSecond: 100)
        #expect(line.levels == [0, 1, 4, 8])
        #expect(line.highest == 1_000 && line.latest == 1_000)
        #expect(Sparkline([0, 0], columns: 10, parts: 8, atSecond: 100).levels == [0, 0])
        #expect(Sparkline([], columns: 10, parts: 8, atSecond: 100).levels == [])
    }

    @Test("more seconds than columns: each column is the highest of its own, the same ones a second later")
    func buckets() {
        let values = (0..<30).map { $0 == 11 ? 90 : 10 }
        let before = Sparkline(values, columns: 10, parts: 9, atSecond: 299)
        #expect(before.levels == [1, 1, 1, 9, 1, 1, 1, 1, 1, 1])
        // One second on, the window begins within what was the first column.
        let after = Sparkline(Array(values.dropFirst()) + [10], columns: 10, parts: 9, atSecond: 300)
        #expect(after.levels == [1, 1, 9, 1, 1, 1, 1, 1, 1, 1])
    }

    @Test("a column is filled from its foot, row by row", arguments: Charset.allCases)
    func characters(charset: Charset) {
        let parts = Sparkline.parts(charset)
        let full = Sparkline.character(level: parts, row: 0, charset)
        #expect(Sparkline.character(level: 0, row: 0, charset) == " ")
        #expect(Sparkline.character(level: parts + 1, row: 0, charset) == full)
        #expect(
            Sparkline.character(level: parts + 1, row: 1, charset)
                == Sparkline.character(level: 1, row: 0, charset))
        let all = (0...parts).map { Sparkline.character(level: $0, row: 0, charset) }
        #expect(all.count { $0 == full } == 1)
        #expect(charset == .unicode || all.allSatisfy(\.isASCII))
    }

    @Test(
        "figures are told in the units that people read",
        arguments: [
            (LiveFigure.commit, 1_870, "1.8 ms"), (.lag, 12_400, "12 ms"), (.sent, 999, "999 B"),
            (.sent, 1_250_000, "1.2 MB"), (.memory, 198_000_000, "198 MB"), (.players, 1_234, "1,234"),
        ])
    func units(figure: LiveFigure, value: Int, words: String) {
        #expect(figure.words(value) == words)
    }
}
