import Game
import Protocol
import Testing

@Suite struct WordPuzzleTests {
    @Test("an anagram has the letters of one word of the stock, never in that word's order")
    func anagram() throws {
        let stock = try StandardStock.read()
        for puzzle in try StandardStock.puzzles(.anagram) {
            guard case .anagram(let letters, let hint) = puzzle.data else {
                Issue.record("\(puzzle)")
                continue
            }
            #expect(letters != puzzle.answer)
            let found = stock.categories.flatMap { category in
                category.words.filter { $0.sorted() == letters.sorted() }.map { (category.name, $0) }
            }
            #expect(found.map(\.0) == [hint])
            #expect(found.map(\.1) == [puzzle.answer])
            #expect(letters.count == 4 + (puzzle.difficulty - 1) * 5 / 9)
        }
    }

    @Test("one word is of another category, and all others share one")
    func oddOneOut() throws {
        let stock = try StandardStock.read()
        for puzzle in try StandardStock.puzzles(.oddOneOut) {
            guard case .oddOneOut(let words) = puzzle.data else {
                Issue.record("\(puzzle)")
                continue
            }
            #expect(Set(words).count == words.count)
            let homes = words.map { word in stock.categories.filter { $0.words.contains(word) } }
            #expect(homes.allSatisfy { $0.count == 1 })
            let odd = words.indices.filter { words[$0] == puzzle.answer }
            try #require(odd.count == 1)
            let others = Set(words.indices.filter { $0 != odd[0] }.map { homes[$0][0].name })
            #expect(others.count == 1)
            #expect(!others.contains(homes[odd[0]][0].name))
            let kin = Set(homes.map { $0[0].kin })
            #expect(kin.count == (puzzle.difficulty > 4 ? 1 : 2), "\(words)")
        }
    }

    @Test("the clues leave one way to give out the things, and each clue is needed")
    func logic() throws {
        for puzzle in try StandardStock.puzzles(.logic) {
            guard case .logic(let people, let items, let clues, let question) = puzzle.data else {
                Issue.record("\(puzzle)")
                continue
            }
            #expect(people.count == (puzzle.difficulty > 5 ? 4 : 3))
            #expect(items.count == people.count)
            let ways = Self.ways(people, items)
            let rules = try clues.map(Self.rule)
            let left = ways.filter { way in rules.allSatisfy { $0(way) } }
            try #require(left.count == 1, "\(clues)")
            for spared in rules.indices {
                let more = ways.count { way in rules.indices.allSatisfy { $0 == spared || rules[$0](way) } }
                #expect(more > 1, "\(clues[spared]) says nothing in \(clues)")
            }
            let asked = question.split { " ?".contains($0) }.map(String.init)
            if asked.starts(with: ["Who", "has", "the"]) {
                #expect(left[0].first { $0.value == asked[3] }?.key == puzzle.answer)
            } else {
                #expect(asked.count == 4 && asked[0] == "What" && asked[1] == "does" && asked[3] == "have")
                #expect(left[0][asked[2]] == puzzle.answer)
            }
        }
    }

    /// Every way in which each person has one thing.
    private static func ways(_ people: [String], _ items: [String]) -> [[String: String]] {
        guard let person = people.first else { return [[:]] }
        return items.flatMap { item in
            ways(Array(people.dropFirst()), items.filter { $0 != item }).map { way in
                way.merging([person: item]) { $1 }
            }
        }
    }

    /// What a clue says, read as a person would; it stands word for word in one of five forms.
    private static func rule(_ clue: String) throws -> ([String: String]) -> Bool {
        let words = clue.split { " .,".contains($0) }.map(String.init)
        func form(_ places: [Int]) -> String {
            words.enumerated().map { places.contains($0.offset) ? "_" : $0.element }.joined(separator: " ")
        }
        if words.count == 4, form([0, 3]) == "_ has the _" {
            return { $0[words[0]] == words[3] }
        } else if words.count == 5, form([0, 4]) == "_ doesn't have the _" {
            return { $0[words[0]] != words[4] }
        } else if words.count == 6, form([0, 2, 5]) == "_ or _ has the _" {
            return { $0[words[0]] == words[5] || $0[words[2]] == words[5] }
        } else if words.count == 7, form([0, 3, 6]) == "_ has the _ or the _" {
            return { $0[words[0]] == words[3] || $0[words[0]] == words[6] }
        }
        try #require(form([1, 4, 5, 8]) == "If _ has the _ _ has the _", "\(clue)")
        return { $0[words[1]] != words[4] || $0[words[5]] == words[8] }
    }
}
