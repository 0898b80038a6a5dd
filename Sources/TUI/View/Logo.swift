import Protocol
import Raster

/// The program's name in pixels, as the start page bears it.
struct Logo {
    /// How many cells a dot is wide.
    let scale: Int
    /// How many half cells it is high.
    private let height: Int

    /// A logo whose dots are squares.
    init(scale: Int) { (self.scale, height) = (scale, scale) }

    /// The one for usual windows; in ASCII, which has no half blocks that can be read, twice as high.
    static func small(_ charset: Charset) -> Logo { Logo(scale: 1, height: charset == .ascii ? 2 : 1) }

    private init(scale: Int, height: Int) { (self.scale, self.height) = (scale, height) }

    private static let dotRows = 5
    private static let wordGap = 4
    private static let letterGap = 1

    private static let words: [[[String]]] = [
        [
            ["####", "#..#", "####", "#...", "#..."], ["###", ".#.", ".#.", ".#.", "###"],
            ["#...#", ".#.#.", "..#..", ".#.#.", "#...#"], ["####", "#...", "###.", "#...", "####"],
            ["#...", "#...", "#...", "#...", "####"],
        ],
        [
            ["#...#", "#...#", "#.#.#", "##.##", "#...#"], [".##.", "#..#", "####", "#..#", "#..#"],
            ["####", "#..#", "####", "#.#.", "#..#"], ["####", "#...", "####", "...#", "####"],
        ],
    ]

    /// Five lines of dots; the letter that each column belongs to decides its color.
    private static let picture: (lines: [[Bool]], letters: [Int]) = {
        var lines = [[Bool]](repeating: [], count: dotRows)
        var letters: [Int] = []
        var number = 0
        func add(blank columns: Int) {
            for line in lines.indices { lines[line] += [Bool](repeating: false, count: columns) }
            letters += [Int](repeating: number, count: columns)
        }
        for (place, word) in words.enumerated() {
            if place > 0 { add(blank: wordGap) }
            for (at, letter) in word.enumerated() {
                if at > 0 { add(blank: letterGap) }
                for (line, dots) in letter.enumerated() { lines[line] += dots.map { $0 == "#" } }
                letters += [Int](repeating: number, count: letter[0].count)
                number += 1
            }
        }
        return (lines, letters)
    }()

    var columns: Int { Self.picture.letters.count * scale }
    var rows: Int { (Self.dotRows * height + 1) / 2 }

    func draw(column: Int, row: Int, _ theme: Theme, into grid: inout CellGrid) {
        for y in 0..<rows {
            for x in 0..<columns {
                let (upper, lower) = (ink(x, y * 2, theme), ink(x, y * 2 + 1, theme))
                let scalar: Unicode.Scalar
                switch (upper, lower) {
                case (nil, nil): continue
                case (_?, nil): scalar = "▀"
                case (nil, _?): scalar = "▄"
                case (let up?, let low?): scalar = up == low ? "█" : "▀"
                }
                let background = upper != nil && lower != nil && upper != lower ? lower : nil
                let brush = Brush(
                    foreground: upper ?? lower ?? theme.ground.foreground,
                    background: background ?? theme.ground.background)
                grid.put(Cell(scalar, brush), column: column + x, row: row + y)
            }
        }
    }

    /// The color of a half cell; nil where there is no dot.
    private func ink(_ x: Int, _ y: Int, _ theme: Theme) -> Ink? {
        let (dotX, dotY) = (x / scale, y / height)
        guard dotY < Self.dotRows, Self.picture.lines[dotY][dotX] else { return nil }
        let letter = Self.picture.letters[dotX]
        switch theme.depth {
        case .monochrome: return theme.strong.foreground
        case .ansi16: return .indexed([9, 11, 10, 12][letter % 4])
        case .truecolor, .ansi256:
            // A little darker downwards, as if lit from above.
            let color = Self.colors[letter % Self.colors.count]
            let shadow = Palette.Color(red: 15, green: 16, blue: 24)
            return Ink(color.blended(with: shadow, percent: dotY * 9))
        }
    }

    private static let colors = [
        Palette.Color(red: 255, green: 69, blue: 0), Palette.Color(red: 255, green: 120, blue: 24),
        Palette.Color(red: 255, green: 168, blue: 40), Palette.Color(red: 255, green: 214, blue: 53),
        Palette.Color(red: 160, green: 214, blue: 70), Palette.Color(red: 0, green: 204, blue: 120),
        Palette.Color(red: 0, green: 190, blue: 190), Palette.Color(red: 54, green: 144, blue: 234),
        Palette.Color(red: 110, green: 110, blue: 240),
    ]
}
