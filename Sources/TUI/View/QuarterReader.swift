import Protocol

/// A color whose parts are added up and weighed: red, green, blue from 0 to 255, and nothing.
typealias ColorVector = SIMD4<Float>

/// Reads the mean colors of quarters of blocks from a reduced canvas, along lines that may run in any direction.
struct QuarterReader {
    /// Where quarters begin, and what the mean of one is divided by, in each direction.
    private let columns: [Slice]
    private let rows: [Slice]
    /// The palette's colors by index.
    private let colors: [ColorVector]
    private let canvas: CanvasImage
    private let reduction: Reduction
    private let outside: ColorVector

    private struct Slice {
        var start: Int
        var end: Int
        /// One divided by the slice's pixels.
        var share: Float
    }

    /// Takes what is read outside the canvas.
    init(_ canvas: CanvasImage, _ reduction: Reduction, outside: ColorVector) {
        self.canvas = canvas
        self.reduction = reduction
        self.outside = outside
        func slices(_ blocks: Int, _ length: Int) -> [Slice] {
            (0..<blocks * 2).compactMap { part in
                let start = Reduction.start(of: part, block: reduction.block, each: 2)
                let end = min(Reduction.start(of: part + 1, block: reduction.block, each: 2), length)
                guard start < end else { return nil }
                return Slice(start: start, end: end, share: 1 / Float(end - start))
            }
        }
        columns = slices(reduction.columns, canvas.size.width)
        rows = slices(reduction.rows, canvas.size.height)
        var colors = [ColorVector](repeating: ColorVector(canvas.color(0)), count: 256)
        for (index, color) in canvas.palette.colors.enumerated() { colors[index] = ColorVector(color) }
        self.colors = colors
    }

    /// Reads the quarters under a line of points, which is in quarters, too.
    func read(_ line: ViewTransform.Line, into target: inout [ColorVector]) {
        let stride = reduction.columns * 2
        columns.withUnsafeBufferPointer { columns in
            rows.withUnsafeBufferPointer { rows in
                target.withUnsafeMutableBufferPointer { target in
                    if reduction.isQuartered {
                        reduction.withSums { sums in
                            Self.each(line, columns.count, rows.count, outside, target) { x, y in
                                ColorVector(sums[y * stride + x]) * (columns[x].share * rows[y].share)
                            }
                        }
                    } else {
                        walk(line, columns, rows, into: target)
                    }
                }
            }
        }
    }

    /// The same pixel by pixel, for blocks that are small.
    private func walk(
        _ line: ViewTransform.Line, _ columns: UnsafeBufferPointer<Slice>, _ rows: UnsafeBufferPointer<Slice>,
        into target: UnsafeMutableBufferPointer<ColorVector>
    ) {
        let width = canvas.size.width
        canvas.cells.withUnsafeBufferPointer { cells in
            colors.withUnsafeBufferPointer { colors in
                Self.each(line, columns.count, rows.count, outside, target) { x, y in
                    let (across, down) = (columns[x], rows[y])
                    var sum = ColorVector.zero
                    for y in down.start..<down.end {
                        for x in across.start..<across.end { sum += colors[Int(cells[y * width + x])] }
                    }
                    return sum * (across.share * down.share)
                }
            }
        }
    }

    @inline(__always)
    private static func each(
        _ line: ViewTransform.Line, _ columns: Int, _ rows: Int, _ outside: ColorVector,
        _ target: UnsafeMutableBufferPointer<ColorVector>, _ color: (Int, Int) -> ColorVector
    ) {
        var (x, y) = (line.x, line.y)
        for at in target.indices {
            let column = Int(x >> ViewTransform.Line.fractionBits)
            let row = Int(y >> ViewTransform.Line.fractionBits)
            let isInside = column >= 0 && column < columns && row >= 0 && row < rows
            target[at] = isInside ? color(column, row) : outside
            x &+= line.stepX
            y &+= line.stepY
        }
    }
}

extension ColorVector {
    init(_ color: Palette.Color) {
        self.init(Float(color.red), Float(color.green), Float(color.blue), 0)
    }

    /// The nearest color of 24 bits.
    var color: Palette.Color {
        Palette.Color(red: UInt8(x + 0.5), green: UInt8(y + 0.5), blue: UInt8(z + 0.5))
    }

    /// The square of its length, which is that of a distance, too.
    var square: Float {
        let squares = self * self
        return squares.x + squares.y + squares.z
    }

    /// How bright it looks, 0 to 255, as `Palette.Color.luma` says.
    var luma: Float { 0.299 * x + 0.587 * y + 0.114 * z }
}
