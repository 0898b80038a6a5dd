import Protocol

/// Who has what: three people at first, then four, and less direct clues as it gets harder.
enum LogicPuzzle {
    /// What a clue says of an assignment, where `has[person]` is the thing's index.
    private struct Clue {
        var text: String
        var holds: (_ has: [Int]) -> Bool
    }

    private static let maxClues = 8

    static func make(_ difficulty: Int, _ random: inout SeededGenerator, _ stock: PuzzleStock) -> (
        data: PuzzleData, answer: String
    ) {
        let count = difficulty > 5 ? 4 : 3
        let people = Array(stock.people.shuffled(using: &random).prefix(count))
        let items = Array(stock.things.shuffled(using: &random).prefix(count))
        let solution = Array(0..<count).shuffled(using: &random)
        var clues: [Clue]
        repeat {
            clues = chosen(from: all(people, items, solution, difficulty).shuffled(using: &random), count)
        } while clues.count > maxClues

        let person = Int.random(in: 0..<count, using: &random)
        let asksForPerson = Bool.random(using: &random)
        let item = items[solution[person]]
        let question = asksForPerson ? "Who has the \(item)?" : "What does \(people[person]) have?"
        return (
            .logic(people: people, items: items, clues: clues.map(\.text), question: question),
            asksForPerson ? people[person] : item
        )
    }

    /// Enough clues that one assignment is left, and none that could be spared.
    private static func chosen(from offered: [Clue], _ count: Int) -> [Clue] {
        let assignments = permutations(count)
        var left = assignments
        var clues: [Clue] = []
        for clue in offered where left.count > 1 {
            let fewer = left.filter(clue.holds)
            guard fewer.count < left.count else { continue }
            left = fewer
            clues.append(clue)
        }
        for index in clues.indices.reversed() {
            var fewer = clues
            fewer.remove(at: index)
            if assignments.count(where: { has in fewer.allSatisfy { $0.holds(has) } }) == 1 { clues = fewer }
        }
        return clues
    }

    /// Every clue that is true and that the difficulty allows.
    private static func all(
        _ people: [String], _ items: [String], _ solution: [Int], _ difficulty: Int
    ) -> [Clue] {
        var clues: [Clue] = []
        for (person, name) in people.enumerated() {
            for (item, thing) in items.enumerated() {
                if difficulty < 3 {
                    clues.append(Clue(text: "\(name) has the \(thing).") { $0[person] == item })
                }
                if difficulty < 9 {
                    clues.append(Clue(text: "\(name) doesn't have the \(thing).") { $0[person] != item })
                }
                guard difficulty > 3 else { continue }
                for (other, thing2) in items.enumerated() where other > item {
                    clues.append(
                        Clue(text: "\(name) has the \(thing) or the \(thing2).") {
                            $0[person] == item || $0[person] == other
                        })
                }
                for (other, name2) in people.enumerated() where other > person {
                    clues.append(
                        Clue(text: "\(name) or \(name2) has the \(thing).") {
                            $0[person] == item || $0[other] == item
                        })
                }
                guard difficulty > 6 else { continue }
                for (other, name2) in people.enumerated() where other != person {
                    for (item2, thing2) in items.enumerated() where item2 != item {
                        clues.append(
                            Clue(text: "If \(name) has the \(thing), \(name2) has the \(thing2).") {
                                $0[person] != item || $0[other] == item2
                            })
                    }
                }
            }
        }
        return clues.filter { $0.holds(solution) }
    }

    /// Every way to give `count` things to as many people, in a fixed order.
    static func permutations(_ count: Int) -> [[Int]] {
        guard count > 0 else { return [[]] }
        return permutations(count - 1).flatMap { shorter in
            (0..<count).map { place in
                var longer = shorter
                longer.insert(count - 1, at: place)
                return longer
            }
        }
    }
}
