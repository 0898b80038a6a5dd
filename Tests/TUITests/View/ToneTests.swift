import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct ToneTests {
    static let colored = [ColorDepth.truecolor, .ansi256, .ansi16]

    private static func contrast(_ brush: Brush, _ depth: ColorDepth) throws -> Float {
        Legibility.contrast(
            try LegibilityTests.color(brush.foreground, depth),
            try LegibilityTests.color(brush.background, depth))
    }

    @Test(
        "what is read has a contrast of 7 to 1 in every tone, at every depth", arguments: Tone.allCases,
        colored)
    func text(tone: Tone, depth: ColorDepth) throws {
        let theme = Theme(depth, tone: tone)
        for brush in [theme.bar, theme.words, theme.strong, theme.onGround(theme.strong)] {
            #expect(try Self.contrast(brush, depth) >= Legibility.stark, "\(brush)")
        }
    }

    @Test(
        "what is short is read in every tone: keys, hints, good and bad news, badges",
        arguments: Tone.allCases, colored)
    func marks(tone: Tone, depth: ColorDepth) throws {
        let theme = Theme(depth, tone: tone)
        // Of sixteen colors none but white is that far from black and means something, too.
        let isStark = tone == .contrast && depth != .ansi16
        let isFine = tone == .light && depth == .truecolor
        let least = isStark ? Legibility.stark : isFine ? Legibility.text : Legibility.mark
        let short = [theme.accent, theme.good, theme.warning, theme.failure]
        for brush in short + [theme.quiet] + short.map(theme.onGround) + short.map(theme.badge) {
            #expect(try Self.contrast(brush, depth) >= least * (depth == .ansi16 ? 0.8 : 0.99), "\(brush)")
        }
        #expect(try Self.contrast(theme.ground, depth) >= Legibility.mark)
        for ink in theme.dot + theme.cursor + theme.trail.prefix(1) {
            let brush = Brush(foreground: ink, background: theme.ground.background)
            #expect(try Self.contrast(brush, depth) >= Legibility.shape, "\(brush)")
        }
    }

    @Test("what matters now isn't taken for what went wrong", arguments: Tone.allCases, colored)
    func apart(tone: Tone, depth: ColorDepth) throws {
        let theme = Theme(depth, tone: tone)
        let failure = try LegibilityTests.color(theme.failure.foreground, depth)
        for brush in [theme.accent, theme.good, theme.warning] {
            let color = try LegibilityTests.color(brush.foreground, depth)
            #expect(color != failure)
        }
    }

    @Test(
        "in the tone of contrast every skin is read at 7 to 1, on black or on white",
        arguments: [ColorDepth.truecolor, .ansi256])
    func skins(depth: ColorDepth) throws {
        for offer in try SkinSamples.offers() {
            let theme = Theme(depth, look: offer.look, tone: .contrast)
            for brush in [
                theme.bar, theme.words, theme.strong, theme.quiet, theme.accent, theme.good, theme.failure,
            ] {
                #expect(
                    try Self.contrast(brush, depth) >= Legibility.stark * 0.99, "\(offer.skin.id) \(brush)")
            }
            let ground = try #require(theme.ground.background.rgb)
            #expect(ground == Legibility.pole(of: Legibility.pole(of: ground)), "\(offer.skin.id)")
        }
    }

    @Test("a skin looks the same on dark and on light terminals", arguments: colored)
    func skinsStay(depth: ColorDepth) throws {
        for offer in try SkinSamples.offers() {
            let (dark, light) = (
                Theme(depth, look: offer.look, tone: .dark), Theme(depth, look: offer.look, tone: .light)
            )
            #expect(dark.bar == light.bar && dark.ground == light.ground)
        }
    }

    @Test("the tone follows the terminal's background, unless the person has said which")
    func background() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        #expect(model.tone == .dark)
        let (white, navy) = (
            Palette.Color(red: 0xfd, green: 0xf6, blue: 0xe3), Palette.Color(red: 0, green: 0x2b, blue: 0x36)
        )
        #expect(model.update(.input(.background(white)), nowMs: 60_000) == [])
        #expect(model.tone == .light)
        let lit = View.frame(of: model)
        #expect(lit[79, 0].background == Theme(.truecolor, tone: .light).bar.background)
        _ = model.update(.input(.background(navy)), nowMs: 60_000)
        #expect(model.tone == .dark)
        model.settings.theme = .light
        #expect(model.tone == .light)
        #expect(View.frame(of: model) == lit)
        model.settings.theme = .contrast
        #expect(model.tone == .contrast)
    }

    @Test("a tone changes nothing where there are no colors", arguments: Tone.allCases)
    func monochrome(tone: Tone) {
        let (one, other) = (Theme(.monochrome, tone: tone), Theme(.monochrome))
        #expect(one.bar == other.bar && one.accent == other.accent && one.failure == other.failure)
    }

    @Test("the canvas has its own colors in every tone", arguments: Tone.allCases)
    func canvas(tone: Tone) throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        // The small map's frame is the screen's, not the canvas's.
        model.settings.showsMinimap = false
        let before = View.frame(of: model)
        model.settings.theme = tone == .dark ? .dark : tone == .light ? .light : .contrast
        let after = View.frame(of: model)
        for row in 1..<21 { for column in 0..<80 { #expect(after[column, row] == before[column, row]) } }
    }
}
