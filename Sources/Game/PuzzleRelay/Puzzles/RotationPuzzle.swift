import Protocol

/// A shape to turn in one's mind: larger, and among more of its mirror images, as it gets harder.
///
/// The shape has no mirror symmetry, so that none of its mirror images is a turned one.
enum RotationPuzzle {
    static func make(_ difficulty: Int, _ random: inout SeededGenerator) -> (data: PuzzleData, answer: String)
    {
        let shape = shape(difficulty, &random)
        let right = shape.turns[Int.random(in: 1...3, using: &random)]
        let mirrors = 1 + (difficulty - 1) / 3
        var options = [right] + shape.mirrored.turns.shuffled(using: &random).prefix(min(mirrors, 3))
        let count = difficulty > 3 ? 4 : 3
        while options.count < count {
            let other = altered(shape, &random).turns[Int.random(in: 0...3, using: &random)]
            if !shape.turns.contains(other), !options.contains(other) { options.append(other) }
        }
        options.shuffle(using: &random)
        let place = (options.firstIndex(of: right) ?? 0) + 1
        return (.rotation(shape: shape.rows, options: options.map(\.rows)), "\(place)")
    }

    /// A connected shape whose four turns and their mirror images are eight different shapes.
    private static func shape(_ difficulty: Int, _ random: inout SeededGenerator) -> PuzzleShape {
        let side = 3 + (difficulty + 1) / 4
        let count = 4 + (difficulty + 1) / 2
        while true {
            var cells = [[Bool]](repeating: [Bool](repeating: false, count: side), count: side)
            cells[side / 2][side / 2] = true
            for _ in 1..<count { grow(&cells, &random) }
            let shape = PuzzleShape(cells: cells).trimmed
            if Set(shape.turns + shape.mirrored.turns).count == 8 { return shape }
        }
    }

    /// The shape with one of its cells elsewhere.
    private static func altered(_ shape: PuzzleShape, _ random: inout SeededGenerator) -> PuzzleShape {
        let filled = places(shape.cells).filter { shape.cells[$0.row][$0.column] }
        while true {
            var cells = shape.cells
            let taken = filled[Int.random(in: filled.indices, using: &random)]
            cells[taken.row][taken.column] = false
            guard isConnected(cells) else { continue }
            grow(&cells, &random)
            let other = PuzzleShape(cells: cells).trimmed
            if other != shape { return other }
            // Where nothing can move inside the shape's bounds, a shape that is one cell smaller differs too.
            cells[taken.row][taken.column] = false
            return PuzzleShape(cells: cells).trimmed
        }
    }

    /// Fills one empty cell beside a filled one.
    private static func grow(_ cells: inout [[Bool]], _ random: inout SeededGenerator) {
        let free = places(cells).filter { place in
            !cells[place.row][place.column]
                && neighbours(of: place, in: cells).contains { cells[$0.row][$0.column] }
        }
        guard !free.isEmpty else { return }
        let place = free[Int.random(in: free.indices, using: &random)]
        cells[place.row][place.column] = true
    }

    private static func isConnected(_ cells: [[Bool]]) -> Bool {
        var left = Set(places(cells).filter { cells[$0.row][$0.column] }.map { $0.row * 100 + $0.column })
        guard let first = places(cells).first(where: { cells[$0.row][$0.column] }) else { return false }
        var open = [first]
        left.remove(first.row * 100 + first.column)
        while let place = open.popLast() {
            for next in neighbours(of: place, in: cells)
            where left.remove(next.row * 100 + next.column) != nil {
                open.append(next)
            }
        }
        return left.isEmpty
    }

    private static func places(_ cells: [[Bool]]) -> [(row: Int, column: Int)] {
        cells.indices.flatMap { row in cells[row].indices.map { (row, $0) } }
    }

    private static func neighbours(of place: (row: Int, column: Int), in cells: [[Bool]]) -> [(
        row: Int, column: Int
    )] {
        [(-1, 0), (0, -1), (0, 1), (1, 0)].map { (place.row + $0.0, place.column + $0.1) }
            .filter { cells.indices.contains($0.0) && cells[$0.0].indices.contains($0.1) }
            .map { (row: $0.0, column: $0.1) }
    }
}
