import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct LegibilityTests {
    /// What a cell's ink looks like on a terminal of a depth.
    static func color(_ ink: Ink, _ depth: ColorDepth) throws -> Palette.Color {
        if let index = ink.index { return TerminalColors.sixteen[Int(index)] }
        return Legibility.shown(try #require(ink.rgb), depth: depth)
    }

    @Test(
        "in every skin of the assets text stays apart from its ground, at every depth of color",
        arguments: [ColorDepth.truecolor, .ansi256, .ansi16])
    func assets(depth: ColorDepth) throws {
        let colors = try #require(SkinSamples.colors)
        let skins = try SkinSamples.all()
        #expect(skins.count >= 12)
        for skin in skins {
            let look: SkinLook = try #require(skin.look(in: colors))
            let theme = Theme(depth, look: look)
            let pairs: [(String, Brush, Float)] = [
                ("bar", theme.bar, Legibility.text), ("words", theme.words, Legibility.text),
                ("strong", theme.strong, Legibility.text),
                ("quiet", theme.quiet, Legibility.mark), ("ground", theme.ground, Legibility.mark),
                ("accent", theme.accent, Legibility.mark), ("good", theme.good, Legibility.mark),
                ("warning", theme.warning, Legibility.mark), ("failure", theme.failure, Legibility.mark),
                ("accent on the ground", theme.onGround(theme.accent), Legibility.mark),
                ("badge", theme.badge(theme.good), Legibility.mark),
                ("a cell", theme.cell(isRaised: false), Legibility.text),
                ("a raised cell", theme.cell(isRaised: true), Legibility.text),
                ("top edge", theme.edge(row: 0, of: 5), Legibility.shape),
            ]
            for (name, brush, least) in pairs {
                let contrast = Legibility.contrast(
                    try Self.color(brush.foreground, depth), try Self.color(brush.background, depth))
                #expect(contrast >= least * 0.99, "\(skin.id): \(name) has \(contrast)")
                if let one = brush.foreground.index, let other = brush.background.index {
                    #expect(one % 8 != other % 8, "\(skin.id): \(name) is one of eight colors twice")
                }
            }
            for ink in theme.dot + theme.trail.prefix(1) + theme.cursor {
                #expect(
                    Legibility.contrast(
                        try Self.color(ink, depth), try Self.color(theme.ground.background, depth))
                        >= Legibility.shape * 0.99)
            }
        }
    }

    @Test("of sixteen colors good, warning and failure are told by their own, or by none")
    func meanings() throws {
        for offer in try SkinSamples.offers() {
            let theme = Theme(.ansi16, look: offer.look)
            for (brush, own) in [(theme.good, 2), (theme.warning, 3), (theme.failure, 1)] {
                let number = Int(try #require(brush.foreground.index))
                #expect(number % 8 == own || brush.foreground == theme.bar.foreground, "\(offer.skin.id)")
            }
        }
    }

    @Test("a skin made to hide its text is read all the same", arguments: ColorDepth.allCases)
    func hidden(depth: ColorDepth) throws {
        for (red, green, blue) in [(0, 0, 0), (255, 255, 255), (128, 128, 128), (255, 0, 0), (0, 0, 200)] {
            let gray = BaseColor(
                name: "one", color: Palette.Color(red: UInt8(red), green: UInt8(green), blue: UInt8(blue)))
            var inputs: [SkinInput: [BaseColor]] = [:]
            for input in SkinInput.allCases {
                inputs[input] = [BaseColor](repeating: gray, count: input.count.lowerBound)
            }
            let look: SkinLook = try #require(SkinLook(inputs))
            let theme = Theme(depth, look: look)
            guard theme.hasColor else {
                #expect(theme.bar == Theme(.monochrome).bar)
                continue
            }
            for brush in [theme.bar, theme.accent, theme.failure] {
                #expect(
                    Legibility.contrast(
                        try Self.color(brush.foreground, depth), try Self.color(brush.background, depth))
                        >= Legibility.mark * 0.99)
            }
        }
    }

    @Test("a skin changes nothing where there are no colors")
    func monochrome() throws {
        let look = try #require(try SkinSamples.offers().first).look
        var model = try SampleModels.playing(columns: 80, rows: 24, depth: .monochrome)
        let before = View.frame(of: model)
        _ = model.hear(.offers(try SkinSamples.offers(worn: "aurora")))
        #expect(model.look != nil)
        #expect(View.frame(of: model) == before)
        #expect(Theme(.monochrome, look: look).frame == Theme(.monochrome).frame)
    }

    @Test(
        "the canvas keeps its own colors under any skin",
        arguments: [ColorDepth.truecolor, .ansi256, .ansi16])
    func canvas(depth: ColorDepth) throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, depth: depth)
        model.settings.showsMinimap = false
        let before = View.frame(of: model)
        _ = model.hear(.offers(try SkinSamples.offers(worn: "paper-and-ink")))
        let after = View.frame(of: model)
        let cursor = try #require(after.caret)
        for row in 1..<21 {
            for column in 0..<80 where abs(column - cursor.column) > 3 || abs(row - cursor.row) > 3 {
                #expect(after[column, row] == before[column, row])
            }
        }
        #expect(after[0, 0] != before[0, 0])
    }

    @Test("a cursor of two colors takes turns, and never hides on a canvas of its own color")
    func cursor() throws {
        let offers = try SkinSamples.offers()
        let offer = try #require(offers.first { $0.skin.id.rawValue == "neon-night" })
        let theme = Theme(.truecolor, look: offer.look)
        let own = offer.look.colors(of: .cursor)
        let white = Palette.Color(red: 255, green: 255, blue: 255)
        #expect(theme.cursor(on: white, atMs: 0) == own[0])
        #expect(theme.cursor(on: white, atMs: Theme.turnMs) == own[1])
        #expect(theme.cursor(on: white, atMs: 2 * Theme.turnMs) == own[0])
        #expect(theme.cursor(on: own[0], atMs: 0) == own[1])
        for color in Palette.standard.colors {
            for depth in [ColorDepth.truecolor, .ansi256, .ansi16] {
                let shown = Theme(depth, look: offer.look).cursor(on: color, atMs: 0)
                #expect(Legibility.shown(shown, depth: depth) != Legibility.shown(color, depth: depth))
            }
        }
    }

    @Test(
        "in a game every color of a skin's dot is passed on the way to its edge, which has the last one",
        arguments: [ColorDepth.truecolor, .ansi256, .ansi16])
    func dot(depth: ColorDepth) throws {
        var longest = 0
        for offer in try SkinSamples.offers() {
            let theme = Theme(depth, look: offer.look)
            let inks = ArcadeInks(theme, atMs: 0)
            #expect(inks.dot(distance: 0) == theme.dot.first && inks.dot(distance: 2) == theme.dot.last)
            longest = max(longest, theme.dot.count)
        }
        #expect(longest == 4, "the longest that a skin can have is among them")
    }

    @Test("a frame shades from its top to its bottom, and a trail from its newest step to its oldest")
    func shades() throws {
        let offers = try SkinSamples.offers()
        let look = try #require(offers.first { $0.skin.id.rawValue == "synthwave" }).look
        let theme = Theme(.truecolor, look: look)
        #expect(theme.edge(row: 0, of: 9).foreground == theme.frame.first)
        #expect(theme.edge(row: 8, of: 9).foreground == theme.frame.last)
        #expect(Set((0..<9).map { theme.edge(row: $0, of: 9).foreground }).count == 9)
        #expect(theme.shaded(theme.trail, at: 0, of: 12) == theme.trail.first)
        #expect(theme.shaded(theme.trail, at: 11, of: 12) == theme.trail.last)
    }
}
