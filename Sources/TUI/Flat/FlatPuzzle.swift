import Protocol

/// A relay's puzzle in words: shapes and grids are read row by row.
enum FlatPuzzle {
    /// More lines than any puzzle of ours has; what else a server sends is cut.
    private static let maxLines = 40
    private static let maxItems = 20

    /// What a puzzle asks, in the order in which it is read.
    ///
    /// - Parameter isHidden: whether the time to remember is over; only a memory puzzle reads differently then.
    static func lines(_ puzzle: PuzzleView, isHidden: Bool) -> [Announcement] {
        let title = "\(puzzle.type.title), worth \(Spelled.points(puzzle.worth)) to the next player"
        let words = puzzle.data.map { lines(of: $0, isHidden: isHidden) } ?? []
        return ([title] + words).prefix(maxLines).map { Announcement(.puzzle, String($0.prefix(400))) }
    }

    private static func lines(of data: PuzzleData, isHidden: Bool) -> [String] {
        switch data {
        case .arithmetic(let expression): return ["how much is \(expression)?"]
        case .anagram(let letters, let hint):
            let spelled = letters.uppercased().prefix(maxItems).map(String.init).joined(separator: " ")
            return ["put the letters in order: \(spelled)", "hint: \(hint)"]
        case .sequence(let terms):
            return [
                "which number comes next: \(terms.prefix(maxItems).map(String.init).joined(separator: ", "))?"
            ]
        case .oddOneOut(let words):
            return ["which word doesn't belong with the others? \(numbered(words))"]
        case .rotation(let shape, let options):
            return ["which of the options is the shape turned, not mirrored? answer with its number"]
                + rows("shape", shape)
                + options.prefix(maxItems).enumerated().flatMap {
                    rows("option \($0.offset + 1)", $0.element)
                }
        case .logic(let people, let items, let clues, let question):
            return [
                "who has what? each has one thing",
                "people: \(people.prefix(maxItems).joined(separator: ", "))",
                "things: \(items.prefix(maxItems).joined(separator: ", "))",
            ] + clues.prefix(maxItems).map { "clue: \($0)" } + [question]
        case .memory(let grid, let showMs, let question):
            guard !isHidden else { return [question] }
            let seconds = FlatWords.seconds(max(min(showMs, 86_400_000) / 1000, 1))
            return ["remember this; the question comes in \(seconds)"] + rows("grid", grid)
        }
    }

    private static func numbered(_ words: [String]) -> String {
        words.prefix(maxItems).enumerated().map { "\($0.offset + 1) \($0.element)" }.joined(separator: ", ")
    }

    /// A shape's rows, each with its filled and empty cells counted.
    private static func rows(_ title: String, _ rows: [String]) -> [String] {
        PuzzleShape(rows: rows).cells.enumerated().map { number, cells in
            var runs: [(isFilled: Bool, count: Int)] = []
            for cell in cells {
                if runs.last?.isFilled == cell {
                    runs[runs.count - 1].count += 1
                } else {
                    runs.append((cell, 1))
                }
            }
            let words = runs.map { "\($0.count) \($0.isFilled ? "filled" : "empty")" }.joined(separator: ", ")
            return "\(title), row \(number + 1): \(words)"
        }
    }
}
