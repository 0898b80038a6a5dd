import Protocol

/// The finished screen for a terminal that shows ASCII alone.
extension CellGrid {
    /// Spells every cell in ASCII: lines and signs by what is most like them, halves and shades by colors where
    /// there are any, and letters of other scripts by a question mark a cell, so that nothing moves.
    mutating func spellInASCII(_ theme: Theme) {
        let grounds = [theme.ground.background, theme.bar.background]
        changeCells { cell in
            cell.mark = 0
            guard cell.scalar < 0x20 || cell.scalar > 0x7e else { return }
            guard let blocks = Blocks(cell.scalar) else {
                cell.scalar = ASCIISpelling.of(cell.scalar)
                return
            }
            if theme.hasColor {
                blocks.paint(&cell, over: grounds)
            } else {
                cell.scalar = blocks.sign
            }
        }
    }
}

/// How much of a cell a block element fills.
private struct Blocks {
    /// Out of 8.
    let filled: Int
    /// What is most like it without colors.
    let sign: UInt32
    /// The same for what it leaves free, where that is a half.
    let other: UInt32?

    init?(_ scalar: UInt32) {
        switch scalar {
        case 0x2580: self.init(4, "\"", other: "_")
        case 0x2584: self.init(4, "_", other: "\"")
        case 0x2581...0x2588: self.init(Int(scalar - 0x2580), scalar == 0x2588 ? "#" : "_")
        case 0x2589...0x258f: self.init(Int(0x2590 - scalar), "|")
        case 0x2590: self.init(4, "|")
        case 0x2591: self.init(2, ".")
        case 0x2592: self.init(4, ":")
        case 0x2593: self.init(6, "%")
        case 0x2596, 0x2597: self.init(2, ".")
        case 0x2598, 0x259d: self.init(2, "'")
        case 0x2599, 0x259b, 0x259c, 0x259f: self.init(6, "#")
        case 0x259a: self.init(4, "\\")
        case 0x259e: self.init(4, "/")
        case 0x2800...0x28ff:
            let dots = (scalar & 0xff).nonzeroBitCount
            self.init(dots, [" ", ".", ".", ":", ":", "+", "+", "*", "#"][dots])
        default: return nil
        }
    }

    private init(_ filled: Int, _ sign: Unicode.Scalar, other: Unicode.Scalar? = nil) {
        self.filled = filled
        self.sign = sign.value
        self.other = other?.value
    }

    /// Of a picture a space in the mean of both colors; of a shape on the ground, such as large letters, its sign, and
    /// so where colors of the terminal's own table don't mix.
    func paint(_ cell: inout Cell, over grounds: [Ink]) {
        if filled == 8, !cell.style.contains(.reverse) {
            cell.background = cell.foreground
            cell.scalar = 0x20
            return
        }
        if grounds.contains(cell.background) {
            cell.scalar = sign
            return
        }
        if grounds.contains(cell.foreground), let other {
            (cell.foreground, cell.background, cell.scalar) = (cell.background, cell.foreground, other)
            return
        }
        guard let front = cell.foreground.rgb, let back = cell.background.rgb else {
            cell.scalar = sign
            return
        }
        let mean = Ink(back.blended(with: front, percent: filled * 100 / 8))
        (cell.foreground, cell.background, cell.scalar) = (mean, mean, 0x20)
    }
}

/// Signs and letters by the ASCII character that is most like them.
enum ASCIISpelling {
    /// What stands for a scalar; a question mark for what is like nothing.
    static func of(_ scalar: UInt32) -> UInt32 {
        if let own = table[scalar] { return own }
        switch scalar {
        case 0x2500...0x257f: return line(scalar)
        default: return unknown
        }
    }

    private static let unknown = Unicode.Scalar("?").value

    /// Lines across, lines down, and corners.
    private static func line(_ scalar: UInt32) -> UInt32 {
        let across: Set<UInt32> = [0x2500, 0x2504, 0x2508, 0x254c, 0x2574, 0x2576]
        let thick: Set<UInt32> = [0x2501, 0x2505, 0x2509, 0x254d, 0x2550, 0x2578, 0x257a, 0x257c, 0x257e]
        let down: Set<UInt32> = [
            0x2502, 0x2503, 0x2506, 0x2507, 0x250a, 0x250b, 0x254e, 0x254f, 0x2551, 0x2575, 0x2577, 0x2579,
            0x257b, 0x257d, 0x257f,
        ]
        if across.contains(scalar) { return Unicode.Scalar("-").value }
        if thick.contains(scalar) { return Unicode.Scalar("=").value }
        return Unicode.Scalar(down.contains(scalar) ? "|" : "+").value
    }

    private static let table: [UInt32: UInt32] = {
        let pairs: [(String, String)] = [
            ("…", "~"), ("–—−‒―", "-----"), ("·•∙●◉⬤", "..****"), ("○◌◯", "ooo"), ("×✕✖✗✘", "xxxxx"),
            ("✓✔", "vv"),
            ("★☆✦✧", "****"), ("←→↑↓↔↕", "<>^v-|"), ("⇧⇥⏎↵⌫⌦", "S>E<<>"), ("▸▶▹▷►→", ">>>>>>"),
            ("◂◀◃◁◄", "<<<<<"), ("▲△▴▵", "^^^^"), ("▼▽▾▿", "vvvv"), ("‹›«»", "<><>"), ("▪■◼▮", "####"),
            ("▫□◻▯", "oooo"), ("◆◇◈", "***"), ("‘’‚‛", "''''"), ("“”„", "\"\"\""), ("≤≥≠≈±÷", "<>!~+/"),
            ("°", "o"), ("¡¿", "!?"), ("\u{a0}", " "), ("♥♦♣♠", "****"), ("⌂", "^"), ("⚑⚐", "PP"),
            ("àáâãäåāăą", "aaaaaaaaa"), ("ÀÁÂÃÄÅĀĂĄ", "AAAAAAAAA"), ("çćĉċč", "ccccc"), ("ÇĆĈĊČ", "CCCCC"),
            ("ďđ", "dd"), ("ĎĐ", "DD"), ("èéêëēĕėęě", "eeeeeeeee"), ("ÈÉÊËĒĔĖĘĚ", "EEEEEEEEE"),
            ("ĝğġģ", "gggg"), ("ĜĞĠĢ", "GGGG"), ("ìíîïĩīĭįı", "iiiiiiiii"), ("ÌÍÎÏĨĪĬĮİ", "IIIIIIIII"),
            ("ĺļľł", "llll"), ("ĹĻĽŁ", "LLLL"), ("ñńņň", "nnnn"), ("ÑŃŅŇ", "NNNN"),
            ("òóôõöøōŏő", "ooooooooo"), ("ÒÓÔÕÖØŌŎŐ", "OOOOOOOOO"), ("ŕŗř", "rrr"), ("ŔŖŘ", "RRR"),
            ("śŝşšß", "sssss"), ("ŚŜŞŠ", "SSSS"), ("ţťŧ", "ttt"), ("ŢŤŦ", "TTT"),
            ("ùúûüũūŭůűų", "uuuuuuuuuu"), ("ÙÚÛÜŨŪŬŮŰŲ", "UUUUUUUUUU"), ("ýÿŷ", "yyy"), ("ÝŶŸ", "YYY"),
            ("źżž", "zzz"), ("ŹŻŽ", "ZZZ"),
        ]
        var table: [UInt32: UInt32] = [:]
        for (signs, spelled) in pairs {
            for (sign, own) in zip(signs.unicodeScalars, spelled.unicodeScalars) {
                table[sign.value] = own.value
            }
        }
        return table
    }()
}
