import Client
import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct ReplayingTests {
    private func scene(
        columns: Int = 80, rows: Int = 24, purpose: Model.Purpose = .play, _ past: inout PastSample
    ) throws -> Model {
        var model = try SampleModels.playing(columns: columns, rows: rows, purpose: purpose)
        try model.openPast(&past)
        return model
    }

    private func text(_ model: Model) -> String {
        let frame = View.frame(of: model)
        return (0..<frame.rows).map { GridText.characters(frame, row: $0) }.joined(separator: "\n")
    }

    private func go(to version: Version, _ model: inout Model, _ past: inout PastSample) throws {
        try model.press(KeyPress("g"), &past)
        _ = model.type("\(version)")
        try model.press(KeyPress(.enter), &past)
    }

    @Test("it opens at the canvas of now, whoever looks", arguments: [Model.Purpose.play, .watch])
    func opens(purpose: Model.Purpose) throws {
        var past = try PastSample.standard()
        let model = try scene(purpose: purpose, &past)
        #expect(model.replay.stage == .ready && model.replay.version == 1_301)
        #expect(model.replay.image?.cells == past.cells(at: 1_301))
        #expect(text(model).contains("v1,301 of 1,301"))
        #expect(text(model).contains("canvas 2 of 2"))
    }

    @Test("home opens it by a key, every page by the palette")
    func ways() throws {
        var home = try SampleModels.playing(columns: 80, rows: 24, page: .home)
        #expect(home.type("r") == [.replay(.overview)])
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.press([KeyPress(.character("p"), .control)])
        _ = model.type("replay")
        #expect(model.press([KeyPress(.enter)]) == [.replay(.overview)])
    }

    @Test("every version that is gone to is as it was, to and fro, over both canvases", arguments: 1...6)
    func anywhere(seed: UInt64) throws {
        var past = try PastSample.standard(last: 3_000)
        past.longestPage = 700
        var model = try scene(&past)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<12 {
            let version = Version.random(in: 0...3_301, using: &random)
            try go(to: version, &model, &past)
            try #require(model.replay.version == version)
            #expect(model.replay.image?.cells == past.cells(at: version))
            #expect(model.replay.timeMs == past.timeMs(of: version))
            for key in [KeyPress.Key.left, .left, .right, .pageUp, .right] {
                try model.press(KeyPress(key), &past)
                #expect(model.replay.image?.cells == past.cells(at: model.replay.version))
            }
        }
    }

    @Test("keys go a version, a part, to the ends, and to where a canvas began")
    func steps() throws {
        var past = try PastSample.standard()
        var model = try scene(&past)
        try go(to: 700, &model, &past)
        for (key, version) in [
            (KeyPress(.left), 699), (KeyPress("l"), 700), (KeyPress(.pageUp), 635),
            (KeyPress(.pageDown), 700),
            (KeyPress(.home), 0), (KeyPress(.left), 0), (KeyPress(.end), 1_301), (KeyPress(.right), 1_301),
            (KeyPress("["), 301), (KeyPress("["), 0), (KeyPress("]"), 301), (KeyPress("]"), 301),
        ] as [(KeyPress, Version)] {
            try model.press(key, &past)
            #expect(model.replay.version == version, "after \(key.label)")
        }
    }

    @Test(
        "it plays as fast as is wished for, by the times of the changes",
        arguments: [(0, 1), (3, 10), (6, 100)])
    func plays(faster: Int, speed: Int64) throws {
        var past = try PastSample.standard()
        var model = try scene(&past)
        try model.press(KeyPress(.home), &past)
        for _ in 0..<3 { try model.press(KeyPress("<"), &past) }
        for _ in 0..<faster { try model.press(KeyPress(">"), &past) }
        #expect(model.replay.speed == speed)
        try model.press(KeyPress(" "), &past)
        try model.play(milliseconds: 2_500, &past)
        #expect(abs(model.replay.version - Version(25 * speed) / 10) <= 1)
        #expect(model.replay.image?.cells == past.cells(at: model.replay.version))
        try model.press(KeyPress(" "), &past)
        let version = model.replay.version
        try model.play(milliseconds: 5_000, &past)
        #expect(model.replay.version == version && model.replay.nextChangeMs(isStill: false, nowMs: 0) == nil)
    }

    @Test("it plays on into the next canvas, and stops at the end")
    func overBoundaries() throws {
        var past = try PastSample.standard()
        var model = try scene(&past)
        try go(to: 299, &model, &past)
        for _ in 0..<9 { try model.press(KeyPress(">"), &past) }
        #expect(model.replay.speed == 1_000)
        try model.press(KeyPress(" "), &past)
        try model.play(milliseconds: 2_000, &past)
        #expect(model.replay.version <= 300, "an hour's rest takes its time")
        try model.play(milliseconds: 8_000, &past)
        #expect(model.replay.version == 1_301 && !model.replay.isPlaying)
        #expect(model.replay.image?.cells == past.cells(at: 1_301))
        // From there it begins again where the canvas began.
        try model.press(KeyPress(" "), &past)
        #expect(model.replay.isPlaying && model.replay.version < 1_301)
    }

    @Test("time waits for what hasn't come yet, and one question is asked at a time")
    func waits() throws {
        var past = try PastSample.standard(last: 30_000)
        var model = try scene(&past)
        try model.press(KeyPress("["), &past)
        try model.press(KeyPress(" "), &past)
        var open: [Command] = []
        for _ in 0..<9 { open += model.press([KeyPress(">")], nowMs: model.clockMs) }
        for _ in 0..<400 {
            open += model.update(.clock, nowMs: model.clockMs + 33)
            #expect(open.count <= 1)
        }
        let before = model.replay.version
        #expect(before < 30_301 && model.replay.isPlaying)
        #expect(model.replay.nextChangeMs(isStill: false, nowMs: model.clockMs) == nil)
        _ = try model.settle(open, &past)
        try model.play(milliseconds: 1_000, &past)
        #expect(model.replay.version > before)
        #expect(model.replay.image?.cells == past.cells(at: model.replay.version))
    }

    @Test("the bar is scrubbed with the mouse, and its ends are the ends of all that is kept")
    func scrubs() throws {
        var past = try PastSample.standard()
        var model = try scene(&past)
        let bar = ReplayLayout(model).bar
        func mouse(_ kind: MouseEvent.Kind, _ column: Int) throws {
            let commands = model.mouse(kind, column: column, row: bar.row)
            _ = try model.settle(commands, &past)
        }
        try mouse(.press(.left), bar.column)
        #expect(model.replay.version == 0)
        try mouse(.motion(.left), bar.column + bar.columns / 2)
        #expect((600...700).contains(model.replay.version))
        try mouse(.motion(.left), bar.column + bar.columns + 5)
        #expect(model.replay.version == 1_301)
        try mouse(.release(.left), bar.column)
        try mouse(.motion(.none), bar.column)
        try mouse(.motion(.left), bar.column)
        #expect(model.replay.version == 1_301)
        // A click on the speed plays.
        let label = ReplayLayout(model).label
        _ = try model.settle(model.mouse(.press(.left), column: label.column, row: label.row), &past)
        #expect(model.replay.isPlaying)
    }

    @Test("who was active in the minute before is told with counts")
    func active() throws {
        var past = try PastSample.standard()
        var model = try scene(&past)
        for _ in 0..<3 { try model.press(KeyPress("<"), &past) }
        try go(to: 900, &model, &past)
        let active = try #require(model.replay.active)
        #expect(active.isWhole)
        let counts = Dictionary(uniqueKeysWithValues: active.entries.map { ($0.account.name, $0.changes) })
        #expect(counts == past.makers(after: 660, through: 900))
        #expect(text(model).contains("in 1 minute: "))
        #expect(text(model).contains("Ada \(counts["Ada"] ?? 0)"))
    }

    @Test(
        "who drew the newest version is told at once, as far back as is looked, however long the pages are",
        arguments: [(3, 5_000), (9, 5_000), (6, 170)])
    func activeAtTheEnd(faster: Int, longestPage: Int) throws {
        var past = try PastSample.standard(last: 30_000)
        past.longestPage = longestPage
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.replay.speedIndex = faster
        try model.openPast(&past)
        #expect(model.replay.version == 30_301)
        let window = Version(ReplayDesk.activeSeconds * model.replay.speed * 4)
        let active = try #require(model.replay.active)
        #expect(active.isWhole == (window < ReplayDesk.activeChanges))
        let counts = Dictionary(uniqueKeysWithValues: active.entries.map { ($0.account.name, $0.changes) })
        let first = 30_301 - min(window, ReplayDesk.activeChanges)
        #expect(counts == past.makers(after: first, through: 30_301))
    }

    @Test("changes that were refused for now are asked for again, those that are gone aren't")
    func asksAgain() throws {
        for (code, isAskedAgain) in [(ErrorCode.cooldown, true), (.historyGone, false)] {
            var past = try PastSample.standard()
            var model = try SampleModels.playing(columns: 80, rows: 24)
            let overview = model.open(.replay)
            let state = model.update(.server(.replay(.overview(past.overview))), nowMs: model.clockMs)
            #expect(overview == [.replay(.overview)] && state == [.replay(.fetch(.state(1_301)))])
            let canvas = try past.answer(.fetch(.state(1_301)))
            let page = model.update(.server(.replay(canvas)), nowMs: model.clockMs)
            past.refusals = [Failure(code, "not now")]
            #expect(try model.settle(page, &past).count == 1)
            #expect(model.replay.active?.entries == [] && model.replay.active?.isWhole == false)
            let later = model.update(.clock, nowMs: model.clockMs + ReplayDesk.restMs)
            #expect(later.isEmpty == !isAskedAgain, "after \(code)")
            _ = try model.settle(later, &past)
            #expect(model.replay.active?.entries.isEmpty == !isAskedAgain)
        }
    }

    @Test("a moment is typed as a version, a time, or how far from here")
    func prompt() throws {
        var past = try PastSample.standard()
        var model = try scene(&past)
        for (typed, version) in [("700", 700), ("+50", 750), ("-1m", 510), ("12:02", 120), ("99999", 1_301)]
            as [(String, Version)]
        {
            try model.press(KeyPress("g"), &past)
            #expect(model.keyScene == .replayPrompt)
            _ = model.type(typed)
            try model.press(KeyPress(.enter), &past)
            #expect(model.replay.version == version, "by \(typed)")
        }
        try model.press(KeyPress("g"), &past)
        _ = model.type("yesterday")
        try model.press(KeyPress(.enter), &past)
        #expect(model.toast?.kind == .warning && model.replay.version == 1_301)
        try model.press(KeyPress("g"), &past)
        _ = model.type("12")
        try model.press(KeyPress(.escape), &past)
        #expect(model.replay.prompt == nil && model.replay.version == 1_301 && model.page == .replay)
    }

    @Test("a server without history says so, and what isn't kept any more leaves the picture")
    func refused() throws {
        var past = try PastSample.standard()
        past.refusals = [Failure(.notFound, "nothing here")]
        var model = try scene(&past)
        #expect(text(model).contains("This server keeps no history"))
        #expect(model.update(.clock, nowMs: 61_000).isEmpty)
        _ = try model.settle(model.type("r"), &past)
        #expect(model.replay.version == 1_301)
        past.refusals = [Failure(.historyGone, "gone")]
        try go(to: 5, &model, &past)
        #expect(model.replay.version == 1_301 && model.toast?.text == "That isn't kept any more")
        // It doesn't insist.
        var asked: [Command] = []
        for _ in 0..<50 { asked += model.update(.clock, nowMs: model.clockMs + 50) }
        #expect(asked.isEmpty)
        try go(to: 5, &model, &past)
        #expect(model.replay.version == 5)
    }

    @Test("another canvas than the one that was asked for is no part of it")
    func otherHistory() throws {
        var past = try PastSample.standard()
        var model = try scene(&past)
        let size = try #require(CanvasSize(width: 2, height: 2))
        let canvas = HistoryCanvas(size: size, epoch: 9, version: 5, atMs: 0, cells: [0, 0, 0, 0])
        _ = model.update(.server(.replay(.supply(.state(canvas)))), nowMs: 60_000)
        #expect(model.replay.image?.cells == past.cells(at: 1_301))
        #expect(model.toast?.kind == .warning)
    }

    @Test("leaving stops it, and a lost connection is asked anew when it is back")
    func leaves() throws {
        var past = try PastSample.standard()
        var model = try scene(&past)
        try model.press(KeyPress(.home), &past)
        try model.press(KeyPress(" "), &past)
        _ = model.update(.server(.link(.waiting(attempt: 1, delayMs: 100, reason: "x"))), nowMs: 60_000)
        _ = try model.settle(
            model.update(.server(.link(.connected)), nowMs: 60_000).filter {
                if case .replay = $0 { true } else { false }
            },
            &past)
        #expect(model.replay.stage == .ready)
        try model.press(KeyPress(.escape), &past)
        #expect(model.page == .home && !model.replay.isPlaying)
    }

    @Test("the picture can be zoomed and moved, and shows the whole again")
    func zooms() throws {
        var past = try PastSample.standard()
        var model = try scene(&past)
        let whole = model.replay.viewport
        try model.press(KeyPress("+"), &past)
        #expect(model.replay.viewport.zoom != whole.zoom)
        try model.press(KeyPress("L"), &past)
        let moved = model.replay.viewport
        _ = model.mouse(.press(.right), column: 20, row: 8)
        _ = model.mouse(.motion(.right), column: 24, row: 9)
        #expect(model.replay.viewport != moved)
        _ = model.mouse(.wheelUp, column: 10, row: 5)
        try model.press(KeyPress("0"), &past)
        #expect(model.replay.viewport == whole)
        // The canvas of now has a view of its own.
        let now = try SampleModels.playing(columns: 80, rows: 24)
        #expect(model.viewport.zoom == now.viewport.zoom)
    }
}

@Suite struct ReplayMomentTests {
    private static let noonMs = PastSample.startMs

    @Test(
        "is read in many ways",
        arguments: [
            ("0", ReplayMoment.version(0)), (" 1234 ", .version(1_234)), ("+5", .version(105)),
            ("-5", .version(95)),
            ("-500", .version(0)), ("+90s", .time(ms: noonMs + 90_000)),
            ("-2h", .time(ms: noonMs - 7_200_000)),
            ("-1d", .time(ms: noonMs - 86_400_000)), ("12:30", .time(ms: noonMs + 1_800_000)),
            ("9:00:05", .time(ms: noonMs - 10_795_000)), ("2026-11-27", .time(ms: noonMs - 43_200_000)),
            ("2026-11-27 12:00", .time(ms: noonMs)), ("2026-11-27T12:00:01Z", .time(ms: noonMs + 1_000)),
        ])
    func read(typed: String, moment: ReplayMoment) {
        #expect(ReplayMoment(typed, version: 100, timeMs: Self.noonMs) == moment)
    }

    @Test(
        "what means nothing is none",
        arguments: [
            "", "+", "-x", "noon", "25:00", "12:60", "2026-13-01", "1 2 3", "99999999999999999999", "+1y",
        ])
    func nothing(typed: String) {
        #expect(ReplayMoment(typed, version: 100, timeMs: Self.noonMs) == nil)
    }
}
