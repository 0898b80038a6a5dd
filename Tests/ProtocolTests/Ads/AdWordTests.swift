import Protocol
import Testing

@Suite struct AdWordTests {
    @Test("a page is a word of small letters and underscores", arguments: ["a", "shaky_dot", "_", "home"])
    func pages(word: String) {
        #expect(AdPage(rawValue: word)?.rawValue == word)
    }

    @Test(
        "no other text is a page",
        arguments: ["", "Home", "page1", "a-b", "a b", "é", "a\n", String(repeating: "a", count: 33)])
    func noPages(text: String) {
        #expect(AdPage(rawValue: text) == nil)
    }

    @Test("a page and an id of 32 characters are the longest")
    func longest() {
        let text = String(repeating: "a", count: 32)
        #expect(AdPage(rawValue: text)?.description == text)
        #expect(AdID(rawValue: text)?.description == text)
    }

    @Test("ids are of small letters, digits and hyphens, in the order of their bytes")
    func ids() {
        let texts = ["-", "0", "9z", "a", "a-", "a0", "aa", "b"]
        #expect(texts.reversed().compactMap(AdID.init).sorted().map(\.rawValue) == texts)
        for text in ["", "A", "a_b", "a b", "é", String(repeating: "a", count: 33)] {
            #expect(AdID(rawValue: text) == nil, "\(text)")
        }
    }

    @Test("home and ad are the pages of these words")
    func known() {
        #expect(AdPage.home == AdPage(rawValue: "home"))
        #expect(AdPage.ad == AdPage(rawValue: "ad"))
    }
}
