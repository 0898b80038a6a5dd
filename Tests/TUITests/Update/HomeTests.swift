import Protocol
import Testing

@testable import TUI

@Suite struct HomeTests {
    private func scene(columns: Int = 80, rows: Int = 24) throws -> Model {
        var model = try SampleModels.playing(columns: columns, rows: rows, page: .home)
        _ = model.update(.started, nowMs: 60_000)
        return model
    }

    @Test("home asks for what it tells of: the account, the click war, the relays")
    func asks() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, page: .home)
        #expect(model.update(.started, nowMs: 60_000) == [.profile, .clicks(.look), .relays(.list)])
    }

    /// Home of someone who may go everywhere.
    private func moderated(columns: Int = 80, rows: Int = 24) throws -> Model {
        var model = try scene(columns: columns, rows: rows)
        model.becomeHost(.moderator)
        return model
    }

    @Test(
        "each line of the menu is opened by arrows and Enter, by its digit or letter, and by a click",
        arguments: Page.destinations.filter { $0 != .home })
    func opens(page: Page) throws {
        var arrows = try moderated()
        let at = try #require(arrows.homePages.firstIndex(of: page))
        _ = arrows.press([KeyPress](repeating: KeyPress(.down), count: at) + [KeyPress(.enter)])
        #expect(arrows.page == page)
        var shortcut = try moderated()
        _ = shortcut.press([KeyPress(try #require(page.shortcut))])
        #expect(shortcut.page == page)
        for (columns, rows) in [(80, 24), (40, 12), (120, 40)] {
            var mouse = try moderated(columns: columns, rows: rows)
            for _ in 0..<at { _ = mouse.mouse(.wheelDown, column: 5, row: 5) }
            let layout = HomeLayout(mouse)
            _ = mouse.mouse(
                .press(.left), column: layout.menu.column + 5,
                row: layout.menu.row + (at - layout.first) * layout.itemRows)
            #expect(mouse.page == page)
        }
    }

    @Test("the menu has what is of use: no sign-in for watchers, the server's page for those with a role")
    func offers() throws {
        var model = try scene()
        #expect(model.homePages.contains(.signIn) && !model.homePages.contains(.admin))
        for (role, isOffered) in [(Role.player, false), (.moderator, true), (.admin, true)] {
            model.becomeHost(role)
            #expect(model.homePages.contains(.admin) == isOffered)
            let text = (0..<24).map { GridText.characters(View.frame(of: model), row: $0) }.joined()
            #expect(text.contains("a Admin") == isOffered)
            #expect(model.paletteItems(for: "Admin").contains { $0.deed == .act(.open(.admin)) } == isOffered)
        }
        let watcher = try SampleModels.playing(columns: 80, rows: 24, purpose: .watch, page: .home)
        #expect(!watcher.homePages.contains(.signIn) && watcher.homePages.contains(.replay))
    }

    @Test(
        "Esc leads home from where it means nothing else",
        arguments: [Page.clicks, .relays, .arcade, .shop, .feedback])
    func escape(page: Page) throws {
        var model = try scene()
        _ = model.go(page)
        _ = model.press([KeyPress(.escape)])
        #expect(model.page == .home)
    }

    @Test("the smallest screen shows the line that is chosen", arguments: 0..<6)
    func smallest(chosen: Int) throws {
        var model = try scene(columns: 36, rows: 8)
        _ = model.press([KeyPress](repeating: KeyPress(.down), count: chosen))
        let frame = View.frame(of: model)
        let text = (0..<8).map { GridText.characters(frame, row: $0) }.joined()
        #expect(text.contains("▸ \(chosen + 1) \(model.homePages[chosen].fullTitle)"))
    }

    @Test("the small canvas is the canvas now")
    func miniature() throws {
        var model = try scene(columns: 120, rows: 40)
        let before = View.frame(of: model)
        let pixels = (0..<20).map { Pixel(x: 60 + $0 % 5, y: 10 + $0 / 5, color: 5) }
        _ = model.update(.server(.changed(pixels, version: 1235)), nowMs: 60_000)
        #expect(View.frame(of: model) != before)
        let frame = try #require(HomeLayout(model).miniature)
        let zoom = HomeLayout(model).zoom
        #expect(model.canvas?.reduction?.block ?? 1 == zoom.block)
        #expect(100 / zoom.block * zoom.scale <= frame.columns - 2)
    }

    @Test(
        "why there is no connection is said on every page but the canvas, and p connects again",
        arguments: Page.destinations)
    func closed(page: Page) throws {
        for (columns, rows) in [(80, 24), (36, 8)] {
            var model = try scene(columns: columns, rows: rows)
            _ = model.go(page)
            _ = model.update(.server(.link(.closed("You are banned"))), nowMs: 70_000)
            let text = (0..<rows).map { GridText.characters(View.frame(of: model), row: $0) }.joined()
            #expect(text.contains("You are banned"))
            #expect(model.press([KeyPress("p")], nowMs: 70_100) == (page == .feedback ? [] : [.play]))
        }
    }

    @Test("the words about no connection don't lie over the chosen line", arguments: 0..<6)
    func closedSmall(chosen: Int) throws {
        var model = try scene(columns: 36, rows: 8)
        _ = model.update(.server(.link(.closed("You are banned"))), nowMs: 70_000)
        _ = model.press([KeyPress](repeating: KeyPress(.down), count: chosen))
        let text = (0..<8).map { GridText.characters(View.frame(of: model), row: $0) }.joined()
        #expect(text.contains("▸ \(chosen + 1) \(model.homePages[chosen].fullTitle)"))
    }

    @Test("a single point is one")
    func onePoint() throws {
        var model = try scene()
        _ = model.update(.server(.profile(ArcadeSamples.profile(points: 1))), nowMs: 60_000)
        var text = (0..<24).map { GridText.characters(View.frame(of: model), row: $0) }.joined()
        #expect(text.contains("· 1 point ") && text.contains("skins for your 1 point "))
        _ = model.go(.arcade)
        text = (0..<24).map { GridText.characters(View.frame(of: model), row: $0) }.joined()
        #expect(text.contains("You have 1 point "))
    }

    @Test("in a window too small to see anything only quitting, suspending and repainting work")
    func tooSmall() throws {
        var model = try scene(columns: 35, rows: 8)
        let before = model.home
        for key in [KeyPress.Key.down, .enter, .function(2), .character("1"), .character("?")] {
            #expect(model.press([KeyPress(key)], nowMs: 61_000) == [])
        }
        #expect(model.mouse(.press(.left), column: 6, row: 4) == [])
        #expect(model.page == .home && model.home == before && model.overlay == .none)
        #expect(model.type("q") == [.quit])
        for (key, command) in [("c", .quit), ("z", .suspend), ("l", .repaint)] as [(Unicode.Scalar, Command)]
        {
            #expect(model.press([KeyPress(.character(key), .control)]) == [command])
        }
    }

    @Test("today's bonus and the streak are told")
    func bonus() throws {
        var model = try scene()
        let bonus = LoginBonusAnswer(points: 15, streakDays: 3)
        _ = model.update(.server(.profile(ArcadeSamples.profile(bonus: bonus))), nowMs: 60_000)
        let frame = View.frame(of: model)
        let text = (0..<24).map { GridText.characters(frame, row: $0) }.joined()
        #expect(text.contains("1,234 points") && text.contains("+15 for coming today, day 3 in a row"))
    }
}
