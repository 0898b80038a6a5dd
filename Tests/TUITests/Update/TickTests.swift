import Protocol
import Raster
import Testing

@testable import TUI

/// The clock wakes the program when something visible changes by time, and at no other time.
@Suite struct TickTests {
    @Test(
        "between two ticks nothing visible changes, and at each tick something does",
        arguments: [(80, 24), (40, 12), (36, 8)],
        StateScenes.all.filter { $0.name.hasSuffix("80x24-truecolor") })
    func ticks(size: (Int, Int), scene: GoldenFrameTests.Scene) throws {
        var model = try SampleModels.playing(columns: size.0, rows: size.1)
        try scene.prepare(&model)
        for _ in 0..<40 {
            guard let deadlineMs = model.deadlineMs else { break }
            #expect(deadlineMs > model.clockMs, "a tick that is over already would never end")
            let before = View.frame(of: model)
            _ = model.update(.clock, nowMs: deadlineMs - 1)
            #expect(View.frame(of: model) == before)
            #expect(model.deadlineMs == deadlineMs)
            let wasHidden = model.toast != nil && Placement(model).toastRow == nil
            _ = model.update(.clock, nowMs: deadlineMs)
            #expect(View.frame(of: model) != before || wasHidden)
        }
    }

    @Test("a skin on trial ticks where its scene is seen, and not in a window too low for one")
    func trial() throws {
        for (rows, ticks) in [(24, true), (8, false)] {
            var model = try SampleModels.playing(columns: 80, rows: rows)
            try model.shop(chosen: "sakura")
            _ = model.type("t")
            #expect(model.keyScene == .tryingOn)
            #expect((model.deadlineMs != nil) == ticks)
        }
    }

    @Test(
        "a run and an ad tick when what is shown of them changes, a run no more often than 60 times a second",
        arguments: ArcadeScenes.all.filter { $0.name.hasSuffix("80x24-truecolor") })
    func runs(scene: GoldenFrameTests.Scene) throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        try scene.prepare(&model)
        for _ in 0..<60 {
            guard let deadlineMs = model.deadlineMs else { break }
            #expect(deadlineMs > model.clockMs)
            let before = View.frame(of: model)
            _ = model.update(.clock, nowMs: deadlineMs - 1)
            #expect(View.frame(of: model) == before)
            _ = model.update(.clock, nowMs: deadlineMs)
        }
    }

    @Test(
        "a page that stands still wakes nobody", arguments: [Page.home, .canvas, .arcade, .feedback])
    func still(page: Page) throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.go(page)
        #expect(model.deadlineMs == nil)
    }

    @Test(
        "whoever plays, watches, asks or is AFK is not woken at all",
        arguments: ["afk", "asking", "name"])
    func resting(name: String) throws {
        let scene = try #require(StateScenes.all.first { $0.name == "\(name)-80x24-truecolor" })
        var model = try SampleModels.playing(columns: 80, rows: 24)
        #expect(model.deadlineMs == nil)
        try scene.prepare(&model)
        #expect(model.deadlineMs == nil)
    }

    @Test("a queue that isn't seen doesn't tick: under the help, and in a window that is too small")
    func hidden() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.queue()
        #expect(model.deadlineMs == 122_000)
        _ = model.press([KeyPress("?")], nowMs: 121_000)
        #expect(model.deadlineMs == nil)
        _ = model.press([KeyPress("?")], nowMs: 121_000)
        #expect(model.deadlineMs == 122_000)
        _ = model.update(.resized(columns: 30, rows: 6), nowMs: 121_000)
        #expect(model.deadlineMs == nil)
    }
}
