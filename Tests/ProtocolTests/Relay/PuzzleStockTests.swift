import Foundation
import Protocol
import Testing

@Suite struct PuzzleStockTests {
    static func file() throws -> PuzzleStock {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return try PuzzleStock(
            json: Array(Data(contentsOf: root.appending(path: "assets/puzzles/words.json"))))
    }

    @Test("the project's words are many, of many categories, each of 4 to 9 letters")
    func standard() throws {
        let stock = try Self.file()
        #expect(stock.categories.count >= 12)
        #expect(stock.categories.allSatisfy { $0.words.count >= 15 })
        #expect(Set(stock.categories.flatMap(\.words).map(\.count)) == Set(PuzzleStock.wordLetters))
        #expect(stock.people.count >= 8 && stock.things.count >= 8)
    }

    @Test("no word of the project stands twice, nor do two have the same letters")
    func distinct() throws {
        let words = try Self.file().categories.flatMap(\.words)
        #expect(Set(words.map { String($0.sorted()) }).count == words.count)
    }

    @Test("each category of the project has one that is close to it and one that isn't")
    func kin() throws {
        let categories = try Self.file().categories
        for category in categories {
            #expect(categories.contains { $0.kin == category.kin && $0.name != category.name })
            #expect(categories.contains { $0.kin != category.kin })
        }
    }

    static let names = #""people":["Ann","Bob","Cleo","Dan"],"things":["lamp","drum","kite","cup"]"#
    static let birds = #"["heron","raven","eagle","robin","swan","dove","goose","stork"]"#
    static let tools = #"["spade","drill","anvil","clamp","rake","chisel","mallet","trowel"]"#

    static func text(names: String = names, first: String = birds, second: String = tools) -> String {
        #"{\#(names),"categories":[{"name":"bird","kin":"animal","words":\#(first)},"#
            + #"{"name":"tool","kin":"household","words":\#(second)}]}"#
    }

    @Test("the smallest stock is read in order")
    func small() throws {
        let stock = try PuzzleStock(json: Array(Self.text().utf8))
        #expect(stock.categories.map(\.name) == ["bird", "tool"])
        #expect(stock.categories.map(\.kin) == ["animal", "household"])
        #expect(stock.categories[0].words.first == "heron")
        #expect(stock.people == ["Ann", "Bob", "Cleo", "Dan"])
        #expect(stock.things == ["lamp", "drum", "kite", "cup"])
    }

    @Test(
        "a stock that isn't fit for puzzles says what is wrong",
        arguments: [
            ("", "JSON"), ("[]", "object"), ("{}", #""people" is missing"#),
            (text(names: #""people":["Ann"],"things":["lamp","drum","kite","cup"]"#), #""people""#),
            (
                text(names: #""people":["Ann","Bob","Cleo","Dan"],"things":["a b","drum","kite","cup"]"#),
                #""things""#
            ),
            (
                text(names: #""people":["Ann","Bob","Cleo","Dan"],"things":["ann","drum","kite","cup"]"#),
                #""things""#
            ),
            (text(first: #"["heron"]"#), #"categories[0].words""#),
            (text(first: birds.replacing("swan", with: "Swan")), "from a to z"),
            (text(first: birds.replacing("swan", with: "owl")), "4 to 9"),
            (text(first: birds.replacing("swan", with: "woodpecker")), "4 to 9"),
            (text(first: birds.replacing("swan", with: "aaaa")), "different letters"),
            (text(second: tools.replacing("rake", with: "swan")), #""swan" has another's"#),
            (text(second: tools.replacing("rake", with: "wans")), #""wans" has another's"#),
            (text().replacing(#""tool""#, with: #""bird""#), #""categories""#),
            (text().replacing(#""kin":"animal","#, with: ""), #""categories[0].kin" is missing"#),
        ])
    func refused(text: String, message: String) throws {
        let failure = try #require(throws: Failure.self) { try PuzzleStock(json: Array(text.utf8)) }
        #expect(failure.message.contains(message), "\(failure.message)")
    }
}
