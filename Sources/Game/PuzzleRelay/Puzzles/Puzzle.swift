public import Protocol

/// A puzzle with its answer.
public struct Puzzle: Hashable, Sendable {
    /// All that its player is told.
    public var data: PuzzleData
    /// The one right answer, at most 64 characters.
    public var answer: String
    /// From 1, the easiest, to 10.
    public var difficulty: Int

    /// Joins the parts.
    public init(data: PuzzleData, answer: String, difficulty: Int) {
        self.data = data
        self.answer = answer
        self.difficulty = difficulty
    }

    /// Whether a text, whatever it holds, is the right answer.
    ///
    /// Case, spaces and invisible characters don't matter, nor in what script's or width's digits a number is
    /// written, nor a plus sign or zeros before it. The odd word's number from 1 counts as the word, and a
    /// thing's name may have its article.
    public func accepts(_ text: String) -> Bool {
        guard let given = AnswerText(text) else { return false }
        switch data {
        case .arithmetic, .sequence, .rotation, .memory:
            return given.number != nil && given.number == AnswerText(answer)?.number
        case .anagram:
            return given.folded == AnswerText(answer)?.folded
        case .oddOneOut(let words):
            if let number = given.number { return words.firstIndex(of: answer).map { $0 + 1 } == number }
            return given.folded == AnswerText(answer)?.folded
        case .logic:
            guard let right = AnswerText(answer)?.folded else { return false }
            return given.folded == right || given.folded == "the" + right
        }
    }
}
