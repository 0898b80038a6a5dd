import Protocol
import Testing

@testable import TUI

@Suite struct CommandingTests {
    private static let opener = KeyPress(.character("p"), .control)

    private func scene(_ page: Page = .canvas, purpose: Model.Purpose = .play) throws -> Model {
        var model = try SampleModels.playing(columns: 80, rows: 24, purpose: purpose)
        _ = model.go(page)
        _ = model.press([Self.opener])
        return model
    }

    @Test(
        "Ctrl-P opens the palette on every page, where characters are text too", arguments: Page.destinations)
    func everywhere(page: Page) throws {
        var model = try scene(page)
        #expect(model.overlay == .palette(CommandPalette()))
        _ = model.press([KeyPress(.escape)])
        #expect(model.overlay == .none && model.page == page)
    }

    @Test("in a run Ctrl-P means nothing")
    func run() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.run(.dot)
        _ = model.press([Self.opener])
        #expect(model.overlay == .none)
    }

    @Test("every page can be gone to by its name", arguments: Page.destinations, Page.destinations)
    func pages(from: Page, to: Page) throws {
        guard from != to else { return }
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.becomeHost(.moderator)
        _ = model.go(from)
        _ = model.press([Self.opener])
        _ = model.type(to.fullTitle)
        #expect(model.paletteItems(for: to.fullTitle).first?.deed == .act(.open(to)))
        _ = model.press([KeyPress(.enter)])
        #expect(model.page == to && model.overlay == .none)
    }

    @Test("an action of the page is done, and its keys are shown")
    func action() throws {
        var model = try scene()
        let zoom = model.viewport.zoom
        let item = try #require(model.paletteItems(for: "zoom in").first)
        #expect(item.deed == .act(.zoomIn) && item.keys?.contains("+") == true)
        _ = model.type("zoom in")
        _ = model.press([KeyPress(.enter)])
        #expect(model.viewport.zoom == zoom.nearer)
    }

    @Test("what was typed is text: no key of the page acts")
    func text() throws {
        var model = try scene()
        let before = (model.color, model.viewport.zoom)
        #expect(model.type("u+5 q") == [])
        #expect(model.color == before.0 && model.viewport.zoom == before.1)
        #expect(model.press([KeyPress(.character("c"), .control)]) == [.quit])
    }

    @Test("settings are switched, and kept")
    func settings() throws {
        var model = try scene()
        _ = model.type("theme light")
        let commands = model.press([KeyPress(.enter)])
        #expect(model.settings.theme == .light)
        #expect(commands == [.keep(model.settings)])
    }

    @Test("two numbers go there")
    func place() throws {
        var model = try scene()
        _ = model.type("12, 3")
        _ = model.press([KeyPress(.enter)])
        #expect(model.cursor == Place(x: 12, y: 3))
    }

    @Test("arrows choose and stay within the list; more text chooses the first again")
    func choosing() throws {
        var model = try scene()
        let count = model.paletteItems(for: "").count
        #expect(count > 30)
        _ = model.press([KeyPress](repeating: KeyPress(.down), count: count + 5))
        guard case .palette(let last) = model.overlay else {
            return #expect(Bool(false), "the palette is open")
        }
        #expect(last.chosen == count - 1)
        _ = model.press([KeyPress](repeating: KeyPress(.up), count: count + 5))
        _ = model.press([KeyPress(.down)])
        _ = model.type("a")
        guard case .palette(let first) = model.overlay else {
            return #expect(Bool(false), "the palette is open")
        }
        #expect(first.chosen == 0)
    }

    @Test("where nothing is called what was typed, that is said and Enter does nothing")
    func nothing() throws {
        var model = try scene()
        _ = model.type("qqqq")
        #expect(model.press([KeyPress(.enter)]) == [])
        let frame = View.frame(of: model)
        #expect((0..<24).contains { GridText.characters(frame, row: $0).contains("Nothing is called that") })
    }

    @Test("a click takes a line, one beside the palette closes it, and the wheel scrolls")
    func mouse() throws {
        var model = try scene(.home)
        let items = model.paletteItems(for: "")
        let at = try #require(items.firstIndex { $0.deed == .act(.open(.arcade)) })
        let layout = CommandPaletteLayout(model.layout, chosen: 0, count: items.count)
        _ = model.mouse(.press(.left), column: layout.list.column + 3, row: layout.list.row + at)
        #expect(model.page == .arcade && model.overlay == .none)
        _ = model.press([Self.opener])
        _ = model.mouse(.wheelDown, column: 40, row: 10)
        #expect(model.overlay == .palette(CommandPalette(chosen: 1)))
        _ = model.mouse(.press(.left), column: 0, row: 12)
        #expect(model.overlay == .none && model.page == .arcade)
    }

    @Test("the Enter that took a command does nothing behind the palette while it is held")
    func held() throws {
        var model = try scene()
        _ = model.type("center the cursor")
        _ = model.press([KeyPress(.enter)])
        #expect(model.press([KeyPress(.enter)], nowMs: 60_030) == [])
        #expect(model.pending.isEmpty)
    }

    @Test("watchers are offered nothing that only players do")
    func watchers() throws {
        let model = try scene(purpose: .watch)
        let deeds = model.paletteItems(for: "").map(\.deed)
        #expect(
            !deeds.contains(.act(.place)) && !deeds.contains(.act(.undo)) && deeds.contains(.act(.zoomIn)))
    }

    @Test(
        "what a click on a hint names is done", arguments: [Page.home, .clicks, .relays, .arcade, .feedback])
    func hints(page: Page) throws {
        var model = try SampleModels.playing(columns: 120, rows: 24)
        _ = model.go(page)
        let row = model.layout.paletteRow
        let text = GridText.characters(View.frame(of: model), row: row)
        let range = try #require(text.firstRange(of: "keys"))
        let column = TextWidth.of(String(text[..<range.lowerBound]))
        _ = model.mouse(.press(.left), column: column, row: row)
        #expect(model.overlay == .help(scroll: 0))
    }
}
