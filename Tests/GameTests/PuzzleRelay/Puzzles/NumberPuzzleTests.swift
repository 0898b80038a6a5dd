import Game
import Protocol
import Testing

@Suite struct NumberPuzzleTests {
    @Test("a sum's answer is what the sum comes to, within a million")
    func arithmetic() throws {
        for puzzle in try StandardStock.puzzles(.arithmetic) {
            guard case .arithmetic(let expression) = puzzle.data else {
                Issue.record("\(puzzle)")
                continue
            }
            let value = Self.value(of: expression)
            #expect("\(value)" == puzzle.answer, "\(expression)")
            #expect((-1_000_000...1_000_000).contains(value))
            #expect(value >= 0 || puzzle.difficulty > 7)
            #expect(puzzle.difficulty > 1 || !expression.contains("×"))
        }
    }

    /// Each term with the sign before it, products first.
    private static func value(of expression: String) -> Int {
        expression.replacing(" − ", with: " + -").split(separator: " + ").reduce(0) { sum, term in
            sum + term.split(separator: " × ").reduce(1) { $0 * (Int($1) ?? 0) }
        }
    }

    @Test("a sequence goes on in one way only by all rules that fit its terms")
    func sequence() throws {
        for puzzle in try StandardStock.puzzles(.sequence, ofEach: 500) {
            guard case .sequence(let terms) = puzzle.data, let answer = Int(puzzle.answer) else {
                Issue.record("\(puzzle)")
                continue
            }
            #expect((5...7).contains(terms.count))
            #expect(NumberSequence.continuations(of: terms) == [answer], "\(terms)")
            #expect((terms + [answer]).allSatisfy { abs($0) < 1_000_000 })
            #expect(Set(terms + [answer]).count > 4, "\(terms) hardly change")
        }
    }

    @Test("a memory puzzle's answer is what the grid shows, and no other line ties with it")
    func memory() throws {
        for puzzle in try StandardStock.puzzles(.memory) {
            guard case .memory(let rows, let showMs, let question) = puzzle.data else {
                Issue.record("\(puzzle)")
                continue
            }
            #expect((3...8).contains(rows.count) && rows.allSatisfy { $0.count == rows.count })
            #expect((2_000...6_500).contains(showMs))
            let columns = (0..<rows.count).map { column in rows.map { Array($0)[column] } }
            let lines = question.contains("column") ? columns : rows.map(Array.init)
            let counts = lines.map { line in line.count { $0 == "#" } }
            if let match = question.wholeMatch(of: /How many cells were filled in (?:row|column) (\d)\?/) {
                let index = try #require(Int(match.1))
                #expect(puzzle.answer == "\(counts[index - 1])")
            } else if let match = question.wholeMatch(of: /Which (?:row|column) had the (\w+) filled cells\?/)
            {
                let wanted = match.1 == "most" ? counts.max() : counts.min()
                let found = counts.indices.filter { counts[$0] == wanted }
                #expect(found.map { "\($0 + 1)" } == [puzzle.answer])
            } else {
                Issue.record("\(question)")
            }
        }
    }
}
