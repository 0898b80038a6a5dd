import Protocol
import Testing

@testable import TUI

@Suite struct TextWidthTests {
    @Test(
        "text takes the columns that the terminal gives it",
        arguments: [
            ("Ada", 3), ("日本", 4), ("🎨", 2), ("e\u{301}", 1), ("שלום", 4), ("a\u{200b}b", 2), ("", 0),
            ("\u{7}", 0),
        ])
    func width(text: String, columns: Int) {
        #expect(TextWidth.of(text) == columns)
    }

    @Test(
        "clipped text never exceeds its columns and says that it was cut, at its end or its beginning",
        arguments: [
            "Ada Lovelace", "日本語の名前です", "🎨🖌️🎨🖌️🎨", "שלום עולם שלום", "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
        ], 0...9)
    func clipped(text: String, columns: Int) {
        let clipped = TextWidth.clipped(text, columns: columns)
        #expect(TextWidth.of(clipped) <= columns)
        #expect(clipped == text || columns == 0 || clipped.hasSuffix("…"))
        let tail = TextWidth.tail(text, columns: columns)
        #expect(TextWidth.of(tail) <= columns)
        #expect(tail == text || columns == 0 || tail.hasPrefix("…"))
        #expect(text.hasSuffix(tail.drop { $0 == "…" }))
    }

    @Test(
        "a wrapped text breaks between words, and says what is left over by an ellipsis",
        arguments: [
            ("another program signed in", 12, ["another", "program sig…"]), ("one two", 7, ["one two"]),
            ("", 7, []), ("日本 語の 名前", 5, ["日本", "語の…"]), ("abcdefghij", 4, ["abc…"]),
        ])
    func wrapped(text: String, columns: Int, lines: [String]) {
        #expect(TextWidth.wrapped(text, columns: columns, lines: 2) == lines)
    }

    @Test("a wide character that would cross the limit is left out")
    func wideAtLimit() {
        let brush = Brush(foreground: .standard, background: .standard)
        var grid = CellGrid(columns: 6, rows: 1, fill: brush)
        let end = grid.write("a日本", column: 0, row: 0, limit: 4, brush)
        #expect(end == 3)
        #expect(GridText.characters(grid, row: 0) == "a日   ")
    }

    @Test("where half of a wide character is covered, the other half becomes a space")
    func covered() {
        let brush = Brush(foreground: .standard, background: .standard)
        var grid = CellGrid(columns: 6, rows: 1, fill: brush)
        grid.write("日本語", column: 0, row: 0, limit: 6, brush)
        grid.write("x", column: 1, row: 0, limit: 6, brush)
        #expect(GridText.characters(grid, row: 0) == " x本語")
        grid.write("y", column: 2, row: 0, limit: 6, brush)
        #expect(GridText.characters(grid, row: 0) == " xy 語")
        grid.write("日", column: 3, row: 0, limit: 6, brush)
        #expect(GridText.characters(grid, row: 0) == " xy日 ")
    }

    @Test(
        "what some terminals draw as one sign and others as two is told by signs that all agree about",
        arguments: [
            ("🇩🇪", "DE"), ("👍🏽", "👍"), ("❤\u{fe0f}", "❤"), ("1\u{fe0f}\u{20e3}", "1"), ("👩\u{200d}👦", "👩👦"),
        ])
    func disputed(text: String, shown: String) {
        let brush = Brush(foreground: .standard, background: .standard)
        var grid = CellGrid(columns: 6, rows: 1, fill: brush)
        let end = grid.write(text, column: 0, row: 0, limit: 6, brush)
        #expect(end == TextWidth.of(text))
        #expect(GridText.characters(grid, row: 0).prefix { $0 != " " } == shown)
    }

    @Test("a combining mark joins the character before it, wide or not")
    func marks() {
        let brush = Brush(foreground: .standard, background: .standard)
        var grid = CellGrid(columns: 6, rows: 1, fill: brush)
        let end = grid.write("e\u{301}日\u{301}x", column: 0, row: 0, limit: 6, brush)
        #expect(end == 4)
        #expect(grid[0, 0].mark == 0x301)
        #expect(grid[1, 0].mark == 0x301)
        #expect(grid[2, 0].scalar == 0)
    }

    @Test("what would turn its neighbours around is never put into a cell")
    func format() {
        let brush = Brush(foreground: .standard, background: .standard)
        var grid = CellGrid(columns: 6, rows: 1, fill: brush)
        grid.write("a\u{202e}b\u{200d}\u{1b}c", column: 0, row: 0, limit: 6, brush)
        #expect(GridText.characters(grid, row: 0) == "abc   ")
    }

    @Test("writing outside the grid changes nothing")
    func outside() {
        let brush = Brush(foreground: .standard, background: .standard)
        var grid = CellGrid(columns: 3, rows: 2, fill: brush)
        let before = grid
        grid.write("xyz", column: 3, row: 0, limit: 9, brush)
        grid.write("xyz", column: 0, row: 2, limit: 3, brush)
        grid.put(Cell("x", brush), column: -1, row: 0)
        #expect(grid == before)
    }
}
