public import Protocol

/// Solves puzzles from what a player is told, as a bot does.
public struct PuzzleSolver: Hashable, Sendable {
    private let stock: PuzzleStock?

    /// Among two, both are odd; more than these make no puzzle.
    private static let wordCounts = 3...64

    /// Prepares to solve; without a stock of words it knows no word games.
    public init(stock: PuzzleStock?) {
        self.stock = stock
    }

    /// The answer to a puzzle; nil for one that it can't solve, or that is none.
    public func answer(_ data: PuzzleData) -> String? {
        switch data {
        case .arithmetic(let expression): ArithmeticSolver.value(of: expression).map(String.init)
        case .anagram(let letters, let hint): unscrambled(letters, hint)
        case .sequence(let terms): NumberSequence.continuations(of: terms).first.map(String.init)
        case .oddOneOut(let words): odd(words)
        case .rotation(let shape, let options): turned(shape, options)
        case .logic(let people, let items, let clues, let question):
            LogicSolver(people: people, items: items)?.answer(clues, question)
        case .memory(let rows, _, let question): MemorySolver.answer(question, PuzzleShape(rows: rows))
        }
    }

    private func unscrambled(_ letters: String, _ hint: String) -> String? {
        guard let stock, PuzzleStock.wordLetters.contains(letters.utf8.count) else { return nil }
        let sorted = letters.lowercased().sorted()
        let named = stock.categories.filter { $0.name == hint } + stock.categories
        return named.lazy.flatMap(\.words).first { $0.sorted() == sorted }
    }

    private func odd(_ words: [String]) -> String? {
        guard let stock, Self.wordCounts.contains(words.count) else { return nil }
        let kinds = words.map { word in stock.categories.firstIndex { $0.words.contains(word) } }
        let alone = kinds.indices.filter { index in kinds.count { $0 == kinds[index] } == 1 }
        return alone.count == 1 ? words[alone[0]] : nil
    }

    private func turned(_ shape: [String], _ options: [[String]]) -> String? {
        let turns = PuzzleShape(rows: shape).trimmed.turns
        return options.firstIndex { turns.contains(PuzzleShape(rows: $0).trimmed) }.map { "\($0 + 1)" }
    }
}
