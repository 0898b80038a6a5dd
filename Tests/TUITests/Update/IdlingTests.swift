import Protocol
import Testing

@testable import TUI

/// The countdown before idling ends play.
@Suite struct IdlingTests {
    static func model(leftMs: Int) throws -> Model {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.idle(leftMs: leftMs)
        return model
    }

    @Test("the countdown begins twenty seconds before the end and not before")
    func begins() throws {
        var model = try Self.model(leftMs: 120_000)
        #expect(model.secondsToAFK == nil)
        #expect(model.deadlineMs == 160_000)
        _ = model.update(.clock, nowMs: 159_999)
        #expect(model.notice == nil)
        _ = model.update(.clock, nowMs: 160_000)
        #expect(model.secondsToAFK == 20)
        #expect(model.notice?.tone == .warning)
        _ = model.update(.clock, nowMs: 175_001)
        #expect(model.secondsToAFK == 5)
        #expect(model.notice?.tone == .failure)
    }

    @Test("when the time is up and the server silent, it says so and the clock rests")
    func over() throws {
        var model = try Self.model(leftMs: 3_000)
        _ = model.update(.clock, nowMs: 63_000)
        #expect(model.notice?.lines.first == "AFK any moment — place a pixel to stay")
        #expect(model.deadlineMs == nil)
    }

    @Test("a new deadline ends the countdown at once")
    func told() throws {
        var model = try Self.model(leftMs: 12_000)
        #expect(model.notice != nil)
        model.report(StandingTests.playing(120_000), atMs: 61_000)
        #expect(model.notice == nil)
        #expect(model.toast == nil, "nobody is told again that they play")
        #expect(model.deadlineMs == 161_000)
    }

    @Test("an own change that was confirmed ends the countdown; the deadline is unknown until it is told")
    func placed() throws {
        var model = try Self.model(leftMs: 12_000)
        _ = model.press([KeyPress(.enter)], nowMs: 61_000)
        #expect(model.notice != nil, "a change under way may yet be refused")
        model.report(.placed(request: 1, version: 1235), atMs: 61_100)
        #expect(model.play == .playing(nil))
        #expect(model.notice == nil)
    }

    @Test("an undo counts like a pixel")
    func undone() throws {
        var model = try Self.model(leftMs: 12_000)
        _ = model.press([KeyPress("u")], nowMs: 61_000)
        model.report(.placed(request: 1, version: 1235), atMs: 61_100)
        #expect(model.play == .playing(nil))
        #expect(model.undos.isEmpty)
    }

    @Test("a refused change moves no deadline")
    func refused() throws {
        var model = try Self.model(leftMs: 12_000)
        _ = model.press([KeyPress("u"), KeyPress(.enter)], nowMs: 61_000)
        model.report(.refused(request: 1, Failure(.nothingToUndo, "")), atMs: 61_100)
        model.report(.refused(request: 2, Failure(.rateLimited, "")), atMs: 61_100)
        #expect(model.secondsToAFK == 11)
        #expect(model.undos.isEmpty)
    }

    @Test("a deadline that was told after the pixel was sent stands, although the answer comes later")
    func toldBeforeAnswer() throws {
        var model = try Self.model(leftMs: 12_000)
        _ = model.press([KeyPress(.enter)], nowMs: 61_000)
        model.report(StandingTests.playing(15_000), atMs: 61_050)
        model.report(.placed(request: 1, version: 1235), atMs: 61_100)
        #expect(model.secondsToAFK == 15)
    }

    @Test("the countdown is seen in the status line, whatever lies over the canvas")
    func underHelp() throws {
        var model = try Self.model(leftMs: 12_000)
        _ = model.type("?")
        #expect(Placement(model).notice == nil)
        #expect(GridText.characters(View.frame(of: model), row: 23).contains("AFK IN 12 s"))
        #expect(model.deadlineMs == 61_000)
    }
}
