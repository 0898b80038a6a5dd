public import Protocol

/// Makes puzzles from a seed: the same seed makes the same puzzle.
///
/// Each has exactly one right answer. A seed is secret as long as its puzzle is open: who knows it knows the
/// answer.
public enum PuzzleGenerator {
    /// From the easiest to the hardest.
    public static let difficulties = 1...10

    private static let solvesPerStep = 2
    private static let stepsPerAward = 4

    /// Makes a puzzle.
    ///
    /// - Parameters:
    ///   - type: its kind; a random one where there is none.
    ///   - difficulty: from 1 to 10; what lies beyond counts as the nearest.
    ///   - stock: the words that it may use.
    public static func make(type: PuzzleType?, difficulty: Int, seed: UInt64, stock: PuzzleStock) -> Puzzle {
        var random = SeededGenerator(seed: seed)
        let difficulty = clamped(difficulty)
        let drawn = PuzzleType.allCases[Int.random(in: PuzzleType.allCases.indices, using: &random)]
        let (data, answer) =
            switch type ?? drawn {
            case .arithmetic: ArithmeticPuzzle.make(difficulty, &random)
            case .anagram: AnagramPuzzle.make(difficulty, &random, stock)
            case .sequence: SequencePuzzle.make(difficulty, &random)
            case .oddOneOut: OddOneOutPuzzle.make(difficulty, &random, stock)
            case .rotation: RotationPuzzle.make(difficulty, &random)
            case .logic: LogicPuzzle.make(difficulty, &random, stock)
            case .memory: MemoryPuzzle.make(difficulty, &random)
            }
        return Puzzle(data: data, answer: answer, difficulty: difficulty)
    }

    /// How hard a player's next puzzle is: a step harder every two solves.
    public static func difficulty(afterSolves solves: Int) -> Int {
        clamped(difficulties.lowerBound + max(0, solves) / solvesPerStep)
    }

    /// What a puzzle is worth: the award at difficulty 1, a quarter of it more each step, rounded down.
    public static func worth(award: Int, difficulty: Int) -> Int {
        award + award * (clamped(difficulty) - difficulties.lowerBound) / stepsPerAward
    }

    private static func clamped(_ difficulty: Int) -> Int {
        min(max(difficulty, difficulties.lowerBound), difficulties.upperBound)
    }
}
