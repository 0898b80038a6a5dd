/// The character and the two colors that come nearest to what a cell should show.
struct CellFit {
    var scalar: Unicode.Scalar
    var foreground: ColorVector
    var background: ColorVector

    /// What is seen as one color.
    private static let alike: Float = 12
    /// So much nearer, in squares, another cut must be than the one between halves, which has the plainest edges.
    private static let worth: Float = 24

    /// Four quarters of a cell by which ones are of the foreground: 1 upper left, 2 upper right, 4 and 8 below them.
    private static let quadrants: [Unicode.Scalar] = [
        " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
    ]

    /// The quarters of a cell by number, for terminals without color.
    static func quadrant(_ filled: Int) -> Unicode.Scalar { quadrants[filled & 15] }

    /// The cut of four quarters into two colors that has the least squared error.
    ///
    /// The error of a group is its squares less the square of its sum divided by its count, so the best cut is where
    /// those quotients are largest; the last quarter is always of the background, since colors may change places.
    static func quadrants(
        _ upperLeft: ColorVector, _ upperRight: ColorVector, _ lowerLeft: ColorVector,
        _ lowerRight: ColorVector
    ) -> CellFit {
        let sum = upperLeft + upperRight + lowerLeft + lowerRight
        let mean = sum * 0.25
        let spread =
            (upperLeft - mean).square + (upperRight - mean).square + (lowerLeft - mean).square
            + (lowerRight - mean).square
        guard spread > alike else { return CellFit(scalar: " ", foreground: mean, background: mean) }
        let upper = upperLeft + upperRight
        var best = (mask: 3, sum: upper, count: Float(2), score: score(upper, sum, 2) + worth)
        func weigh(_ mask: Int, _ part: ColorVector, _ count: Float) {
            let score = score(part, sum, count)
            if score > best.score { best = (mask, part, count, score) }
        }
        weigh(1, upperLeft, 1)
        weigh(2, upperRight, 1)
        weigh(4, lowerLeft, 1)
        weigh(5, upperLeft + lowerLeft, 2)
        weigh(6, upperRight + lowerLeft, 2)
        weigh(7, upper + lowerLeft, 3)
        return CellFit(
            scalar: quadrants[best.mask], foreground: best.sum / best.count,
            background: (sum - best.sum) / (4 - best.count))
    }

    @inline(__always)
    private static func score(_ part: ColorVector, _ sum: ColorVector, _ count: Float) -> Float {
        part.square / count + (sum - part).square / (4 - count)
    }

    /// Eight dots, two across and four down, in the order of rows: the fewer of the bright and the dark ones are dots.
    static func braille(_ samples: (Int) -> ColorVector) -> CellFit {
        var sum = ColorVector.zero
        for number in 0..<8 { sum += samples(number) }
        let mean = sum * 0.125
        var spread: Float = 0
        for number in 0..<8 { spread += (samples(number) - mean).square }
        guard spread > alike * 2 else { return CellFit(scalar: " ", foreground: mean, background: mean) }
        var bright: UInt32 = 0
        var brightSum = ColorVector.zero
        var count: Float = 0
        let middle = mean.luma
        for number in 0..<8 where samples(number).luma > middle {
            bright |= dots[number]
            brightSum += samples(number)
            count += 1
        }
        guard count > 0, count < 8 else { return CellFit(scalar: " ", foreground: mean, background: mean) }
        let (light, dark) = (brightSum / count, (sum - brightSum) / (8 - count))
        return count <= 4
            ? CellFit(scalar: pattern(bright), foreground: light, background: dark)
            : CellFit(scalar: pattern(~bright & 0xff), foreground: dark, background: light)
    }

    /// A cell of dots.
    static func pattern(_ dots: UInt32) -> Unicode.Scalar { Unicode.Scalar(0x2800 | dots) ?? " " }

    /// The dots' bits in U+2800, row by row.
    static let dots: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}
