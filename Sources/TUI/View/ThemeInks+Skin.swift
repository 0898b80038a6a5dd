import Protocol
import Raster

/// A skin's colors, each as far from the ground as it needs to be.
extension ThemeInks {
    private static let green = Palette.Color(red: 110, green: 219, blue: 143)
    private static let yellow = Palette.Color(red: 255, green: 204, blue: 102)
    private static let red = Palette.Color(red: 255, green: 121, blue: 121)

    /// The inks of a skin at a depth: its own ground in every tone but that of contrast, whose ground is black or
    /// white and whose words are all as far from it as text needs to be for tired eyes.
    init(_ look: SkinLook, depth: ColorDepth, tone: Tone) {
        let isStark = tone == .contrast
        let groundColor =
            isStark ? Legibility.pole(of: Legibility.pole(of: look.ground)) : look.ground
        let panelColor = isStark ? groundColor : look.ground.blended(with: look.text, percent: 7)
        let table = Legibility.ground(for: groundColor)
        let isTable = depth == .ansi16
        let (text, mark) =
            isStark && !isTable ? (Legibility.stark, Legibility.stark) : (Legibility.text, Legibility.mark)
        func ink(_ color: Palette.Color, _ least: Float) -> Ink {
            if isTable { return .indexed(Legibility.number(for: color, on: table, atLeast: least)) }
            // On the ground contrast is higher still than on the panel, which lies on its way to the text.
            return Ink(Legibility.moved(color, on: panelColor, atLeast: least, depth: depth))
        }
        let plain = ink(look.text, text)
        /// What means something is never told in the color of something else: of sixteen it is its own, or none.
        func meaning(_ color: Palette.Color, number: UInt8) -> Ink {
            guard isTable else { return ink(color, mark) }
            let nearest = Legibility.number(
                for: TerminalColors.sixteen[Int(number)], on: table, atLeast: mark)
            return nearest % 8 == number % 8 ? .indexed(nearest) : plain
        }
        func shapes(_ input: SkinInput) -> [Ink] {
            look.colors(of: input).map { ink($0, Legibility.shape) }
        }
        let quiet = ink(look.quiet, mark)
        let ground = isTable ? Ink.indexed(table) : Ink(groundColor)
        self.init(
            ground: ground, groundText: quiet, panel: isTable ? ground : Ink(panelColor), text: plain,
            strong: ink(
                look.text.blended(with: Legibility.pole(of: panelColor), percent: isTable ? 0 : 35), text),
            quiet: quiet, accent: ink(look.accent, mark), good: meaning(Self.green, number: 10),
            warning: meaning(Self.yellow, number: 11), failure: meaning(Self.red, number: 9),
            cursor: shapes(.cursor), dot: shapes(.dot), trail: shapes(.trail), frame: shapes(.frame))
    }
}
