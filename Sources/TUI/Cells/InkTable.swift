import Protocol
import Raster

/// Turns inks into the color numbers that a terminal of one depth takes, and remembers them.
struct InkTable: Sendable {
    let depth: ColorDepth
    /// How many colors the terminal's own table has; 8 folds the bright half onto the dark one.
    let tableSize: Int
    private var known: [UInt32: Int32] = [:]

    /// A picture's means can bring any number of colors; past this the memory is cleared.
    private static let maxKnown = 100_000

    init(depth: ColorDepth, tableSize: Int) {
        self.depth = depth
        self.tableSize = tableSize
    }

    /// The number for a color; -1 is the terminal's default.
    mutating func number(for ink: Ink) -> Int32 {
        if depth == .truecolor, ink.rgb != nil { return Self.direct(ink.raw) }
        if let number = known[ink.raw] { return number }
        let number = look(ink)
        if known.count >= Self.maxKnown { known.removeAll(keepingCapacity: true) }
        known[ink.raw] = number
        return number
    }

    private func look(_ ink: Ink) -> Int32 {
        if depth == .monochrome { return -1 }
        if let index = ink.index { return folded(index) }
        guard let color = ink.rgb else { return -1 }
        switch depth {
        case .monochrome: return -1
        case .ansi16: return folded(TerminalColors.nearest16(to: color))
        case .ansi256: return Int32(TerminalColors.nearest256(to: color))
        case .truecolor: return Self.direct(ink.raw)
        }
    }

    /// In 24-bit mode ncurses takes 0 to 7 for the palette's colors: those near-blacks become the next blue.
    private static func direct(_ rgb: UInt32) -> Int32 { rgb < 8 ? 8 : Int32(rgb) }

    private func folded(_ index: UInt8) -> Int32 {
        let number = Int32(index)
        return tableSize < 16 && number >= 8 && number < 16 ? number - 8 : number
    }
}
