import Protocol

/// A word's letters out of order: longer words as it gets harder.
enum AnagramPuzzle {
    static func make(_ difficulty: Int, _ random: inout SeededGenerator, _ stock: PuzzleStock) -> (
        data: PuzzleData, answer: String
    ) {
        let lengths = PuzzleStock.wordLetters
        let wanted = lengths.lowerBound + (difficulty - 1) * (lengths.count - 1) / 9
        let all = stock.categories.flatMap { category in category.words.map { (category.name, $0) } }
        // A stock needn't have words of every length; the nearest will do.
        let distance = all.map { abs($0.1.count - wanted) }.min() ?? 0
        let fitting = all.filter { abs($0.1.count - wanted) == distance }
        let (hint, word) = fitting[Int.random(in: fitting.indices, using: &random)]
        var letters = Array(word)
        repeat { letters.shuffle(using: &random) } while String(letters) == word
        return (.anagram(letters: String(letters), hint: hint), word)
    }
}
