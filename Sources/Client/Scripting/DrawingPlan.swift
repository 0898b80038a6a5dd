public import Protocol

/// One bot's share of a picture, and what of it is still wrong on the canvas.
public struct DrawingPlan: Sendable {
    /// Cells of this share, whether right or wrong.
    public var cellCount: Int { goal.count }
    /// Cells that don't show their color yet, those under way among them.
    public private(set) var wrongCount = 0

    private let size: CanvasSize
    private let goal: [Int: UInt8]
    /// The share's cells in the order they are drawn.
    private let order: [Int]
    private var shown: [Int: UInt8] = [:]
    private var queue: [Int] = []
    private var underWay: Set<Int> = []

    /// Takes every `count`-th of the picture's cells, from the `index`-th on.
    ///
    /// - Parameters:
    ///   - picture: palette indexes row by row, nil where the canvas keeps its own color.
    ///   - width: the picture's columns.
    ///   - x: the canvas's column of the picture's left edge.
    ///   - y: the canvas's row of the picture's upper edge.
    ///   - index: this share, from 0.
    ///   - count: the number of shares.
    /// - Returns: nil where the picture doesn't lie on the canvas.
    public init?(picture: [UInt8?], width: Int, x: Int, y: Int, index: Int, count: Int, canvas: CanvasSize) {
        guard width > 0, picture.count % width == 0, !picture.isEmpty, count > 0, (0..<count).contains(index),
            canvas.contains(x: x, y: y),
            canvas.contains(x: x + width - 1, y: y + picture.count / width - 1)
        else { return nil }
        size = canvas
        var goal: [Int: UInt8] = [:]
        var order: [Int] = []
        for (number, offset) in picture.indices.filter({ picture[$0] != nil }).enumerated()
        where number % count == index {
            let cell = canvas.cell(x: x + offset % width, y: y + offset / width)
            goal[cell] = picture[offset]
            order.append(cell)
        }
        self.goal = goal
        self.order = order
    }

    /// Compares with a whole canvas; everything that is wrong is to be drawn, nothing counts as under way.
    public mutating func compare(with cells: [UInt8]) {
        underWay = []
        wrongCount = 0
        for cell in order {
            shown[cell] = cells[cell]
            if cells[cell] != goal[cell] { wrongCount += 1 }
        }
        // Taken from the end.
        queue = order.reversed().filter { cells[$0] != goal[$0] }
    }

    /// Notes changes on the canvas, another's among them.
    public mutating func note(_ pixels: [Pixel]) {
        for pixel in pixels { show(pixel.color, at: size.cell(x: pixel.x, y: pixel.y)) }
    }

    /// The next pixel to place; nil while all that is wrong is under way.
    public mutating func next() -> Pixel? {
        while let cell = queue.popLast() {
            guard let color = goal[cell], shown[cell] != color, underWay.insert(cell).inserted else {
                continue
            }
            return Pixel(x: cell % size.width, y: cell / size.width, color: color)
        }
        return nil
    }

    /// Notes how a placement went; one that was refused comes up again.
    public mutating func finish(_ pixel: Pixel, isPlaced: Bool) {
        let cell = size.cell(x: pixel.x, y: pixel.y)
        underWay.remove(cell)
        if isPlaced {
            show(pixel.color, at: cell)
        } else if shown[cell] != goal[cell] {
            queue.append(cell)
        }
    }

    private mutating func show(_ color: UInt8, at cell: Int) {
        guard let wanted = goal[cell], let before = shown[cell] else { return }
        shown[cell] = color
        switch (before == wanted, color == wanted) {
        case (true, false):
            wrongCount += 1
            queue.insert(cell, at: 0)
        case (false, true): wrongCount -= 1
        default: break
        }
    }
}
