import Glibc
import Protocol
import Raster

/// How the canvas is looked at.
enum CanvasLens: String, Hashable, Sendable, CaseIterable {
    /// As it is.
    case plain
    /// Where pixels were placed lately.
    case heat
    /// Where nobody ever placed one.
    case untouched

    /// The one after it.
    var next: CanvasLens {
        switch self {
        case .plain: .heat
        case .heat: .untouched
        case .untouched: .plain
        }
    }
}

/// What a lens or a template makes of the canvas's pixels.
struct CanvasSight {
    private let depth: ColorDepth
    private let ground: Palette.Color
    /// The colors of heat.
    let ramp: HeatRamp
    /// The canvas's.
    private let colors: [Palette.Color]
    /// Pixels along a half cell.
    private let block: Int
    private let lens: CanvasLens
    private var heat: Heat?
    private var touched: TouchedCells?
    private var template: Template?
    private var match: TemplateMatch?
    private let mode: TemplateMode
    private let showsSigns: Bool

    /// Heat with what makes it a color.
    private struct Heat {
        let map: HeatMap
        let level: Int
        let factor: Float
        /// Parts of the ramp for each doubling.
        let scale: Float
    }

    /// Nothing where the canvas is shown as it is.
    init?(_ model: Model) {
        let template = model.desk.templateMode == .off ? nil : model.template
        guard let canvas = model.canvas,
            model.lens != .plain || template != nil || model.desk.showsSigns
        else { return nil }
        colors = canvas.palette.colors
        depth = model.depth
        ground = Theme(model).groundColor
        ramp = HeatRamp(on: ground)
        block = model.pixelsAlongHalfCell
        lens = model.lens
        mode = model.desk.templateMode
        showsSigns = model.desk.showsSigns
        self.template = template
        match = template == nil ? nil : model.desk.match
        switch lens {
        case .plain: break
        case .heat:
            guard let map = model.desk.heat else { break }
            let level = map.level(atLeast: block)
            heat = Heat(
                map: map, level: level, factor: map.factor(nowMs: model.clockMs),
                scale: Float(ramp.colors.count) / log2f(1 + map.hottest(level: level)))
        case .untouched: touched = model.desk.touched
        }
    }

    /// The color that a place of the canvas is shown in.
    func color(at place: Place, index: UInt8, _ plain: Palette.Color) -> Palette.Color {
        switch lens {
        case .plain: return ofTemplate(at: place, index: index, plain)
        case .heat: return ofHeat(at: place, plain)
        case .untouched: return ofUntouched(at: place, plain)
        }
    }

    /// The sign that a pixel bears where it is drawn large enough for one: of the color that it should have, where
    /// it has another, else of its own where signs are wanted.
    func symbol(at place: Place, index: UInt8) -> Unicode.Scalar? {
        if mode != .off, let wanted = template?.wanted(at: place), wanted != index {
            return ColorSigns.sign(of: wanted)
        }
        return showsSigns ? ColorSigns.sign(of: index) : nil
    }

    // MARK: Lenses

    /// What nobody touched.
    private static let fresh = Palette.Color(red: 0, green: 214, blue: 190)

    /// How far what a lens is not about goes back into the ground, in percent.
    private static let quietPercent = 86

    /// A color that the canvas's shapes are still known by, without any of its own.
    private func quiet(_ plain: Palette.Color) -> Palette.Color {
        // Without shades of gray, and where brightness is what tells heat, only the ground is quiet.
        guard depth > .ansi16 else { return ground }
        let luma = UInt8(plain.luma)
        return Palette.Color(red: luma, green: luma, blue: luma).blended(
            with: ground, percent: Self.quietPercent)
    }

    private func ofHeat(at place: Place, _ plain: Palette.Color) -> Palette.Color {
        guard let heat else { return quiet(plain) }
        let value = heat.map.unscaled(at: place, level: heat.level) * heat.factor
        guard value >= HeatMap.least else { return quiet(plain) }
        return ramp.color(Int(log2f(1 + value) * heat.scale))
    }

    private func ofUntouched(at place: Place, _ plain: Palette.Color) -> Palette.Color {
        guard let touched, touched.knowledge == .whole else { return quiet(plain) }
        let percent = touched.untouchedPercent(at: place, squaresAtLeast: block)
        if depth > .ansi16 { return quiet(plain).blended(with: Self.fresh, percent: percent) }
        return percent >= 50 ? Self.bright(Self.fresh, depth) : ground
    }

    /// A color that is told without color, too.
    private static func bright(_ color: Palette.Color, _ depth: ColorDepth) -> Palette.Color {
        depth == .monochrome ? Palette.Color(red: 255, green: 255, blue: 255) : color
    }

    // MARK: Template

    /// How much of the template's color a ghost shows, and how far marks push back what is right, and all around
    /// the template.
    private static let (ghostPercent, rightPercent, aroundPercent) = (60, 50, 75)

    private func ofTemplate(at place: Place, index: UInt8, _ plain: Palette.Color) -> Palette.Color {
        guard let template else { return plain }
        let wanted = template.wanted(at: place)
        switch mode {
        case .off: return plain
        case .ghost: return ghost(wanted, at: place, index: index, plain)
        case .marks:
            if block > 1, let match, match.wrong(around: place) > 0 { return signal(on: plain) }
            guard let wanted else { return plain.blended(with: ground, percent: Self.aroundPercent) }
            return wanted == index
                ? plain.blended(with: ground, percent: Self.rightPercent) : signal(on: plain)
        }
    }

    private func ghost(
        _ wanted: UInt8?, at place: Place, index: UInt8, _ plain: Palette.Color
    ) -> Palette.Color {
        guard let wanted, wanted != index, Int(wanted) < colors.count else { return plain }
        let color = colors[Int(wanted)]
        // Colors that can't be mixed take turns.
        guard depth > .ansi16 else { return (place.x + place.y) % 2 == 0 ? color : plain }
        return plain.blended(with: color, percent: Self.ghostPercent)
    }

    private func signal(on plain: Palette.Color) -> Palette.Color {
        depth == .monochrome
            ? Palette.Color(red: 255, green: 255, blue: 255) : Theme.contrast(to: plain, depth: depth)
    }
}

extension Model {
    /// Pixels along a half cell of the view: 1 when magnified.
    var pixelsAlongHalfCell: Int { viewport.zoom.block }
}
