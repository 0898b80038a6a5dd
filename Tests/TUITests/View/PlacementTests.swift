import Protocol
import Raster
import Testing

@testable import TUI

/// What lies over the canvas keeps out of each other's way.
@Suite struct PlacementTests {
    static let sizes = [(36, 8), (36, 11), (40, 12), (57, 15), (80, 17), (80, 24), (200, 60)]
    static let scenes = StateScenes.all.filter { $0.name.hasSuffix("80x24-truecolor") }

    @Test("notice, prompt and toast lie on the canvas and never on each other", arguments: sizes, scenes)
    func apart(size: (Int, Int), scene: GoldenFrameTests.Scene) throws {
        for keys in ["", "g12", "n日本語", "KKKK", "KKKKn"] {
            var model = try SampleModels.playing(columns: size.0, rows: size.1)
            try scene.prepare(&model)
            for scalar in keys.unicodeScalars { _ = model.press([KeyPress(scalar)], nowMs: model.clockMs) }
            let placement = Placement(model)
            let canvas = model.layout.canvas
            for area in [placement.notice, placement.prompt].compactMap({ $0 }) {
                #expect(area.row >= canvas.row && area.row + area.rows <= canvas.row + canvas.rows)
                #expect(area.column >= 0 && area.column + area.columns <= canvas.columns)
                if let row = placement.toastRow { #expect(!(area.row..<area.row + area.rows).contains(row)) }
            }
            if let notice = placement.notice, let prompt = placement.prompt {
                #expect(!notice.overlaps(prompt), "\(scene.name) \(keys)")
            }
            if let caret = View.frame(of: model).caret, let notice = placement.notice {
                #expect(!notice.contains(column: caret.column, row: caret.row))
            }
        }
    }

    @Test(
        "how far a template is is told wherever there is a canvas, in a line where no box fits",
        arguments: sizes)
    func progress(size: (Int, Int)) throws {
        for sized in [size, (40, 20)] {
            var model = try SampleModels.playing(columns: sized.0, rows: sized.1)
            model.takeTemplate()
            _ = model.type("%")
            let spot = try #require(Placement(model).boxes?.progress)
            let frame = View.frame(of: model)
            let rows = (spot.area.row..<spot.area.row + spot.area.rows).map {
                GridText.characters(frame, row: $0)
            }
            #expect(rows.contains { $0.contains("\(model.desk.match?.percent ?? -1)%") }, "\(sized)")
            #expect(spot.isLine == (spot.area.rows == 1))
            #expect(!(Placement.cursor(model)?.overlaps(spot.area) ?? true))
        }
    }

    @Test("a notice makes room for the cursor and comes back when it has gone")
    func evades() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.goAFK()
        let top = try #require(Placement(model).notice)
        #expect(top.row == 2)
        _ = model.type("g50,3")
        _ = model.press([KeyPress(.enter)])
        let bottom = try #require(Placement(model).notice)
        #expect(bottom.row + bottom.rows == model.layout.paletteRow - 1)
        _ = model.type("g50,30")
        _ = model.press([KeyPress(.enter)])
        #expect(Placement(model).notice == top)
    }

    @Test("Esc makes the notice a line, until the state is another")
    func small() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.goAFK()
        _ = model.press([KeyPress(.escape)])
        #expect(Placement(model).notice?.rows == 1)
        _ = model.press([KeyPress(.escape)])
        #expect(Placement(model).notice?.rows == 4)
        _ = model.press([KeyPress(.escape)])
        model.queue()
        #expect(Placement(model).notice?.rows == 5)
    }

    @Test(
        "no border is broken, by whatever the server says", arguments: sizes,
        ["日本語の名前です日本語の名前です日本語", "🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨🎨", "\u{1b}[2J\u{202e}x\r\n", "e\u{301}\u{301}"])
    func borders(size: (Int, Int), words: String) throws {
        for depth in [ColorDepth.truecolor, .monochrome] {
            var model = try SampleModels.playing(columns: size.0, rows: size.1, depth: depth)
            let closed = Report.link(.closed(words))
            let lost = Report.link(.waiting(attempt: 12, delayMs: 10_000, reason: words))
            for report in [lost, closed] {
                model.report(report, atMs: 60_000)
                try Self.check(model)
            }
            _ = model.press([KeyPress("n")])
            _ = model.update(.input(.paste(words)), nowMs: 60_000)
            try Self.check(model)
            model.report(.link(.connected), atMs: 60_000)
            _ = model.press([KeyPress(.enter)])
            model.report(.renameRefused(Failure(.internalError, words)), atMs: 60_000)
            try Self.check(model)
            model.report(.renamed(words), atMs: 60_000)
            try Self.check(model)
        }
    }

    /// The frame is as wide as the screen in each row, holds no command for the terminal, and each box is closed
    /// on both sides.
    static func check(_ model: Model) throws {
        let frame = View.frame(of: model)
        for row in 0..<frame.rows {
            let text = GridText.characters(frame, row: row)
            #expect(TextWidth.of(text) == model.columns)
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202e })
        }
        let placement = Placement(model)
        for area in [placement.form == .line ? nil : placement.notice, placement.prompt].compactMap({ $0 }) {
            for row in area.row + 1..<area.row + area.rows - 1 {
                #expect(frame[area.column, row].scalar == Unicode.Scalar("│").value)
                #expect(frame[area.column + area.columns - 1, row].scalar == Unicode.Scalar("│").value)
            }
        }
    }
}
