import Protocol

/// A grid to remember: larger and shown for less time as it gets harder.
enum MemoryPuzzle {
    private static let longestMs = 6_500
    private static let lessMsAStep = 400

    static func make(_ difficulty: Int, _ random: inout SeededGenerator) -> (data: PuzzleData, answer: String)
    {
        let side = 3 + difficulty / 2
        let showMs = longestMs - lessMsAStep * difficulty
        while true {
            let cells = (0..<side).map { _ in (0..<side).map { _ in Bool.random(using: &random) } }
            guard let (question, answer) = question(cells, difficulty, &random) else { continue }
            let rows = PuzzleShape(cells: cells).rows
            return (.memory(rows: rows, showMs: showMs, question: question), "\(answer)")
        }
    }

    /// A question about rows at first, then also about columns, then also about the fullest or emptiest line.
    private static func question(
        _ cells: [[Bool]], _ difficulty: Int, _ random: inout SeededGenerator
    ) -> (text: String, answer: Int)? {
        let isColumn = difficulty > 3 && Bool.random(using: &random)
        let line = isColumn ? "column" : "row"
        let counts = (isColumn ? PuzzleShape(cells: cells).turned.cells : cells).map { $0.count { $0 } }
        if difficulty > 6, Bool.random(using: &random) {
            let isMost = Bool.random(using: &random)
            let wanted = isMost ? counts.max() : counts.min()
            // More than one such line would be more than one right answer.
            let found = counts.indices.filter { counts[$0] == wanted }
            guard found.count == 1 else { return nil }
            return ("Which \(line) had the \(isMost ? "most" : "fewest") filled cells?", found[0] + 1)
        }
        let index = Int.random(in: counts.indices, using: &random)
        return ("How many cells were filled in \(line) \(index + 1)?", counts[index])
    }
}
