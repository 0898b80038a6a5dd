import Protocol
import Testing

@testable import Bot

@Suite("A guess")
struct GuessTests {
    @Test("goes on as the last two numbers went")
    func sequence() {
        var random = SeededGenerator(seed: 1)
        #expect(Guess.answer(.sequence(terms: [1, 4, 7]), using: &random) == "10")
        #expect(Guess.answer(.sequence(terms: [3]), using: &random) == "3")
        #expect(Guess.answer(.sequence(terms: []), using: &random) == "0")
        #expect(
            Guess.answer(.sequence(terms: [.min, .max]), using: &random) == "\(Int.max &+ (.max &- .min))")
    }

    @Test("is an answer that the puzzle could have, and that the wire takes")
    func choices() throws {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<100 {
            let odd = try #require(Int(Guess.answer(.oddOneOut(words: ["a", "b", "c"]), using: &random)))
            #expect((1...3).contains(odd))
            let turned = PuzzleData.rotation(shape: ["#"], options: [["#"], ["."]])
            #expect(["1", "2"].contains(Guess.answer(turned, using: &random)))
            let logic = PuzzleData.logic(people: ["Ada"], items: ["tea"], clues: [], question: "?")
            #expect(["Ada", "tea"].contains(Guess.answer(logic, using: &random)))
            let anagram = PuzzleData.anagram(letters: "TSTE", hint: "a trial")
            #expect(Guess.answer(anagram, using: &random).sorted() == ["E", "S", "T", "T"])
            let sum = try #require(Int(Guess.answer(.arithmetic(expression: "1 + 1"), using: &random)))
            #expect((0...100).contains(sum))
            let memory = PuzzleData.memory(rows: ["#.", ".#"], showMs: 1, question: "how many?")
            #expect(["0", "1", "2"].contains(Guess.answer(memory, using: &random)))
        }
    }
}
