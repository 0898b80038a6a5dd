/// Finds who has what by trying every way to give the things out.
struct LogicSolver {
    private let people: [Substring]
    private let items: [Substring]

    /// More would be more ways than are worth trying.
    private static let sizes = 2...6
    private static let maxClues = 64

    /// Takes as many things as people; nil for other or too many ones.
    init?(people: [String], items: [String]) {
        guard Self.sizes.contains(people.count), people.count == items.count else { return nil }
        self.people = people.map { Substring($0) }
        self.items = items.map { Substring($0) }
    }

    /// The thing or the person that is asked for; nil where a clue isn't understood or the clues leave it open.
    func answer(_ clues: [String], _ question: String) -> String? {
        guard clues.count <= Self.maxClues else { return nil }
        var rules: [([Int]) -> Bool] = []
        for clue in clues {
            guard let rule = rule(words(clue)) else { return nil }
            rules.append(rule)
        }
        let found = Set(
            arrangements(of: Array(items.indices)).filter { has in rules.allSatisfy { $0(has) } }
                .map { asked(words(question), $0) })
        return found.count == 1 ? found.first.flatMap(\.self) : nil
    }

    /// What the question's answer would be if the people had these things.
    private func asked(_ question: [Substring], _ has: [Int]) -> String? {
        let names = question.compactMap { people.firstIndex(of: $0) }
        let things = question.compactMap { items.firstIndex(of: $0) }
        if question.first == "Who", let thing = things.last {
            return has.firstIndex(of: thing).map { String(people[$0]) }
        }
        return names.first.map { String(items[has[$0]]) }
    }

    /// Whether a clue holds, from its words: people and things stand for themselves, the rest for its form.
    private func rule(_ clue: [Substring]) -> (([Int]) -> Bool)? {
        let names = clue.compactMap { people.firstIndex(of: $0) }
        let things = clue.compactMap { items.firstIndex(of: $0) }
        switch (names.count, things.count, clue.first == "If") {
        case (1, 1, false):
            let isDenied = clue.contains("doesn't")
            return { ($0[names[0]] == things[0]) != isDenied }
        case (1, 2, false): return { things.contains($0[names[0]]) }
        case (2, 1, false): return { has in names.contains { has[$0] == things[0] } }
        case (2, 2, true): return { $0[names[0]] != things[0] || $0[names[1]] == things[1] }
        default: return nil
        }
    }

    private func words(_ text: String) -> [Substring] {
        text.split { " .,?".contains($0) }
    }

    private func arrangements(of rest: [Int]) -> [[Int]] {
        guard rest.count > 1 else { return [rest] }
        return rest.flatMap { first in
            arrangements(of: rest.filter { $0 != first }).map { [first] + $0 }
        }
    }
}
