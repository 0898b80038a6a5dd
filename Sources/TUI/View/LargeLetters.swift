/// Letters five cells wide and four rows high, in half blocks.
enum LargeLetters {
    static let rows = 4
    private static let letterColumns = 5
    private static let gap = 2

    /// Seven lines of five dots each, from the top; the highest bit of five is the left one.
    private static let dots: [Character: [UInt8]] = [
        "B": [30, 17, 17, 30, 17, 17, 30], "C": [14, 17, 16, 16, 16, 17, 14],
        "D": [30, 17, 17, 17, 17, 17, 30],
        "F": [31, 16, 16, 30, 16, 16, 16], "G": [14, 17, 16, 23, 17, 17, 14],
        "H": [17, 17, 17, 31, 17, 17, 17],
        "J": [7, 2, 2, 2, 2, 18, 12], "K": [17, 18, 20, 24, 20, 18, 17], "L": [16, 16, 16, 16, 16, 16, 31],
        "M": [17, 27, 21, 21, 17, 17, 17], "N": [17, 25, 21, 19, 17, 17, 17],
        "P": [30, 17, 17, 30, 16, 16, 16],
        "Q": [14, 17, 17, 17, 21, 18, 13], "R": [30, 17, 17, 30, 20, 18, 17],
        "S": [15, 16, 16, 14, 1, 1, 30],
        "T": [31, 4, 4, 4, 4, 4, 4], "V": [17, 17, 17, 17, 17, 10, 4], "W": [17, 17, 17, 21, 21, 27, 17],
        "-": [0, 0, 0, 31, 0, 0, 0],
        "X": [17, 17, 10, 4, 10, 17, 17], "Z": [31, 1, 2, 4, 8, 16, 31],
    ]

    /// The columns that a word takes.
    static func columns(of word: String) -> Int {
        word.count * letterColumns + max(word.count - 1, 0) * gap
    }

    /// Whether every letter of a word can be drawn.
    static func canDraw(_ word: String) -> Bool { word.allSatisfy { dots[$0] != nil } }

    /// Draws a word of the letters that stand in codes, of relays and of sign-ins; others stay blank.
    static func draw(_ word: String, column: Int, row: Int, _ brush: Brush, into grid: inout CellGrid) {
        for (place, letter) in word.enumerated() {
            let dots = dots[letter] ?? []
            for line in 0..<rows {
                let upper = line * 2 < dots.count ? dots[line * 2] : 0
                let lower = line * 2 + 1 < dots.count ? dots[line * 2 + 1] : 0
                for x in 0..<letterColumns {
                    let bit = UInt8(1) << (letterColumns - 1 - x)
                    let scalar: Unicode.Scalar =
                        switch (upper & bit != 0, lower & bit != 0) {
                        case (true, true): "█"
                        case (true, false): "▀"
                        case (false, true): "▄"
                        case (false, false): " "
                        }
                    let at = column + place * (letterColumns + gap) + x
                    grid.put(Cell(scalar, brush), column: at, row: row + line)
                }
            }
        }
    }
}
