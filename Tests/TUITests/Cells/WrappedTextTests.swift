import Testing

@testable import TUI

@Suite struct WrappedTextTests {
    static func rows(_ text: String, _ columns: Int) -> [String] {
        let wrapped = WrappedText(Array(text), columns: columns)
        return wrapped.rows.indices.map { wrapped.text(row: $0) }
    }

    @Test("a line is broken between words, and inside those that are longer than a row")
    func breaks() {
        #expect(Self.rows("", 5) == [""])
        #expect(Self.rows("one two", 10) == ["one two"])
        #expect(Self.rows("one two three", 7) == ["one two ", "three"])
        #expect(Self.rows("one two three", 8) == ["one two ", "three"])
        #expect(Self.rows("abcdefgh", 3) == ["abc", "def", "gh"])
        #expect(Self.rows("a bcdefgh", 4) == ["a ", "bcde", "fgh"])
    }

    @Test("wide characters take two columns, and none is cut in half")
    func wide() {
        #expect(Self.rows("日本語", 5) == ["日本", "語"])
        #expect(Self.rows("日本語", 1) == ["日", "本", "語"])
    }

    @Test("every place has a spot, and the spot leads back to it", arguments: [1, 3, 7, 40])
    func spots(columns: Int) {
        let characters = Array("The quick brown fox 日本 jumps over the lazy dog ")
        let wrapped = WrappedText(characters, columns: columns)
        for place in 0...characters.count {
            let spot = wrapped.spot(of: place)
            #expect(wrapped.place(row: spot.row, column: spot.column) == place)
        }
        #expect(wrapped.rows.reduce(0) { $0 + $1.count } == characters.count)
    }

    @Test("rows before the first and behind the last mean the ends")
    func ends() {
        let wrapped = WrappedText(Array("one two"), columns: 4)
        #expect(wrapped.place(row: -1, column: 2) == 0)
        #expect(wrapped.place(row: 9, column: 0) == 7)
    }
}
