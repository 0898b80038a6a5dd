import Raster

/// What cells cost in bytes, about, in a color depth.
struct CellCost: Hashable, Sendable {
    /// What choosing two colors costs; a change of either is one of both.
    let colorBytes: Int
    private let hasColors: Bool

    init(_ depth: ColorDepth) {
        hasColors = depth != .monochrome
        colorBytes =
            switch depth {
            case .truecolor: 35
            case .ansi256: 21
            case .ansi16: 10
            case .monochrome: 3
            }
    }

    /// A cell's bytes behind another one, nil for one that is somewhere else.
    func bytes(of cell: Cell, after last: Cell?) -> Int {
        let isAlike =
            last.map {
                $0.style == cell.style
                    && (!hasColors || $0.foreground == cell.foreground && $0.background == cell.background)
            } ?? false
        let text = cell.scalar < 0x80 ? 1 : cell.scalar < 0x800 ? 2 : 3
        return (isAlike ? 0 : colorBytes) + text + (cell.mark == 0 ? 0 : 2)
    }
}
