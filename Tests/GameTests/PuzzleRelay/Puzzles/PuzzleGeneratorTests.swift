import Game
import Protocol
import Testing

@Suite struct PuzzleGeneratorTests {
    @Test("the same seed makes the same puzzle, another one another", arguments: PuzzleType.allCases)
    func seeded(type: PuzzleType) throws {
        let stock = try StandardStock.read()
        let puzzles = (0..<50).map { seed in
            PuzzleGenerator.make(type: type, difficulty: 5, seed: seed, stock: stock)
        }
        let again = (0..<50).map { seed in
            PuzzleGenerator.make(type: type, difficulty: 5, seed: seed, stock: stock)
        }
        #expect(puzzles == again)
        #expect(Set(puzzles).count > 40)
        #expect(puzzles.allSatisfy { $0.data.type == type })
    }

    @Test("a puzzle of no kind in particular is of any kind")
    func anyType() throws {
        let stock = try StandardStock.read()
        let types = (0..<200).map { seed in
            PuzzleGenerator.make(type: nil, difficulty: 1, seed: seed, stock: stock).data.type
        }
        #expect(Set(types) == Set(PuzzleType.allCases))
    }

    @Test("each puzzle takes its answer, of at most 64 characters", arguments: PuzzleType.allCases)
    func ownAnswer(type: PuzzleType) throws {
        for puzzle in try StandardStock.puzzles(type) {
            #expect(puzzle.accepts(puzzle.answer), "\(puzzle)")
            #expect((1...Limits.maxAnswerCharacters).contains(puzzle.answer.count))
            #expect(!puzzle.accepts("no"))
        }
    }

    @Test("what a player is told survives the way over the wire", arguments: PuzzleType.allCases)
    func wire(type: PuzzleType) throws {
        for puzzle in try StandardStock.puzzles(type, ofEach: 5) {
            #expect(try PuzzleData(type, json: puzzle.data.json()) == puzzle.data)
        }
    }

    @Test(
        "a difficulty out of bounds counts as the nearest",
        arguments: [(Int.min, 1), (0, 1), (11, 10), (Int.max, 10)])
    func bounds(given: Int, counts: Int) throws {
        let stock = try StandardStock.read()
        let puzzle = PuzzleGenerator.make(type: nil, difficulty: given, seed: 3, stock: stock)
        #expect(puzzle == PuzzleGenerator.make(type: nil, difficulty: counts, seed: 3, stock: stock))
        #expect(puzzle.difficulty == counts)
    }

    @Test("difficulty rises with solves from 1 to 10 and never falls")
    func difficulty() {
        let steps = (0...100).map(PuzzleGenerator.difficulty(afterSolves:))
        #expect(steps.first == 1)
        #expect(steps.last == 10)
        #expect(steps == steps.sorted())
        #expect(Set(steps) == Set(PuzzleGenerator.difficulties))
        #expect(PuzzleGenerator.difficulty(afterSolves: -1) == 1)
        #expect(PuzzleGenerator.difficulty(afterSolves: .max) == 10)
    }

    @Test(
        "the easiest puzzle is worth the award, each step a quarter of it more, rounded down",
        arguments: [
            (10, 1, 10), (10, 2, 12), (10, 3, 15), (10, 10, 32), (0, 7, 0), (1, 4, 1),
            (1_000_000, 10, 3_250_000),
        ])
    func worth(award: Int, difficulty: Int, worth: Int) {
        #expect(PuzzleGenerator.worth(award: award, difficulty: difficulty) == worth)
    }

    @Test("the hardest puzzles are larger than the easiest", arguments: PuzzleType.allCases)
    func rises(type: PuzzleType) throws {
        let puzzles = try StandardStock.puzzles(type)
        func size(_ difficulty: Int) -> Int {
            puzzles.filter { $0.difficulty == difficulty }.reduce(0) { $0 + load(of: $1.data) }
        }
        #expect(size(10) > size(5))
        #expect(size(5) > size(1))
    }

    /// How much there is to hold in mind.
    private func load(of data: PuzzleData) -> Int {
        switch data {
        case .arithmetic(let expression): expression.count
        case .anagram(let letters, _): letters.count
        case .sequence(let terms): terms.reduce(0) { $0 + "\($1)".count }
        case .oddOneOut(let words): words.count
        case .rotation(let shape, let options): (options + [shape]).joined().joined().count { $0 == "#" }
        case .logic(let people, _, let clues, _): people.count * 1_000 + clues.joined().count
        case .memory(let rows, let showMs, _): rows.count * 1_000 - showMs
        }
    }
}
