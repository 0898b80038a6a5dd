import Protocol
import Raster
import Testing

@testable import TUI

/// Enter and Space, held down or tapped on while the screen changes.
@Suite struct FreshPressTests {
    private let enter = KeyPress(.enter)

    /// A key that is held down from a time on: pressed, and repeated as a terminal does.
    private func hold(_ press: KeyPress, _ model: inout Model, fromMs: Int64, count: Int = 20) -> [Command] {
        model.press([press], nowMs: fromMs)
            + (0..<count).flatMap { model.press([press], nowMs: fromMs + 660 + Int64($0) * 30) }
    }

    private func starts(_ commands: [Command]) -> Int {
        commands.count { if case .arcade(.start) = $0 { true } else { false } }
    }

    // MARK: The rule

    @Test("the key that led to another scene counts there only after a silence")
    func silence() {
        var fresh = FreshPress()
        #expect(fresh.take(.enter, nowMs: 0) == true)
        fresh.changeScene()
        #expect(fresh.take(.enter, nowMs: 660) == false)
        #expect(fresh.take(.enter, nowMs: 690) == false)
        #expect(fresh.take(.enter, nowMs: 690 + FreshPress.silenceMs - 1) == false)
        #expect(fresh.take(.enter, nowMs: 690 + 2 * FreshPress.silenceMs) == true)
        #expect(fresh.take(.enter, nowMs: 2_100) == true, "the scene is still the same")
    }

    @Test("another key, or a mouse button, makes the next press count")
    func others() {
        var fresh = FreshPress()
        _ = fresh.take(.enter, nowMs: 0)
        fresh.changeScene()
        #expect(fresh.take(.character(" "), nowMs: 10) == true)
        #expect(fresh.take(.enter, nowMs: 20) == true)
        fresh.changeScene()
        fresh.takeButton()
        #expect(fresh.take(.enter, nowMs: 30) == true)
    }

    @Test("arrows and letters count at once on any scene")
    func unguarded() {
        var fresh = FreshPress()
        for key in [KeyPress.Key.down, .character("y"), .escape] {
            _ = fresh.take(key, nowMs: 0)
            fresh.changeScene()
            #expect(fresh.take(key, nowMs: 10) == true)
        }
    }

    // MARK: On the screens

    @Test("who shoots with Enter to the run's end begins no new one by it")
    func outcome() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.run(.dot)
        _ = model.press([KeyPress(.left), enter], nowMs: 89_800)
        model.hear(.ended(ArcadeSamples.result(.dot, .time, score: 3, rank: 1)), atMs: 90_000)
        for step in 0..<8 { #expect(model.press([enter], nowMs: 90_100 + Int64(step) * 200) == []) }
        #expect(model.press([enter], nowMs: 92_300) == [.arcade(.start(.dot))])
    }

    @Test("Enter held at an ad neither opens the page behind it nor acts there", arguments: ["4", "1", "5"])
    func ad(digit: Unicode.Scalar) throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, page: .home)
        model.meetAds()
        _ = model.update(.started, nowMs: 60_000)
        _ = model.press([KeyPress(digit)])
        model.hearAd(try ArcadeSamples.ad(ArcadeSamples.textAd))
        // The first byte behind the ad's end comes before any clock has told of it.
        for step in 0..<220 { _ = model.press([enter], nowMs: 60_500 + Int64(step) * 30) }
        #expect(model.page == .ad && model.ads.gate?.adHasRun == true)
        let opens = model.press([enter], nowMs: 68_000)
        #expect(model.page != .ad && starts(opens) == 0)
        let behind = (0..<20).flatMap { model.press([enter], nowMs: 68_500 + Int64($0) * 30) }
        #expect(behind == [] && model.pending.isEmpty && model.shop.step == .looking)
    }

    @Test("Enter held at home goes to the arcade and begins no run there")
    func home() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.go(.home)
        model.home.choose(.arcade)
        let commands = hold(enter, &model, fromMs: 61_000)
        #expect(model.page == .arcade && starts(commands) == 0)
    }

    @Test("in the shop a held Enter asks and buys nothing, and buying doesn't wear")
    func shop() throws {
        var model = try ShoppingTests.model(points: 500, chosen: "deep-sea")
        #expect(hold(enter, &model, fromMs: 61_000) == [])
        #expect(model.shop.step == .buying)
        let skin = try ShoppingTests.skin("deep-sea")
        #expect(model.press([enter], nowMs: 63_000) == [.shop(.buy(skin))])
        _ = model.hear(.bought(PurchaseAnswer(skin: skin, points: 150)), atMs: 63_100)
        #expect(model.press([enter], nowMs: 63_660) == [], "it would be worn")
        #expect(model.press([enter], nowMs: 64_400) == [.shop(.wear(skin))])
    }

    @Test("who began a run with Enter shoots with it at once")
    func shoots() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.run(.dot)
        _ = model.press([enter], nowMs: 60_200)
        #expect(model.arcade.play?.shot?.kind == .miss)
    }

    @Test("who came to the click war with Enter clicks with it at once, and held down it is no click")
    func clicks() throws {
        for gapMs in [30, 200] as [Int64] {
            var model = try SampleModels.playing(columns: 80, rows: 24)
            _ = model.go(.home)
            model.home.choose(.clicks)
            _ = model.press([enter], nowMs: 60_000)
            _ = model.update(
                .server(.clicks(.totals(GameSamples.clicks([("earth", 1, 1), ("mars", 2, 1)])))),
                nowMs: 60_010)
            var commands: [Command] = []
            for step in 0..<10 { commands += model.press([enter], nowMs: 60_660 + Int64(step) * gapMs) }
            #expect(model.page == .clicks && commands.isEmpty == (gapMs == 30))
        }
    }

    @Test("text keeps its spaces")
    func text() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.press([KeyPress(.function(7))], nowMs: 60_000)
        _ = model.press("a b  c".unicodeScalars.map { KeyPress($0) }, nowMs: 60_010)
        #expect(model.feedback.message?.text == "a b  c")
    }
}
