import Client
import Game
import Protocol
import Testing

@Suite struct PuzzleSolverTests {
    @Test("every puzzle is solved from what its player is told", arguments: PuzzleType.allCases)
    func solves(type: PuzzleType) throws {
        let solver = PuzzleSolver(stock: try StandardPuzzles.stock())
        for puzzle in try StandardPuzzles.make(type, ofEach: 300) {
            let answer = try #require(solver.answer(puzzle.data), "\(puzzle)")
            #expect(puzzle.accepts(answer), "\(answer) to \(puzzle)")
        }
    }

    @Test("without words, word games stay unsolved and all others don't", arguments: PuzzleType.allCases)
    func withoutStock(type: PuzzleType) throws {
        let solver = PuzzleSolver(stock: nil)
        let needsWords = type == .anagram || type == .oddOneOut
        for puzzle in try StandardPuzzles.make(type, ofEach: 20) {
            #expect((solver.answer(puzzle.data) == nil) == needsWords)
        }
    }

    @Test(
        "what is no puzzle has no answer",
        arguments: [
            .arithmetic(expression: ""), .arithmetic(expression: "1 +"), .arithmetic(expression: "1 + x"),
            .arithmetic(expression: "9223372036854775807 + 1"), .arithmetic(expression: "1 ÷ 2"),
            .arithmetic(expression: "9223372036854775807 × 9223372036854775807"),
            .arithmetic(expression: "0 − -9223372036854775808"),
            .anagram(letters: "", hint: ""), .anagram(letters: String(repeating: "a", count: 99), hint: ""),
            .sequence(terms: []), .sequence(terms: [Int.min, Int.max, Int.min, Int.max, 0]),
            .oddOneOut(words: []), .oddOneOut(words: ["tiger", "spoon"]),
            .oddOneOut(words: ["tiger", "spoon", "apple"]),
            .oddOneOut(words: [String](repeating: "tiger", count: 10_000)),
            .rotation(shape: [], options: []), .rotation(shape: ["##", "#."], options: [["#"], []]),
            .logic(people: [], items: [], clues: [], question: ""),
            .logic(people: ["Ann", "Bob"], items: ["cup"], clues: [], question: "Who has the cup?"),
            .logic(people: ["Ann", "Bob"], items: ["cup", "pen"], clues: [], question: "Who has the cup?"),
            .logic(people: ["Ann", "Bob"], items: ["cup", "pen"], clues: ["Ann!"], question: "Who?"),
            .logic(
                people: ["Ann", "Bob"], items: ["cup", "pen"],
                clues: ["Ann has the cup.", "Ann doesn't have the cup."], question: "Who has the cup?"),
            .memory(rows: [], showMs: 0, question: "How many cells were filled in row 1?"),
            .memory(rows: ["#"], showMs: 0, question: "How many cells were filled in row 2?"),
            .memory(rows: ["#"], showMs: 0, question: "How many in row -9223372036854775808?"),
            .memory(rows: ["#"], showMs: 0, question: "Why?"),
            .memory(rows: [], showMs: 0, question: "Which row had the most filled cells?"),
        ] as [PuzzleData])
    func none(data: PuzzleData) throws {
        #expect(PuzzleSolver(stock: try StandardPuzzles.stock()).answer(data) == nil)
    }
}
