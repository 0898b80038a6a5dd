import Foundation
import Protocol
import Testing

@Suite struct SkinOfferTests {
    private static func offer() throws -> SkinOffer {
        try #require(
            SkinOffer(
                SkinTests.read(SkinTests.text), in: SkinAssets.baseColors(), isOwned: true, isEquipped: false)
        )
    }

    @Test("an offer's text is the contract's: inputs in their order, colors with name and hex")
    func text() throws {
        let text = String(decoding: SkinOffer.json([try Self.offer()]), as: UTF8.self)
        let expected =
            #"[{"id":"my-skin","title":"My skin","author":"Ada","price":70,"owned":true,"equipped":false,"#
            + ##""inputs":[{"name":"cursor","values":[{"name":"snow","color":"#f6f8fa"}]},"##
            + ##"{"name":"dot","values":[{"name":"coral","color":"#ff7a66"}]},"##
            + ##"{"name":"trail","values":[{"name":"coral","color":"#ff7a66"},"##
            + ##"{"name":"ember","color":"#ff3b1f"}]},"##
            + ##"{"name":"frame","values":[{"name":"ash","color":"#a7adb5"},{"name":"ash","color":"#a7adb5"}]},"##
            + ##"{"name":"palette","values":[{"name":"ink","color":"#0b0d12"},"##
            + ##"{"name":"snow","color":"#f6f8fa"},{"name":"ash","color":"#a7adb5"},"##
            + ##"{"name":"coral","color":"#ff7a66"}]}]}]"##
        #expect(text == expected)
    }

    @Test("offers of all skins of the project come back, whatever is owned and equipped")
    func roundTrip() throws {
        let colors = try SkinAssets.baseColors()
        var offers: [SkinOffer] = []
        for (index, skin) in try SkinAssets.skins().enumerated() {
            offers.append(
                try #require(SkinOffer(skin, in: colors, isOwned: index % 2 == 0, isEquipped: index == 2)))
        }
        #expect(try SkinOffer.list(json: SkinOffer.json(offers)) == offers)
        #expect(try SkinOffer.list(json: SkinOffer.json([])) == [])
    }

    @Test("a skin's colors are those of its names, in order")
    func colors() throws {
        let colors = try SkinAssets.baseColors()
        let skin = try SkinTests.read(SkinTests.text)
        let look = try #require(skin.look(in: colors))
        #expect(skin.colors(of: .trail, in: colors).map(\.hex) == ["#ff7a66", "#ff3b1f"])
        for input in SkinInput.allCases {
            #expect(look.colors(of: input) == skin.colors(of: input, in: colors))
            #expect(look[input].map(\.name) == skin.inputs[input])
        }
        #expect(
            [look.ground, look.text, look.quiet, look.accent].map(\.hex)
                == ["#0b0d12", "#f6f8fa", "#a7adb5", "#ff7a66"])
    }

    @Test("a skin that lacks a color can't be drawn or offered")
    func lacking() throws {
        let colors = try SkinAssets.baseColors()
        let whole = try SkinTests.read(SkinTests.text)
        var unknown = whole
        unknown.inputs[.dot] = ["coral", "no-such-color"]
        var short = whole
        short.inputs[.palette] = ["ink", "snow", "ash"]
        var lacking = whole
        lacking.inputs[.frame] = nil
        for skin in [unknown, short, lacking] {
            #expect(skin.look(in: colors) == nil)
            #expect(SkinOffer(skin, in: colors, isOwned: false, isEquipped: false) == nil)
        }
        #expect(unknown.colors(of: .dot, in: colors).map(\.hex) == ["#ff7a66"])
    }

    @Test("an input that this client doesn't know is passed over")
    func later() throws {
        let offer = try Self.offer()
        let text = String(decoding: SkinOffer.json([offer]), as: UTF8.self)
            .replacing(#""inputs":["#, with: #""inputs":[{"name":"sound","values":[]},"#)
        #expect(try SkinOffer.list(json: Array(text.utf8)) == [offer])
    }

    @Test(
        "an offer that can't be is refused by what is wrong",
        arguments: [
            (#""id":"my-skin""#, #""id":"My skin""#, #""items[0].id""#),
            (#""owned":true"#, #""owned":1"#, #""items[0].owned""#),
            (#""equipped":false,"#, "", #""items[0].equipped" is missing"#),
            (#""price":70"#, #""price":-1"#, #""items[0].price""#),
            (#""title":"My skin""#, #""title":"\u001b[2J""#, #""items[0].title""#),
            (##""color":"#f6f8fa""##, #""color":"white""#, #""items[0].inputs[0].values[0].color""#),
            (#""name":"cursor""#, #""name":"dot""#, #""items[0].inputs[1].name""#),
            (#""name":"cursor""#, #""name":"sound""#, #""items[0].inputs""#),
        ])
    func refused(part: String, replacement: String, why: String) throws {
        let text = String(decoding: SkinOffer.json([try Self.offer()]), as: UTF8.self)
        let broken = text.replacing(part, with: replacement, maxReplacements: 1)
        #expect(broken != text)
        let failure = try #require(throws: Failure.self) { try SkinOffer.list(json: Array(broken.utf8)) }
        #expect(failure.code == .badRequest)
        #expect(failure.message.contains(why), "\(failure.message)")
    }

    @Test("the answer to a purchase comes back, and says what was bought and what is left")
    func purchase() throws {
        let answer = PurchaseAnswer(skin: try #require(SkinID(rawValue: "noir")), points: 3)
        #expect(String(decoding: answer.json(), as: UTF8.self) == #"{"skin":"noir","points":3}"#)
        #expect(try PurchaseAnswer(json: answer.json()) == answer)
        for text in [#"{"skin":"No","points":3}"#, #"{"skin":"noir","points":-3}"#, #"{"skin":"noir"}"#] {
            #expect(throws: Failure.self) { try PurchaseAnswer(json: Array(text.utf8)) }
        }
    }
}

@Suite struct SkinIDTests {
    @Test(
        "an id is 1 to 32 of a-z, 0-9 and -",
        arguments: ["a", "0", "-", "neon-night", String(repeating: "z", count: 32)])
    func taken(text: String) throws {
        let id = try #require(SkinID(rawValue: text))
        #expect(id.description == text)
        #expect(try JSONDecoder().decode(SkinID.self, from: JSONEncoder().encode(id)) == id)
    }

    @Test(
        "anything else is no id",
        arguments: ["", "A", "a b", "a_b", "a/b", ".", "é", "a\u{0}", "ａ", String(repeating: "z", count: 33)])
    func refused(text: String) throws {
        #expect(SkinID(rawValue: text) == nil)
        let json = try JSONEncoder().encode(text)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(SkinID.self, from: json) }
    }

    @Test("ids stand in the order of their characters")
    func order() {
        let ids = ["b", "a-b", "a", "a0", "9"].compactMap(SkinID.init)
        #expect(ids.sorted().map(\.rawValue) == ["9", "a", "a-b", "a0", "b"])
    }
}
