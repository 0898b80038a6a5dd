import Protocol
import Testing

@testable import TUI

@Suite struct TrailTests {
    @Test(
        "the title says the way from home, and a click on a step goes back there",
        arguments: Page.destinations)
    func crumbs(page: Page) throws {
        var model = try SampleModels.playing(columns: 120, rows: 24)
        _ = model.go(page)
        let text = GridText.characters(View.frame(of: model), row: 0)
        guard page != .home else {
            #expect(text.contains("Home") && !text.contains("›"))
            return
        }
        let range = try #require(text.firstRange(of: "Home › \(page.fullTitle)"))
        let column = TextWidth.of(String(text[..<range.lowerBound]))
        _ = model.mouse(.press(.left), column: column, row: 0)
        #expect(model.page == .home)
    }

    @Test("what of a page is on the screen is the last step")
    func inside() throws {
        var model = try SampleModels.playing(columns: 120, rows: 24)
        model.run(.dot)
        #expect(model.trail.map(\.title) == ["Home", "Arcade", "Dot"])
        #expect(GridText.characters(View.frame(of: model), row: 0).contains("Home › Arcade › Dot"))
    }

    @Test("the last step is on the smallest screen too", arguments: Page.destinations)
    func narrow(page: Page) throws {
        var model = try SampleModels.playing(columns: 36, rows: 8)
        _ = model.go(page)
        let last = try #require(model.trail.last)
        #expect(GridText.characters(View.frame(of: model), row: 0).contains(last.title))
    }
}
