import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct CanvasSightTests {
    private static func model(_ depth: ColorDepth = .truecolor) throws -> Model {
        try SampleModels.playing(columns: 80, rows: 24, depth: depth)
    }

    private func color(_ model: Model, _ x: Int, _ y: Int) throws -> Palette.Color {
        let canvas = try #require(model.canvas)
        let index = canvas.index(at: Place(x: x, y: y))
        let plain = canvas.color(index)
        return CanvasSight(model)?.color(at: Place(x: x, y: y), index: index, plain) ?? plain
    }

    @Test("a canvas that is shown as it is has no sight")
    func plain() throws {
        var model = try Self.model()
        #expect(CanvasSight(model) == nil)
        _ = model.type("v")
        #expect(model.lens == .heat && CanvasSight(model) != nil)
        _ = model.type("vv")
        #expect(model.lens == .plain && CanvasSight(model) == nil)
    }

    @Test("where more pixels came it is brighter, in every depth", arguments: ColorDepth.allCases)
    func heat(depth: ColorDepth) throws {
        var model = try Self.model(depth)
        for (x, count) in [(10, 1), (11, 3), (12, 12)] {
            for number in 0..<count {
                let pixel = Pixel(x: x, y: 10, color: UInt8(number % 2 + 1))
                model.report(.changed([pixel], version: 2_000), atMs: 60_000)
            }
        }
        _ = model.type("v")
        let lumas = try (9...12).map { try color(model, $0, 10).luma }
        #expect(lumas == lumas.sorted() && Set(lumas).count == 4)
        _ = model.update(.clock, nowMs: 3_600_000)
        #expect(try color(model, 12, 10).luma < 80)
    }

    @Test("what a lens is not about goes back into the ground of the look that is worn")
    func ground() throws {
        var model = try Self.model()
        _ = model.type("v")
        let dark = try color(model, 9, 10)
        model.settings.theme = .light
        #expect(try color(model, 9, 10).luma > 180 && dark.luma < 80)
    }

    @Test(
        "heat is told from the ground of every tone, the hottest best, in every depth with colors",
        arguments: Tone.allCases, ToneTests.colored)
    func heatOnGround(tone: Tone, depth: ColorDepth) throws {
        let ground = try LegibilityTests.color(Theme(depth, tone: tone).ground.background, depth)
        let contrasts = HeatRamp(on: ground).colors.map {
            Legibility.contrast(Legibility.shown($0, depth: depth), ground)
        }
        #expect(contrasts.allSatisfy { $0 > 1.2 }, "\(contrasts)")
        #expect(contrasts.max() == contrasts.last)
    }

    @Test("the title shows the colors of heat as the canvas does", arguments: ToneTests.colored)
    func legend(depth: ColorDepth) throws {
        for theme in [Settings.ThemeWish.dark, .light] {
            var model = try SampleModels.playing(columns: 120, rows: 24, depth: depth)
            model.settings.theme = theme
            _ = model.type("v")
            let frame = View.frame(of: model)
            let title = GridText.characters(frame, row: model.layout.titleRow)
            let start = try #require(title.firstRange(of: "heat ")).upperBound
            let column = title.distance(from: title.startIndex, to: start)
            let inks = (0..<7).map { frame[column + $0, model.layout.titleRow].background }
            let sight = try #require(CanvasSight(model))
            #expect(inks == sight.ramp.colors.map { Ink($0) }, "\(inks)")
        }
    }

    @Test("seen from afar the same few pixels still show")
    func far() throws {
        var model = try Self.model()
        model.report(.changed([Pixel(x: 13, y: 14, color: 3)], version: 2_000), atMs: 60_000)
        _ = model.type("v0")
        #expect(model.pixelsAlongHalfCell == 2)
        let cold = try color(model, 80, 10)
        #expect(try color(model, 12, 12) != cold)
    }

    @Test(
        "untouched cells shine and touched ones don't, once the server told", arguments: ColorDepth.allCases)
    func untouched(depth: ColorDepth) throws {
        var model = try Self.model(depth)
        #expect(model.type("vv") == [.ask(.touched)])
        #expect(try color(model, 5, 5).luma < 80)
        let size = try #require(CanvasSize(width: 100, height: 60))
        var mask = CellMask(size: size)
        mask[size.cell(x: 5, y: 5)] = true
        model.report(.changed([Pixel(x: 7, y: 5, color: 3)], version: 2_000), atMs: 60_000)
        model.report(.canvas(.touched(mask, epoch: 1)), atMs: 60_000)
        #expect(try color(model, 5, 5).luma < 80)
        #expect(try color(model, 7, 5).luma < 80)
        #expect(try color(model, 6, 5).luma > 120)
    }

    private static func templated(_ depth: ColorDepth, _ mode: TemplateMode) throws -> Model {
        var model = try Self.model(depth)
        let template = TemplateTests.template(["0717", "...."], at: Place(x: 40, y: 4))
        model.report(.canvas(.template(template)), atMs: 60_000)
        while model.desk.templateMode != mode { _ = model.type("t") }
        return model
    }

    @Test("a ghost changes what is wrong, towards the wanted color, and nothing else")
    func ghost() throws {
        let model = try Self.templated(.truecolor, .ghost)
        let white = Palette.standard.colors[0]
        #expect(try color(model, 40, 4) == white)
        #expect(try color(model, 39, 4) == white)
        #expect(try color(model, 41, 4) == white.blended(with: Palette.standard.colors[7], percent: 60))
        #expect(try color(model, 41, 5) == white)
        let few = try Self.templated(.ansi16, .ghost)
        #expect(try color(few, 42, 4) == Palette.standard.colors[1])
        #expect(try color(few, 41, 4) == white)
    }

    @Test(
        "marks make what is wrong stand out from what is right and from all around",
        arguments: ColorDepth.allCases)
    func marks(depth: ColorDepth) throws {
        let model = try Self.templated(depth, .marks)
        let (wrong, right) = (try color(model, 41, 4), try color(model, 40, 4))
        let around = try color(model, 39, 4)
        #expect(wrong != right && right != around)
        #expect(Legibility.contrast(wrong, around) > 1.5)
        if depth == .monochrome { #expect(wrong.luma > 200 && right.luma < 140) }
    }

    @Test("from afar a square with a wrong pixel in it is marked")
    func marksFromAfar() throws {
        var model = try Self.templated(.truecolor, .marks)
        _ = model.type("0")
        #expect(model.pixelsAlongHalfCell == 2)
        let signal = Theme.contrast(to: Palette.standard.colors[0], depth: .truecolor)
        #expect(try color(model, 42, 6) == signal)
        #expect(try color(model, 60, 6) != signal)
    }

    @Test("signs tell the wanted color where it is another, and all colors where signs are wanted")
    func signs() throws {
        var model = try Self.templated(.truecolor, .marks)
        var sight = try #require(CanvasSight(model))
        #expect(sight.symbol(at: Place(x: 41, y: 4), index: 0) == "7")
        #expect(sight.symbol(at: Place(x: 41, y: 4), index: 7) == nil)
        #expect(sight.symbol(at: Place(x: 3, y: 3), index: 10) == nil)
        _ = model.type("s")
        sight = try #require(CanvasSight(model))
        #expect(sight.symbol(at: Place(x: 3, y: 3), index: 10) == "A")
        #expect(sight.symbol(at: Place(x: 41, y: 4), index: 0) == "7")
        _ = model.type("t")
        #expect(model.desk.templateMode == .off)
        #expect(try #require(CanvasSight(model)).symbol(at: Place(x: 41, y: 4), index: 0) == "0")
    }
}
