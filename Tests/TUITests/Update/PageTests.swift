import Protocol
import Testing

@testable import TUI

@Suite struct PageTests {
    @Test(
        "F2 to F9 and Alt with a digit or a letter go from every screen to every other",
        arguments: Page.destinations,
        Page.destinations)
    func everywhere(from: Page, to: Page) throws {
        let shortcut = try #require(to.shortcut)
        for press in [to.key.map { KeyPress($0) }, KeyPress(.character(shortcut), .alt)].compactMap({ $0 }) {
            var model = try SampleModels.playing(columns: 80, rows: 24)
            _ = model.go(from)
            _ = model.press([press])
            #expect(model.page == to)
        }
    }

    @Test("digits choose colors on the canvas, screens elsewhere, and are text in an answer")
    func digits() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.type("2")
        #expect(model.page == .canvas && model.color == 2)
        _ = model.go(.relays)
        _ = model.type("2")
        #expect(model.page == .clicks)
        try model.relay([50, 60])
        _ = model.type("21")
        #expect(model.page == .relays && model.relays.answer.text == "21")
        _ = model.go(.canvas)
        #expect(model.page == .canvas)
        _ = model.go(.relays)
        #expect(model.relays.answer.text == "21", "what was typed is still there")
    }

    @Test("a screen asks for what it shows when it is opened, and again when the connection is back")
    func asks() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        #expect(model.go(.clicks) == [.clicks(.look)])
        #expect(model.go(.clicks) == [])
        #expect(model.go(.relays) == [.relays(.list)])
        model.lose()
        #expect(model.update(.server(.link(.connected)), nowMs: 130_000) == [.relays(.list)])
        #expect(model.go(.canvas) == [])
    }

    @Test(
        "a click on the status line's names goes there; a small window names home alone",
        arguments: [(160, Page.destinations), (80, [.home])])
    func tabs(columns: Int, named: [Page]) throws {
        for page in Page.destinations {
            for other in named where other != page && other.key != nil {
                var model = try SampleModels.playing(columns: columns, rows: 24)
                _ = model.go(page)
                let row = model.layout.statusRow
                let text = GridText.characters(View.frame(of: model), row: row)
                let name = "\(KeyPress(try #require(other.key)).label) \(other.title)"
                let range = try #require(text.firstRange(of: name))
                let column = TextWidth.of(String(text[..<range.lowerBound]))
                _ = model.mouse(.press(.left), column: column, row: row)
                #expect(model.page == other)
            }
        }
    }

    @Test("no key of the canvas paints while another screen is there")
    func canvasIsLeft() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.go(.clicks)
        let cursor = model.cursor
        let commands = model.press([KeyPress(.enter), KeyPress("u"), KeyPress(.left), KeyPress("l")])
        #expect(!commands.contains { if case .place = $0 { true } else { false } })
        #expect(model.cursor == cursor)
    }

    @Test("help shows the keys of the screen that it lies over", arguments: Page.destinations)
    func help(page: Page) throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.go(page)
        _ = model.press([KeyPress(.function(1))])
        let frame = View.frame(of: model)
        let text = (0..<24).map { GridText.characters(frame, row: $0) }.joined(separator: "\n")
        #expect(text.contains("canvas clicks relays") && text.contains("F4"))
        #expect(text.contains("place a pixel") == (page == .canvas))
        _ = model.type("j")
        _ = model.press([KeyPress(.escape)])
        #expect(model.overlay == .none && model.page == page)
    }
}
