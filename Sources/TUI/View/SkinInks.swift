import Protocol
import Raster

/// A skin's colors as a terminal of one depth is asked for them, each as far from the ground as it needs to be.
struct SkinInks {
    let ground: Ink
    /// Behind bars and boxes: the ground, a little towards the text.
    let panel: Ink
    let text: Ink
    let strong: Ink
    let quiet: Ink
    let accent: Ink
    let good: Ink
    let warning: Ink
    let failure: Ink
    let cursor: [Ink]
    let dot: [Ink]
    let trail: [Ink]
    let frame: [Ink]

    private static let green = Palette.Color(red: 110, green: 219, blue: 143)
    private static let yellow = Palette.Color(red: 255, green: 204, blue: 102)
    private static let red = Palette.Color(red: 255, green: 121, blue: 121)

    init(_ look: SkinLook, depth: ColorDepth) {
        let panelColor = look.ground.blended(with: look.text, percent: 7)
        let table = Legibility.ground(for: look.ground)
        let isTable = depth == .ansi16
        func ink(_ color: Palette.Color, _ least: Float) -> Ink {
            if isTable { return .indexed(Legibility.number(for: color, on: table, atLeast: least)) }
            // On the ground contrast is higher still than on the panel, which lies on its way to the text.
            return Ink(Legibility.moved(color, on: panelColor, atLeast: least, depth: depth))
        }
        ground = isTable ? .indexed(table) : Ink(look.ground)
        panel = isTable ? ground : Ink(panelColor)
        text = ink(look.text, Legibility.text)
        strong = ink(
            look.text.blended(with: Legibility.pole(of: panelColor), percent: isTable ? 0 : 35),
            Legibility.text)
        quiet = ink(look.quiet, Legibility.mark)
        accent = ink(look.accent, Legibility.mark)
        let plain = text
        /// What means something is never told in the color of something else: of sixteen it is its own, or none.
        func meaning(_ color: Palette.Color, number: UInt8) -> Ink {
            guard isTable else { return ink(color, Legibility.mark) }
            let nearest = Legibility.number(
                for: TerminalColors.sixteen[Int(number)], on: table, atLeast: Legibility.mark)
            return nearest % 8 == number % 8 ? .indexed(nearest) : plain
        }
        good = meaning(Self.green, number: 10)
        warning = meaning(Self.yellow, number: 11)
        failure = meaning(Self.red, number: 9)
        cursor = look.colors(of: .cursor).map { ink($0, Legibility.shape) }
        dot = look.colors(of: .dot).map { ink($0, Legibility.shape) }
        trail = look.colors(of: .trail).map { ink($0, Legibility.shape) }
        frame = look.colors(of: .frame).map { ink($0, Legibility.shape) }
    }
}
