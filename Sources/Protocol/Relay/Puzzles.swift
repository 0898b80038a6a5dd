/// The kinds of puzzles.
public enum PuzzleType: String, Hashable, Sendable, CaseIterable {
    case arithmetic
    case anagram
    case sequence
    case oddOneOut = "odd_one_out"
    case rotation
    case logic
    case memory
}

/// All that a player is told of a puzzle to solve it; the answer is no part of it.
public enum PuzzleData: Hashable, Sendable {
    /// A sum such as `17 + 4 × 3`; the answer is a whole number.
    case arithmetic(expression: String)
    /// A word's letters in another order, and what kind of thing it names.
    case anagram(letters: String, hint: String)
    /// The next number is asked for.
    case sequence(terms: [Int])
    /// The word that doesn't belong, or its number from 1, is asked for.
    case oddOneOut(words: [String])
    /// Rows of `#` and `.`: which option, by its number from 1, is the shape turned and not mirrored?
    case rotation(shape: [String], options: [[String]])
    /// Who has what: a person or a thing is asked for.
    case logic(people: [String], items: [String], clues: [String], question: String)
    /// Rows of `#` and `.` that a client shows for a time and then hides, and a question about them.
    case memory(rows: [String], showMs: Int, question: String)

    /// Its kind.
    public var type: PuzzleType {
        switch self {
        case .arithmetic: .arithmetic
        case .anagram: .anagram
        case .sequence: .sequence
        case .oddOneOut: .oddOneOut
        case .rotation: .rotation
        case .logic: .logic
        case .memory: .memory
        }
    }
}

/// A puzzle as someone may see it: `{"puzzle_id","type","data","worth"}`.
public struct PuzzleView: Hashable, Sendable {
    /// Its id.
    public var id: Identifier
    /// Its kind.
    public var type: PuzzleType
    /// What it is about; none for everyone but its player.
    public var data: PuzzleData?
    /// What solving it gives to the next player in the ring.
    public var worth: Int

    /// Joins the parts.
    public init(id: Identifier, type: PuzzleType, data: PuzzleData?, worth: Int) {
        self.id = id
        self.type = type
        self.data = data
        self.worth = worth
    }

    /// The same for everyone but its player.
    public var withoutData: PuzzleView {
        var view = self
        view.data = nil
        return view
    }
}

/// A try at a puzzle: `{"puzzle_id","answer"}`.
public struct PuzzleAttempt: Hashable, Sendable {
    /// The puzzle that is meant.
    public var puzzle: Identifier
    /// 1 to 64 characters.
    public var answer: String

    /// Joins the parts.
    public init(puzzle: Identifier, answer: String) {
        self.puzzle = puzzle
        self.answer = answer
    }
}

/// What became of a try: `{"correct","points","awarded_to","next_puzzle"}`.
public struct AttemptAnswer: Hashable, Sendable {
    /// Whether it was right.
    public var isCorrect: Bool
    /// The points of the one who tried, afterwards.
    public var points: Int
    /// Who got the puzzle's worth; none after a wrong answer.
    public var awardedTo: AccountName?
    /// The next puzzle; none after a wrong answer, which leaves the puzzle open, and after the relay's end.
    public var nextPuzzle: PuzzleView?

    /// Joins the parts.
    public init(isCorrect: Bool, points: Int, awardedTo: AccountName?, nextPuzzle: PuzzleView?) {
        self.isCorrect = isCorrect
        self.points = points
        self.awardedTo = awardedTo
        self.nextPuzzle = nextPuzzle
    }
}
