import Protocol
import Raster

/// Shows on a terminal what another one, with fewer colors, would show.
struct DepthPreview: Hashable, Sendable {
    /// The depth of the terminal that is played.
    let depth: ColorDepth
    /// That of the terminal that there is.
    let terminal: ColorDepth

    /// What a terminal without color fills the screen with, and writes in.
    private static let paper = Palette.Color(red: 16, green: 16, blue: 24)
    private static let ink = Palette.Color(red: 212, green: 215, blue: 217)

    /// The depths that can be played on a terminal, its own first.
    static func depths(on terminal: ColorDepth) -> [ColorDepth] {
        ColorDepth.allCases.filter { $0 <= terminal }.sorted(by: >)
    }

    /// A cell as the other terminal would show it.
    func cell(_ cell: Cell) -> Cell {
        guard depth < terminal else { return cell }
        var cell = cell
        cell.foreground = color(cell.foreground, standard: Self.ink)
        cell.background = color(cell.background, standard: Self.paper)
        return cell
    }

    private func color(_ ink: Ink, standard: Palette.Color) -> Ink {
        if depth == .monochrome { return own(standard) }
        if let index = ink.index {
            // Numbers are colors of their own where there are 24 bits.
            return terminal == .truecolor ? own(TerminalColors.sixteen[Int(index) % 16]) : ink
        }
        guard let rgb = ink.rgb else { return own(standard) }
        if depth == .ansi16, terminal == .ansi256 { return .indexed(TerminalColors.nearest16(to: rgb)) }
        return own(Legibility.shown(rgb, depth: depth))
    }

    private func own(_ color: Palette.Color) -> Ink { Ink(color) }
}

extension ColorDepth {
    /// What people call it.
    var title: String {
        switch self {
        case .monochrome: "no color"
        case .ansi16: "16 colors"
        case .ansi256: "256 colors"
        case .truecolor: "24 bits"
        }
    }
}
