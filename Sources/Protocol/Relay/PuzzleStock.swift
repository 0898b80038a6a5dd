/// The words that puzzles are made of.
///
/// It always has enough of everything for a puzzle of any difficulty, no word stands in it twice, and no two of
/// its words are anagrams of each other.
public struct PuzzleStock: Hashable, Sendable {
    /// Words for one kind of thing.
    public struct Category: Hashable, Sendable {
        /// What each of the words names, such as `mammal`.
        public var name: String
        /// What it shares with categories that are close to it, such as `animal`.
        public var kin: String
        /// 4 to 9 letters each, `a` to `z`.
        public var words: [String]
    }

    /// All categories, in their order; at least two.
    public let categories: [Category]
    /// People's names, for who has what; at least four, one word of ASCII letters each.
    public let people: [String]
    /// Names of things, for who has what; at least four, one word of ASCII letters each.
    public let things: [String]

    /// How long a word may be.
    public static let wordLetters = 4...9
    /// The fewest words of a category.
    public static let minWords = 8
    private static let minCategories = 2
    private static let minNames = 4
    private static let nameLetters = 2...8

    /// Reads `{"people":["Ann",…],"things":["lamp",…],"categories":[{"name","kin","words":["cat",…]},…]}`.
    ///
    /// Throws `bad_request` naming what is wrong: too few of something, a word of other length or letters, or
    /// two words of the same letters.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        people = try Self.names("people", fields)
        things = try Self.names("things", fields)
        guard Set((people + things).map { $0.lowercased() }).count == people.count + things.count else {
            throw fields.refusal("things", "other names than those of people, each once")
        }
        var categories: [Category] = []
        var letters: Set<String> = []
        for category in try fields.objects("categories") {
            let words = try category.strings("words")
            guard words.count >= Self.minWords, words.allSatisfy(Self.isWord) else {
                throw category.refusal(
                    "words", "at least \(Self.minWords) words of 4 to 9 different letters from a to z")
            }
            for word in words where !letters.insert(String(word.sorted())).inserted {
                throw category.refusal("words", "words of their own letters; \"\(word)\" has another's")
            }
            categories.append(
                Category(
                    name: try category.shortText("name", max: Limits.maxNameCharacters),
                    kin: try category.shortText("kin", max: Limits.maxNameCharacters), words: words))
        }
        guard categories.count >= Self.minCategories,
            Set(categories.map(\.name)).count == categories.count
        else { throw fields.refusal("categories", "at least two categories of different names") }
        self.categories = categories
    }

    /// A word that has another order: the right length, `a` to `z`, and not one letter alone.
    private static func isWord(_ word: String) -> Bool {
        wordLetters.contains(word.utf8.count) && Set(word.utf8).count > 1
            && word.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    }

    private static func names(_ name: String, _ fields: JSONFields) throws(Failure) -> [String] {
        let names = try fields.strings(name)
        guard names.count >= minNames,
            names.allSatisfy({ nameLetters.contains($0.utf8.count) && $0.allSatisfy(isASCIILetter) })
        else { throw fields.refusal(name, "at least \(minNames) names of 2 to 8 letters") }
        return names
    }

    private static func isASCIILetter(_ character: Character) -> Bool {
        character.isASCII && character.isLetter
    }
}
