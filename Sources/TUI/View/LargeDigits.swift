/// Digits three cells wide and three rows high, in half blocks.
enum LargeDigits {
    static let rows = 3
    private static let digitColumns = 3
    private static let gap = 1

    /// Five lines of three dots each, from the top; the first bit is the left one.
    private static let dots: [[UInt8]] = [
        [7, 5, 5, 5, 7], [2, 6, 2, 2, 7], [7, 1, 7, 4, 7], [7, 1, 7, 1, 7], [5, 5, 7, 1, 1],
        [7, 4, 7, 1, 7], [7, 4, 7, 5, 7], [7, 1, 1, 1, 1], [7, 5, 7, 5, 7], [7, 5, 7, 1, 7],
    ]

    private static func digits(of number: Int) -> [Int] {
        String(number.magnitude).compactMap(\.wholeNumberValue)
    }

    /// The columns that a number takes.
    static func columns(of number: Int) -> Int {
        let count = digits(of: number).count
        return count * digitColumns + (count - 1) * gap
    }

    static func draw(_ number: Int, column: Int, row: Int, _ brush: Brush, into grid: inout CellGrid) {
        for (place, digit) in digits(of: number).enumerated() {
            let dots = dots[digit]
            for line in 0..<rows {
                let upper = dots[line * 2]
                let lower = line * 2 + 1 < dots.count ? dots[line * 2 + 1] : 0
                for x in 0..<digitColumns {
                    let bit = UInt8(1) << (digitColumns - 1 - x)
                    let scalar: Unicode.Scalar =
                        switch (upper & bit != 0, lower & bit != 0) {
                        case (true, true): "█"
                        case (true, false): "▀"
                        case (false, true): "▄"
                        case (false, false): " "
                        }
                    let at = column + place * (digitColumns + gap) + x
                    grid.put(Cell(scalar, brush), column: at, row: row + line)
                }
            }
        }
    }
}
