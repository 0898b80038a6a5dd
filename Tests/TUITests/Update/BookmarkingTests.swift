import Protocol
import Testing

@testable import TUI

@Suite struct BookmarkingTests {
    private static func model(_ count: Int = 0) throws -> Model {
        var model = try ToolTests.model()
        for number in 0..<count {
            let bookmark = try #require(Bookmark(name: "b\(number)", x: number * 10, y: 5))
            _ = model.desk.bookmarks.add(bookmark)
        }
        return model
    }

    @Test("b keeps the cursor's place under the name that is typed, or under its numbers")
    func add() throws {
        var model = try Self.model()
        _ = model.type("g7,8")
        _ = model.press([KeyPress(.enter)])
        _ = model.type("bold sun")
        let commands = model.press([KeyPress(.enter)])
        let wanted = try #require(Bookmark(name: "old sun", x: 7, y: 8))
        #expect(model.desk.bookmarks.items == [wanted])
        #expect(commands == [.desk(.keep(model.desk.bookmarks))] && model.overlay == .none)
        _ = model.type("b")
        _ = model.press([KeyPress(.enter)])
        #expect(model.desk.bookmarks.items.last?.name == "7,8")
        _ = model.type("bx")
        _ = model.press([KeyPress(.escape)])
        #expect(model.desk.bookmarks.items.count == 2)
    }

    @Test("B lists them: arrows choose, Enter goes, d deletes, and the last one closes the list")
    func list() throws {
        var model = try Self.model(3)
        _ = model.type("Bjjjj")
        #expect(model.overlay == .tool(.bookmarks(choice: 2)))
        _ = model.type("k")
        _ = model.press([KeyPress(.enter)])
        #expect(model.cursor == Place(x: 10, y: 5) && model.overlay == .none)
        _ = model.type("Bj")
        #expect(model.type("d") == [.desk(.keep(model.desk.bookmarks))])
        #expect(model.desk.bookmarks.items.map(\.name) == ["b0", "b2"])
        _ = model.type("dd")
        #expect(model.desk.bookmarks.items.isEmpty && model.overlay == .none)
        _ = model.type("B")
        #expect(model.overlay == .none && model.toast?.kind == .warning)
    }

    @Test("a click on one goes there, a click beside the list closes it")
    func mouse() throws {
        var model = try Self.model(3)
        _ = model.type("B")
        let frame = View.frame(of: model)
        let row = try #require((0..<24).first { GridText.characters(frame, row: $0).contains("b2") })
        #expect(model.mouse(.press(.left), column: 40, row: row).isEmpty)
        #expect(model.cursor == Place(x: 20, y: 5) && model.overlay == .none)
        _ = model.type("B")
        #expect(model.mouse(.press(.left), column: 1, row: 2).isEmpty)
        #expect(model.overlay == .none)
    }

    @Test("a place that the canvas doesn't have is told of")
    func outside() throws {
        var model = try Self.model()
        _ = model.desk.bookmarks.add(try #require(Bookmark(name: "far", x: 9_000, y: 1)))
        let place = model.cursor
        _ = model.type("B")
        _ = model.press([KeyPress(.enter)])
        #expect(model.cursor == place && model.toast?.text == "far lies outside this canvas")
    }

    @Test("bookmarks that can't be read are told of at once and when wanted, and are never written over")
    func trouble() throws {
        var model = try Self.model()
        model.desk.bookmarkTrouble = "/state/x.json: field \"name\" is missing"
        _ = model.update(.clock, nowMs: 60_000)
        #expect(model.toast?.text == "Bookmarks: /state/x.json: field \"name\" is missing")
        _ = model.update(.clock, nowMs: 90_000)
        #expect(model.toast == nil)
        #expect(model.type("b").isEmpty)
        #expect(model.overlay == .none && model.toast?.kind == .failure)
    }
}
