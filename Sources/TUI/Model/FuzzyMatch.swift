/// How well what was typed stands for a text: its characters in their order, with others between them.
struct FuzzyMatch: Hashable, Sendable {
    /// Higher is better; comparable for one query alone.
    var score: Int
    /// The places of the text's characters that were typed.
    var places: [Int]

    private static let wordStart = 8
    private static let neighbour = 8
    private static let first = 4
    private static let mostBesides = 60

    /// Nothing where the text lacks a character; case and spaces in the query mean nothing.
    init?(_ query: String, in text: String) {
        let wanted = query.lowercased().filter { !$0.isWhitespace }
        let characters = Array(text.lowercased())
        guard !wanted.isEmpty else {
            self.init(score: 0, places: [])
            return
        }
        // The best way to each place of the text that ends with the query's character so far.
        var best: [Int: FuzzyMatch] = [:]
        for (number, character) in wanted.enumerated() {
            var next: [Int: FuzzyMatch] = [:]
            for (at, candidate) in characters.enumerated() where candidate == character {
                if number == 0 {
                    next[at] = FuzzyMatch(score: Self.worth(at, characters), places: [at])
                } else if let way = Self.best(of: best, before: at) {
                    let beside = way.places.last == at - 1 ? Self.neighbour : 0
                    next[at] = FuzzyMatch(
                        score: way.score + Self.worth(at, characters) + beside, places: way.places + [at])
                }
            }
            best = next
        }
        guard let match = Self.best(of: best, before: characters.count) else { return nil }
        // Of two texts that match alike the one with less besides was meant.
        let besides = min(characters.count - match.places.count, Self.mostBesides)
        self.init(score: match.score * 4 - besides, places: match.places)
    }

    private init(score: Int, places: [Int]) {
        self.score = score
        self.places = places
    }

    /// What a character at a place is worth: those that begin words are what people type.
    private static func worth(_ at: Int, _ characters: [Character]) -> Int {
        if at == 0 { return wordStart + first }
        let before = characters[at - 1]
        return before.isLetter || before.isNumber ? 1 : wordStart
    }

    private static func best(of ways: [Int: FuzzyMatch], before end: Int) -> FuzzyMatch? {
        var found: FuzzyMatch?
        for at in 0..<end {
            guard let way = ways[at] else { continue }
            let gain = way.places.last == end - 1 ? neighbour : 0
            let foundGain = found?.places.last == end - 1 ? neighbour : 0
            if found.map({ way.score + gain > $0.score + foundGain }) ?? true { found = way }
        }
        return found
    }
}
