import Protocol
import Raster
import Testing

@testable import TUI

/// With reduced motion nothing moves but what the person, the server or a game's clock moves.
@Suite struct StillnessTests {
    static let moving: [PageMatrix.Page] = [
        PageMatrix.Page(name: "the cursor of a skin") {
            _ = $0.hear(.offers(try SkinSamples.offers(worn: "neon-night")))
        },
        PageMatrix.Page(name: "a skin on show") { try $0.shop(points: 500, chosen: "aurora") },
        PageMatrix.Page(name: "a skin tried on") {
            try $0.shop(points: 500, chosen: "aurora")
            _ = $0.type("t")
        },
        PageMatrix.Page(name: "confetti") {
            $0.run(.dot)
            $0.hear(
                .ended(ArcadeSamples.result(.dot, .time, score: 42, rank: 1, percent: 300, points: 126)),
                atMs: 90_100)
        },
    ]

    @Test("it asks for no time to pass, and time changes nothing", arguments: moving)
    func still(page: PageMatrix.Page) throws {
        var model = try page.model(columns: 80, rows: 24)
        let moves = try #require(model.deadlineMs)
        #expect(moves - model.clockMs <= Theme.turnMs)
        let lively = View.frame(of: model)
        _ = model.update(.clock, nowMs: moves)
        #expect(View.frame(of: model) != lively)

        model.settings.isMotionReduced = true
        #expect(model.deadlineMs == nil)
        let frame = View.frame(of: model)
        for step in 1...8 {
            _ = model.update(.clock, nowMs: moves + Int64(step) * 410)
            #expect(View.frame(of: model) == frame)
        }
    }

    @Test("planets don't glow, and are drawn anew with the clock's seconds alone")
    func planets() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.clickWar()
        let glowing = View.frame(of: model)
        model.settings.isMotionReduced = true
        #expect(View.frame(of: model) != glowing)
        _ = model.update(.clock, nowMs: 63_000)
        let next = try #require(model.deadlineMs)
        #expect(next - model.clockMs > 500)
    }

    @Test("the studio's preview is one picture")
    func studio() throws {
        var studio = try StudioSamples.studio()
        #expect(studio.deadlineMs != nil)
        studio.isStill = true
        #expect(studio.deadlineMs == nil)
        let frame = StudioView.frame(of: studio)
        _ = studio.update(.clock, nowMs: 61_234)
        #expect(StudioView.frame(of: studio) == frame)
    }
}
