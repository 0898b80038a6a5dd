import Protocol

/// Answers questions about a grid's rows and columns.
enum MemorySolver {
    /// The number that is asked for; nil for a question of another form.
    static func answer(_ question: String, _ grid: PuzzleShape) -> String? {
        let words = question.split { " ?".contains($0) }
        let isColumn = words.contains("column")
        guard isColumn || words.contains("row") else { return nil }
        let counts = (isColumn ? grid.turned.cells : grid.cells).map { $0.count { $0 } }
        if words.starts(with: ["How", "many"]) {
            guard let number = words.last.flatMap({ Int($0) }), number > 0, number <= counts.count else {
                return nil
            }
            return "\(counts[number - 1])"
        }
        guard words.first == "Which", let extreme = words.contains("most") ? counts.max() : counts.min()
        else {
            return nil
        }
        return counts.firstIndex(of: extreme).map { "\($0 + 1)" }
    }
}
