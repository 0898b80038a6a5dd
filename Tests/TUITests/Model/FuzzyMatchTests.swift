import Testing

@testable import TUI

@Suite struct FuzzyMatchTests {
    @Test(
        "what was typed has to be there in its order, with anything between",
        arguments: ["arc", "ace", "ARCADE", "a d e"])
    func matches(query: String) {
        #expect(FuzzyMatch(query, in: "Arcade") != nil)
    }

    @Test("what isn't there in its order is no match", arguments: ["acr", "arcadee", "x"])
    func misses(query: String) {
        #expect(FuzzyMatch(query, in: "Arcade") == nil)
    }

    @Test(
        "words' beginnings, neighbours and shorter texts are better",
        arguments: [
            ("zi", "zoom in", "magazine"), ("in", "zoom in", "paint a line again"),
            ("set", "Settings", "send that"),
            ("go", "go to x,y", "go to x,y and back again"),
        ])
    func better(query: String, good: String, bad: String) throws {
        let better = try #require(FuzzyMatch(query, in: good))
        let worse = try #require(FuzzyMatch(query, in: bad))
        #expect(better.score > worse.score)
    }

    @Test("the places are those of the characters that were typed, in their order")
    func places() throws {
        let match = try #require(FuzzyMatch("thli", in: "theme: light"))
        #expect(match.places == [0, 1, 7, 8])
        #expect(FuzzyMatch("", in: "anything")?.places == [])
    }

    @Test("a long query over a long text is answered at once, however often its letters come again")
    func long() {
        let text = String(repeating: "ab", count: 200)
        #expect(FuzzyMatch(String(repeating: "ab", count: 20), in: text) != nil)
        #expect(FuzzyMatch(String(repeating: "b", count: 201), in: text) == nil)
    }
}
