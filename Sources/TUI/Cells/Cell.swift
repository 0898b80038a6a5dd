/// How a cell is drawn, as far as every terminal knows it.
struct CellStyle: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let bold = CellStyle(rawValue: 1)
    static let reverse = CellStyle(rawValue: 2)
    static let underline = CellStyle(rawValue: 4)
    static let dim = CellStyle(rawValue: 8)
}

/// The two colors and the style that text is put down with.
struct Brush: Hashable, Sendable {
    var foreground: Ink
    var background: Ink
    var style: CellStyle = []

    /// The same with a style added.
    func styled(_ added: CellStyle) -> Brush {
        Brush(foreground: foreground, background: background, style: style.union(added))
    }
}

/// One terminal cell: a character, its two colors and its style.
struct Cell: Hashable, Sendable {
    /// The character; 0 in the second cell of a wide one.
    var scalar: UInt32
    /// A combining mark over the character, or 0.
    var mark: UInt32 = 0
    var foreground: Ink
    var background: Ink
    var style: CellStyle = []

    init(_ scalar: Unicode.Scalar, _ brush: Brush) {
        self.scalar = scalar.value
        foreground = brush.foreground
        background = brush.background
        style = brush.style
    }

    /// Leaves nothing of the character but its colors.
    mutating func empty() { (scalar, mark) = (0x20, 0) }

    /// The second cell of a wide character before it.
    static func continuation(_ brush: Brush) -> Cell {
        var cell = Cell(" ", brush)
        cell.scalar = 0
        return cell
    }
}
