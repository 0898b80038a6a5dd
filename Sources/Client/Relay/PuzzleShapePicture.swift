import Protocol

/// Shapes and grids in half blocks, two square pixels in each character.
enum PuzzleShapePicture {
    private static let indent = "  "
    private static let gap = "    "
    private static let title = "Which of these is the shape turned, not mirrored?"
    /// A cell's side in pixels, from the largest that looks well to the smallest.
    private static let scales = [3, 2, 1]

    /// A shape above its options side by side, as large as they fit.
    static func rotation(_ shape: PuzzleShape, _ options: [PuzzleShape]) -> [String] {
        let drawings = scales.lazy.map { drawn(shape, options, scale: $0) }
        return drawings.first(where: fits) ?? drawn(shape, options, scale: 1)
    }

    private static func fits(_ lines: [String]) -> Bool {
        lines.count <= PuzzlePicture.height && lines.allSatisfy { $0.count <= PuzzlePicture.width }
    }

    private static func drawn(_ shape: PuzzleShape, _ options: [PuzzleShape], scale: Int) -> [String] {
        let pictures = options.map { blocks($0, scale: scale) }
        let rows = pictures.map(\.count).max() ?? 0
        var lines = [String](repeating: indent, count: rows + 1)
        for (index, picture) in pictures.enumerated() {
            let label = "\(index + 1)"
            let columns = max(picture.first?.count ?? 0, label.count)
            for row in 0...rows {
                let text = row == rows ? label : row < picture.count ? picture[row] : ""
                lines[row] += text + String(repeating: " ", count: columns - text.count) + gap
            }
        }
        let trimmed = lines.map { NarrowText.clipped($0, to: $0.count) }
        return [title, ""] + blocks(shape, scale: scale).map { indent + $0 } + [""] + trimmed
    }

    /// A grid in a frame, with its rows' and columns' numbers.
    static func memory(_ grid: PuzzleShape, showMs: Int) -> [String] {
        let numbers = (0..<grid.width).map { padded($0 + 1) }.joined()
        let edge = 3 * grid.width + 3
        var lines = ["Remember this", "", "    " + numbers]
        lines.append("   " + String(repeating: "▄", count: edge))
        for (row, cells) in grid.cells.enumerated() {
            lines.append("\(padded(row + 1))█ " + cells.map { $0 ? "██ " : "   " }.joined() + "█")
        }
        lines.append("   " + String(repeating: "▀", count: edge))
        lines.append("")
        lines.append("   It is shown for \(max(0, showMs) / 1_000).\(max(0, showMs) / 100 % 10) seconds.")
        return lines
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? " \(number) " : "\(number) "
    }

    /// A shape where each cell is a square of so many pixels, a column wide and half a line high each.
    private static func blocks(_ shape: PuzzleShape, scale: Int) -> [String] {
        let height = shape.height * scale
        func isFilled(_ row: Int, _ column: Int) -> Bool {
            row < height && shape.cells[row / scale][column / scale]
        }
        return stride(from: 0, to: height, by: 2).map { top in
            String(
                (0..<shape.width * scale).map { column -> Character in
                    switch (isFilled(top, column), isFilled(top + 1, column)) {
                    case (true, true): "█"
                    case (true, false): "▀"
                    case (false, true): "▄"
                    case (false, false): " "
                    }
                })
        }
    }
}
