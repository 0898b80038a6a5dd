import Protocol

/// An answer for want of a better one, in the form that the puzzle asks for.
enum Guess {
    /// What no puzzle's answer is.
    static let wrong = "?"

    static func answer(_ data: PuzzleData, using generator: inout some RandomNumberGenerator) -> String {
        switch data {
        case .arithmetic: number(in: 0...100, &generator)
        case .anagram(let letters, _): String(letters.shuffled(using: &generator))
        case .sequence(let terms): next(after: terms)
        case .oddOneOut(let words): number(in: 1...max(1, words.count), &generator)
        case .rotation(_, let options): number(in: 1...max(1, options.count), &generator)
        case .logic(let people, let items, _, _):
            (people + items).randomElement(using: &generator) ?? wrong
        case .memory(let rows, _, _): number(in: 0...max(1, rows.count), &generator)
        }
    }

    private static func number(
        in range: ClosedRange<Int>, _ generator: inout some RandomNumberGenerator
    ) -> String {
        String(Int.random(in: range, using: &generator))
    }

    /// As if the last step came once more.
    private static func next(after terms: [Int]) -> String {
        guard let last = terms.last else { return "0" }
        guard let before = terms.dropLast().last else { return String(last) }
        return String(last &+ (last &- before))
    }
}
