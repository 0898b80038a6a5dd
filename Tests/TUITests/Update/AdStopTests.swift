import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct AdStopTests {
    /// Someone who meets ads, at a page that was loaded first.
    private func scene(_ page: Page = .home) throws -> Model {
        var model = try SampleModels.playing(columns: 80, rows: 24, page: page)
        model.meetAds()
        _ = model.update(.started, nowMs: 60_000)
        return model
    }

    private func isWish(_ command: Command, _ wish: (AdWish) -> Bool) -> Bool {
        if case .ads(let found) = command { wish(found) } else { false }
    }

    private func asksFor(_ page: Page, _ commands: [Command]) -> Bool {
        commands.contains(.ads(.next(before: page.adPage)))
    }

    private let words = ArcadeSamples.textAd

    @Test("every page has a word that ads take", arguments: Page.destinations + [.ad])
    func words(page: Page) {
        #expect(page.adPage.rawValue == page.rawValue)
    }

    @Test("the first page after a start meets an ad, and home never does")
    func firstLoad() throws {
        #expect(try scene(.canvas).page == .ad)
        #expect(try scene(.home).page == .home)
        var model = try scene(.home)
        for _ in 0..<3 {
            #expect(asksFor(.clicks, model.go(.clicks)))
            #expect(model.page == .ad && model.ads.stop?.next == .clicks)
            _ = model.go(.home)
            #expect(model.page == .home)
        }
    }

    @Test("who meets no ads goes where they want", arguments: Page.destinations)
    func noGate(page: Page) throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, purpose: .watch)
        _ = model.go(page)
        #expect(model.page == page)
    }

    @Test("an ad stays for its seconds, which are counted down; then Enter opens the page behind it")
    func countdown() throws {
        var model = try scene()
        _ = model.go(.relays)
        model.hearAd(try ArcadeSamples.ad(words))
        for second in 0..<5 {
            #expect(model.deadlineMs == 61_000 + Int64(second) * 1_000)
            let frame = View.frame(of: model)
            let text = (0..<24).map { GridText.characters(frame, row: $0) }.joined()
            #expect(text.contains(" \(5 - second) s ") && text.contains("Relays tonight"))
            #expect(
                model.press([KeyPress(.enter), KeyPress(" ")], nowMs: 60_001 + Int64(second) * 1_000) == [])
            let commands = model.update(.clock, nowMs: 61_000 + Int64(second) * 1_000)
            #expect(commands.contains(.ads(.complete(Identifier(rawValue: 900)))) == (second == 4))
        }
        #expect(model.ads.gate?.adHasRun == true && model.deadlineMs == nil)
        #expect(model.press([KeyPress(.enter)], nowMs: 65_500) == [.relays(.list)])
        #expect(model.page == .relays)
    }

    @Test("what the gate knows is kept each time it changes")
    func kept() throws {
        var model = try scene()
        let first = model.go(.clicks)
        let gate = try #require(model.ads.gate)
        #expect(first.contains(.ads(.keep(gate))) && gate.currentPage == Page.clicks.adPage && !gate.adHasRun)
        #expect(gate.nextPage == Page.clicks.adPage)
        let second = model.hearAd(nil)
        let after = try #require(model.ads.gate)
        #expect(second.contains(.ads(.keep(after))) && after.adHasRun && after.nextPage == nil)
    }

    @Test("where the server has no ad, the page opens at once and isn't armed again")
    func noAd() throws {
        var model = try scene()
        _ = model.go(.clicks)
        #expect(model.hearAd(nil).contains(.clicks(.look)))
        #expect(model.page == .clicks)
        #expect(model.go(.clicks) == [])
        #expect(model.page == .clicks)
    }

    @Test("an ad that can't be had opens the page, and the gate isn't told that one has run")
    func failed() throws {
        var model = try scene()
        _ = model.go(.clicks)
        #expect(
            model.hear(AdReport.failed(Failure(.internalError, "x"), before: Page.clicks.adPage)).contains(
                .clicks(.look)))
        #expect(model.page == .clicks && model.ads.gate?.adHasRun == false)
    }

    @Test("before the connection an ad waits for it; where none comes, the page opens")
    func connection() throws {
        var model = Model(
            purpose: .play, depth: .truecolor, serverName: "s", columns: 80, rows: 24, page: .canvas)
        model.meetAds()
        #expect(!asksFor(.canvas, model.update(.started, nowMs: 0)))
        #expect(model.page == .ad)
        var lost = model
        _ = lost.update(.server(.link(.waiting(attempt: 1, delayMs: 500, reason: "refused"))), nowMs: 10)
        #expect(lost.page == .canvas)
        #expect(asksFor(.canvas, model.update(.server(.link(.connected)), nowMs: 10)))
        #expect(model.page == .ad)
    }

    @Test("an ad that is seen outlives a lost connection")
    func outlives() throws {
        var model = try scene()
        _ = model.go(.clicks)
        model.hearAd(try ArcadeSamples.ad(words))
        _ = model.update(.server(.link(.waiting(attempt: 1, delayMs: 500, reason: "x"))), nowMs: 61_000)
        #expect(model.page == .ad)
        _ = model.update(.clock, nowMs: 65_000)
        _ = model.press([KeyPress(.enter)], nowMs: 65_100)
        #expect(model.page == .clicks)
    }

    @Test("going elsewhere from an ad changes what is behind it, and asks for no second one")
    func elsewhere() throws {
        var model = try scene()
        _ = model.go(.clicks)
        model.hearAd(try ArcadeSamples.ad(words))
        #expect(!asksFor(.relays, model.go(.relays)))
        #expect(model.ads.stop?.next == .relays && model.ads.stop?.endsMs == 65_000)
        _ = model.update(.clock, nowMs: 65_000)
        _ = model.press([KeyPress(.enter)], nowMs: 65_100)
        #expect(model.page == .relays)
        #expect(model.ads.gate?.currentPage == Page.relays.adPage && model.ads.gate?.adHasRun == true)
    }

    @Test("an answer that comes after the person went home shows nothing")
    func tooLate() throws {
        var model = try scene()
        _ = model.go(.clicks)
        _ = model.go(.home)
        #expect(model.hearAd(try ArcadeSamples.ad(words)) == [])
        #expect(model.page == .home && model.ads.stop == nil)
    }

    @Test("an ad that doesn't come in time opens the page, and comes no more")
    func impatience() throws {
        var model = try scene()
        _ = model.go(.clicks)
        #expect(model.deadlineMs == 60_000 + AdDesk.Stop.answerMs)
        _ = model.update(.clock, nowMs: 62_999)
        #expect(model.page == .ad)
        #expect(model.update(.clock, nowMs: 63_000) == [.clicks(.look)])
        #expect(model.page == .clicks && model.ads.gate?.adHasRun == false)
        let late = AdReport.next(try ArcadeSamples.ad(words), before: Page.clicks.adPage)
        #expect(model.hear(late, atMs: 63_100) == [])
        #expect(model.page == .clicks)
    }

    @Test("an answer is taken for the page alone that it was asked for")
    func tied() throws {
        var model = try scene()
        _ = model.go(.clicks)
        #expect(asksFor(.relays, model.go(.relays)))
        model.hear(.next(nil, before: Page.clicks.adPage))
        model.hear(AdReport.failed(Failure(.internalError, "x"), before: Page.clicks.adPage))
        #expect(model.page == .ad && model.ads.stop?.ad == nil)
        model.hear(.next(try ArcadeSamples.ad(words), before: Page.relays.adPage))
        #expect(model.ads.stop?.ad?.title == "Relays tonight")
    }

    @Test("Enter or Space goes on from an ad, and no other key does")
    func goesOn() throws {
        var model = try scene()
        _ = model.go(.clicks)
        model.hearAd(try ArcadeSamples.ad(words))
        _ = model.update(.clock, nowMs: 65_000)
        let text = (0..<24).map { GridText.characters(View.frame(of: model), row: $0) }.joined()
        #expect(text.contains("Enter goes on"))
        _ = model.press([KeyPress("x"), KeyPress(.down), KeyPress(.tab)], nowMs: 65_100)
        #expect(model.page == .ad)
        _ = model.press([KeyPress(" ")], nowMs: 65_200)
        #expect(model.page == .clicks)
    }

    @Test("an ad is a page change: a run is ended before it comes")
    func endsRun() throws {
        var model = try scene()
        _ = model.go(.arcade)
        model.hearAd(nil)
        _ = model.press([KeyPress(.enter)])
        model.hear(.started(ArcadeSamples.start(.dot), atMs: 60_000))
        #expect(model.go(.arcade) == [], "nothing comes between a run and its player")
        let commands = model.go(.clicks)
        #expect(commands.first == .arcade(.end(ArcadeSamples.run)))
        #expect(!asksFor(.clicks, commands) && model.page == .ad && model.arcade.play == nil)
        let ended = model.hear(.ended(ArcadeSamples.result(.dot, .left, score: 0)), atMs: 60_050)
        #expect(asksFor(.clicks, ended), "the server knows that the run is over")
    }

    @Test("a run whose end isn't told holds the page behind it for a moment only")
    func endless() throws {
        var model = try scene()
        _ = model.go(.arcade)
        model.hearAd(nil)
        _ = model.press([KeyPress(.enter)])
        model.hear(.started(ArcadeSamples.start(.dot), atMs: 60_000))
        _ = model.go(.clicks)
        #expect(model.deadlineMs == 60_000 + AdDesk.Stop.answerMs)
        _ = model.update(.clock, nowMs: 63_000)
        #expect(model.page == .clicks)
    }

    @Test("q and F1 work at an ad; a click goes on only once it is over")
    func keys() throws {
        var model = try scene()
        _ = model.go(.clicks)
        model.hearAd(try ArcadeSamples.ad(words))
        #expect(model.type("q") == [.quit])
        #expect(model.mouse(.press(.left), column: 40, row: 12) == [])
        _ = model.update(.clock, nowMs: 65_000)
        _ = model.update(.input(.mouse(MouseEvent(kind: .press(.left), column: 40, row: 12))), nowMs: 65_100)
        #expect(model.page == .clicks)
    }
}
