import Protocol

/// A sum to work out: more and larger numbers as it gets harder.
enum ArithmeticPuzzle {
    /// The largest number that is added or taken away, by difficulty.
    private static let largest = [12, 20, 30, 50, 75, 99, 150, 250, 400, 999]
    /// The largest factors, by difficulty; the easiest puzzles multiply nothing.
    private static let factors = [0, 5, 6, 9, 9, 12, 12, 15, 19, 25]

    static func make(_ difficulty: Int, _ random: inout SeededGenerator) -> (data: PuzzleData, answer: String)
    {
        while true {
            let (expression, value) = attempt(difficulty, &random)
            // Numbers below zero are for those who got far.
            if value >= 0 || difficulty > 7 { return (.arithmetic(expression: expression), "\(value)") }
        }
    }

    private static func attempt(_ difficulty: Int, _ random: inout SeededGenerator) -> (String, Int) {
        // Two terms at first, five at last; the hardest ones multiply in two of them.
        let count = 2 + (difficulty - 1) / 3
        let limit = largest[difficulty - 1]
        let factor = factors[difficulty - 1]
        var isProduct = [Bool](repeating: false, count: count)
        if factor > 0 { isProduct[0] = true }
        if difficulty > 6 { isProduct[1] = true }
        isProduct.shuffle(using: &random)

        var expression = ""
        var value = 0
        for index in 0..<count {
            var text: String
            let term: Int
            if isProduct[index] {
                let left = Int.random(in: 2...factor, using: &random)
                let right = Int.random(in: 2...factor, using: &random)
                text = "\(left) × \(right)"
                term = left * right
            } else {
                term = Int.random(in: (limit / 5)...limit, using: &random)
                text = "\(term)"
            }
            let isTakenAway = index > 0 && Bool.random(using: &random)
            if index > 0 { text = (isTakenAway ? " − " : " + ") + text }
            expression += text
            value += isTakenAway ? -term : term
        }
        return (expression, value)
    }
}
