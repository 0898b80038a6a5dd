import Protocol
import Testing

@Suite struct BookmarksTests {
    private static func bookmark(_ name: String, _ x: Int = 1, _ y: Int = 2) throws -> Bookmark {
        try #require(Bookmark(name: name, x: x, y: y))
    }

    @Test("bookmarks come back from their file as they were, in their order")
    func roundTrip() throws {
        var bookmarks = Bookmarks()
        for (number, name) in ["zoo", "Ada's sun ☀", "12,34", "日本"].enumerated() {
            _ = bookmarks.add(try Self.bookmark(name, number, 100 - number))
        }
        let read = try Bookmarks(json: bookmarks.json())
        #expect(read == bookmarks)
        #expect(read.items.map(\.name) == ["zoo", "Ada's sun ☀", "12,34", "日本"])
        #expect(try Bookmarks(json: Bookmarks().json()) == Bookmarks())
    }

    @Test("a name stands once: the latest place is its own")
    func again() throws {
        var bookmarks = Bookmarks()
        for x in 0..<3 { _ = bookmarks.add(try Self.bookmark("home", x, 0)) }
        #expect(bookmarks.items == [try Self.bookmark("home", 2, 0)])
    }

    @Test("there are no more than a hundred, and room again when one is taken away")
    func limit() throws {
        var bookmarks = Bookmarks()
        for number in 0..<Limits.maxBookmarks { _ = bookmarks.add(try Self.bookmark("b\(number)")) }
        let tooMany = bookmarks.add(try Self.bookmark("one more"))
        #expect(!tooMany)
        bookmarks.remove(at: -1)
        bookmarks.remove(at: Limits.maxBookmarks)
        #expect(bookmarks.items.count == Limits.maxBookmarks)
        bookmarks.remove(at: 3)
        let again = bookmarks.add(try Self.bookmark("one more"))
        #expect(again)
        #expect(bookmarks.items.last?.name == "one more" && !bookmarks.items.contains { $0.name == "b3" })
    }

    @Test("names that can't be read and places that no canvas has are none")
    func bad() {
        for name in ["", " a", "a ", "a\u{1b}[2J", "a\u{202e}b", String(repeating: "n", count: 25), "\n"] {
            #expect(Bookmark(name: name, x: 0, y: 0) == nil, "\(name)")
        }
        for (x, y) in [(-1, 0), (0, -1), (Limits.maxCanvasSide, 0), (0, Int.max), (Int.min, 0)] {
            #expect(Bookmark(name: "a", x: x, y: y) == nil)
        }
    }

    @Test(
        "a file that is anything else is refused in one line",
        arguments: [
            "", "{", "[]", "null", "{}", "{\"bookmarks\":3}", "{\"bookmarks\":[3]}",
            "{\"bookmarks\":[{\"name\":\"a\",\"x\":1}]}",
            "{\"bookmarks\":[{\"name\":\"a\",\"x\":\"1\",\"y\":2}]}",
            "{\"bookmarks\":[{\"name\":\"a\\u001b[2J\",\"x\":1,\"y\":2}]}",
            "{\"bookmarks\":[{\"name\":\"a\",\"x\":-1,\"y\":2}]}",
            "{\"bookmarks\":[{\"name\":\"a\",\"x\":1e99,\"y\":2}]}",
            "{\"bookmarks\":[{\"name\":\"a\",\"x\":99999999999999999999,\"y\":2}]}",
        ])
    func hostile(text: String) {
        #expect(throws: Failure.self) { try Bookmarks(json: Array(text.utf8)) }
        do throws(Failure) {
            _ = try Bookmarks(json: Array(text.utf8))
        } catch {
            #expect(
                !error.message.isEmpty && !error.message.contains("\u{1b}") && !error.message.contains("\n"))
        }
    }

    @Test("a file with more bookmarks than are kept is refused")
    func tooMany() {
        let items = (0...Limits.maxBookmarks).map { "{\"name\":\"b\($0)\",\"x\":1,\"y\":1}" }
        let text = "{\"bookmarks\":[\(items.joined(separator: ","))]}"
        #expect(throws: Failure.self) { try Bookmarks(json: Array(text.utf8)) }
    }
}
