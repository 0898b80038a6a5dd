/// Finds the pixels under a view's half cells, row after row, whatever way the canvas is turned.
struct PixelTracer {
    private let canvas: Extent
    private let eye: ViewTransform
    /// The pixels' numbers on the canvas, row by row of it, with one more before the first column; -1 outside.
    private var current: [Int]
    private var above: [Int]

    init(canvas: CanvasImage, eye: ViewTransform, columns: Int) {
        self.canvas = canvas.extent
        self.eye = eye
        current = [Int](repeating: -1, count: columns + 1)
        above = current
        trace(halfRow: -1)
    }

    /// Goes on to the half row below.
    mutating func advance(toHalfRow halfRow: Int) {
        swap(&current, &above)
        trace(halfRow: halfRow)
    }

    /// The pixel's number under a column of the row; -1 outside the canvas.
    func cell(_ column: Int) -> Int { current[column + 1] }

    /// Whether a pixel begins at a column of the row, from the left or from above.
    func isEdge(_ column: Int) -> Bool {
        current[column + 1] != current[column] || current[column + 1] != above[column + 1]
    }

    private mutating func trace(halfRow: Int) {
        var line = eye.line(halfRow: halfRow, fromColumn: -1)
        let (width, height) = (canvas.width, canvas.height)
        current.withUnsafeMutableBufferPointer { cells in
            for at in cells.indices {
                let x = Int(line.x >> ViewTransform.Line.fractionBits)
                let y = Int(line.y >> ViewTransform.Line.fractionBits)
                let isInside = x >= 0 && x < width && y >= 0 && y < height
                cells[at] = isInside ? y * width + x : -1
                line.x &+= line.stepX
                line.y &+= line.stepY
            }
        }
    }
}
