import Protocol
import Testing

@testable import TUI

@Suite struct FlatPuzzleTests {
    private func text(_ data: PuzzleData, isHidden: Bool = false) -> [String] {
        FlatPuzzle.lines(GameSamples.puzzle(data), isHidden: isHidden).map(\.text)
    }

    @Test("each kind of puzzle is read as words")
    func kinds() {
        #expect(
            text(.arithmetic(expression: "17 + 4")) == [
                "Sum, worth 12 points to the next player", "how much is 17 + 4?",
            ])
        #expect(
            text(.anagram(letters: "tac", hint: "animal")).suffix(2) == [
                "put the letters in order: T A C", "hint: animal",
            ])
        #expect(text(.sequence(terms: [2, 4, 8])).last == "which number comes next: 2, 4, 8?")
        #expect(
            text(.oddOneOut(words: ["cat", "oak"])).last
                == "which word doesn't belong with the others? 1 cat, 2 oak")
        #expect(text(GameSamples.logic.data ?? .sequence(terms: [])).last == "Who has the dog?")
    }

    @Test("a shape and its options are read row by row")
    func rotation() {
        let lines = text(.rotation(shape: ["##.", "#.."], options: [["#."], [".#"]]))
        #expect(
            lines.suffix(4) == [
                "shape, row 1: 2 filled, 1 empty", "shape, row 2: 1 filled, 2 empty",
                "option 1, row 1: 1 filled, 1 empty", "option 2, row 1: 1 empty, 1 filled",
            ])
    }

    @Test("what is to be remembered is read first, and the question when it is hidden")
    func memory() {
        let memory = PuzzleData.memory(rows: ["#.", ".#"], showMs: 4_000, question: "How many?")
        let shown = text(memory)
        #expect(shown.contains("remember this; the question comes in 4 seconds"))
        #expect(shown.contains("grid, row 2: 1 empty, 1 filled"))
        #expect(!shown.contains("How many?"))
        #expect(text(memory, isHidden: true).dropFirst() == ["How many?"])
    }

    @Test("a puzzle of any size is cut to what can be listened to")
    func hostile() {
        let rows = [String](repeating: String(repeating: "#.", count: 500), count: 500)
        let options = [[String]](repeating: rows, count: 500)
        let lines = FlatPuzzle.lines(
            GameSamples.puzzle(.rotation(shape: rows, options: options)), isHidden: false)
        #expect(lines.count <= 40)
        #expect(lines.allSatisfy { $0.text.count <= 400 })
    }
}
