import Foundation
import Protocol
import Testing

@Suite struct SkinTests {
    static let text = """
        {
            "id": "my-skin",
            "title": "My skin",
            "author": "Ada",
            "price": 70,
            "inputs": {
                "cursor": ["snow"],
                "dot": ["coral"],
                "trail": ["coral", "ember"],
                "frame": ["ash", "ash"],
                "palette": ["ink", "snow", "ash", "coral"]
            }
        }

        """

    static func read(_ text: String) throws -> Skin {
        try Skin(json: Array(text.utf8), colors: SkinAssets.baseColors())
    }

    @Test("a skin is read from its file, and its file is written as it was, one member a line")
    func roundTrip() throws {
        let skin = try Self.read(Self.text)
        #expect(skin.id.rawValue == "my-skin" && skin.title == "My skin" && skin.author == "Ada")
        #expect(skin.price == 70)
        #expect(skin.inputs[.palette] == ["ink", "snow", "ash", "coral"])
        #expect(skin.inputs.count == SkinInput.allCases.count)
        #expect(String(decoding: skin.json(), as: UTF8.self) == Self.text)
    }

    @Test("a skin whose members stand in another order, all on one line, is the same skin")
    func order() throws {
        let text =
            #"{"inputs":{"palette":["ink","snow","ash","coral"],"frame":["ash","ash"],"trail":["coral","ember"],"#
            + #""dot":["coral"],"cursor":["snow"]},"price":70,"author":"Ada","title":"My skin","id":"my-skin"}"#
        #expect(try Self.read(text) == Self.read(Self.text))
    }

    @Test("titles and authors of any script, with quotes and emoji, come back")
    func scripts() throws {
        var skin = try Self.read(Self.text)
        for title in [#""Noir" \ Blanc"#, "桜", "Zoë’s café", "Лава 🌋", "قوس قزح"] {
            skin.title = title
            skin.author = String(title.reversed())
            #expect(try Self.read(String(decoding: skin.json(), as: UTF8.self)) == skin)
        }
    }

    @Test("the largest skin that there can be fits its limit of bytes")
    func largest() throws {
        let name = String(repeating: "z", count: Limits.maxBaseColorCharacters)
        let colors = try BaseColors([BaseColor(name: name, color: Palette.Color(red: 1, green: 2, blue: 3))])
        // Four scalars of four bytes: no character that a title takes has more.
        let character = "\u{1D400}\u{1D165}\u{1D165}\u{1D165}"
        let inputs = SkinInput.allCases.map { ($0, [String](repeating: name, count: $0.count.upperBound)) }
        let skin = Skin(
            id: try #require(SkinID(rawValue: String(repeating: "z", count: 32))),
            title: String(repeating: character, count: 32),
            author: String(repeating: character, count: 24), price: Limits.maxSkinPrice,
            inputs: Dictionary(uniqueKeysWithValues: inputs))
        #expect(skin.title.count == 32)
        #expect(try Skin(json: skin.json(), colors: colors) == skin)
        let padded = skin.json() + [UInt8](repeating: 0x20, count: Limits.maxSkinBytes)
        let failure = try #require(throws: Failure.self) { try Skin(json: padded, colors: colors) }
        #expect(failure.code == .badRequest && failure.message.contains("4096 bytes"))
    }

    @Test(
        "a skin that breaks a rule is refused by the field that breaks it",
        arguments: [
            (#""my-skin""#, #""My-skin""#, #""id""#), (#""my-skin""#, #""""#, #""id""#),
            (#""my-skin""#, #""my skin""#, #""id""#), (#""my-skin""#, #""../skin""#, #""id""#),
            (#""my-skin""#, "\"\(String(repeating: "a", count: 33))\"", #""id""#),
            (#""my-skin""#, "7", #""id" must be a string"#), (#""id""#, #""ids""#, #""ids" is unknown"#),
            (#""My skin""#, #""""#, #""title""#), (#""My skin""#, #"" skin""#, #""title""#),
            (#""My skin""#, "\"\(String(repeating: "a", count: 33))\"", #""title" must be 1 to 32"#),
            (#""My skin""#, #""a\u0007b""#, #""title""#), (#""My skin""#, #""a\u001b[31mb""#, #""title""#),
            (#""My skin""#, #""a\nb""#, #""title""#), (#""My skin""#, #""a\u202eb""#, #""title""#),
            (#""My skin""#, #""a\u200bb""#, #""title""#), (#""My skin""#, #""a\u2066b""#, #""title""#),
            (#""Ada""#, #""a\ufeffb""#, #""author""#), (#""Ada""#, "null", #""author" is missing"#),
            (#""Ada""#, "\"\(String(repeating: "a", count: 25))\"", #""author" must be 1 to 24"#),
            ("70", "-1", #""price""#), ("70", "1000001", #""price" must be from 0 to 1000000"#),
            ("70", "7.5", #""price" must be a whole number"#), ("70", #""7""#, #""price""#),
            ("70", "99999999999999999999", #""price""#),
            (#""price": 70,"#, "", #""price" is missing"#),
            (#""price": 70,"#, #""price": 70, "owned": true,"#, #""owned" is unknown"#),
            (#""price": 70,"#, #""price": 70, "price": 0,"#, "stands twice"),
            (#""cursor": ["snow"],"#, "", #""inputs.cursor" is missing"#),
            (#""cursor": ["snow"],"#, #""cursor": "snow","#, #""inputs.cursor" must be an array of strings"#),
            (#""cursor": ["snow"],"#, #""cursor": [1],"#, #""inputs.cursor" must be an array of strings"#),
            (#"["snow"]"#, "[]", #""inputs.cursor" must be 1 to 2 names"#),
            (#"["snow"]"#, #"["snow","ash","ink"]"#, #""inputs.cursor" must be 1 to 2 names"#),
            (#"["snow"]"#, #"["Snow"]"#, #"there is no "Snow""#),
            (#"["snow"]"#, ##"["#ffffff"]"##, ##"there is no "#ffffff""##),
            (#"["coral", "ember"]"#, #"["coral"]"#, #""inputs.trail" must be 2 to 8 names"#),
            (#""ash", "coral"]"#, #""ash"]"#, #""inputs.palette" must be 4 names"#),
            (#""ash", "coral"]"#, #""ash", "coral", "ink"]"#, #""inputs.palette" must be 4 names"#),
            (#""frame""#, #""border""#, #""inputs.border" is unknown"#),
            (#""frame""#, #""a\u001b[2Jb""#, #""inputs.a[2Jb" is unknown"#),
        ])
    func refused(part: String, replacement: String, why: String) throws {
        let text = Self.text.replacing(part, with: replacement, maxReplacements: 1)
        #expect(text != Self.text)
        let failure = try #require(throws: Failure.self) { try Self.read(text) }
        #expect(failure.code == .badRequest)
        #expect(failure.message.contains(why), "\(failure.message)")
    }

    @Test("what isn't an object is no skin", arguments: ["", "[]", "{}", "null", text + text])
    func noObject(text: String) throws {
        let failure = try #require(throws: Failure.self) { try Self.read(text) }
        #expect(failure.code == .badRequest)
    }

    @Test("each part takes as many colors as its bounds say, and not one less or more")
    func bounds() throws {
        let expected: [SkinInput: ClosedRange<Int>] = [
            .cursor: 1...2, .dot: 1...4, .trail: 2...8, .frame: 1...4, .palette: 4...4,
        ]
        for input in SkinInput.allCases {
            #expect(input.count == expected[input])
            var skin = try Self.read(Self.text)
            for count in 0...9 {
                skin.inputs[input] = [String](repeating: "coral", count: count)
                let read = try? Self.read(String(decoding: skin.json(), as: UTF8.self))
                #expect(read == (input.count.contains(count) ? skin : nil), "\(count) colors of \(input)")
            }
        }
    }

    @Test("people are told what each part is: its name and one sentence")
    func words() {
        for input in SkinInput.allCases {
            #expect(input.title.first?.isUppercase == true)
            #expect(input.help.hasSuffix(".") && input.help.count(where: { $0 == "." }) == 1)
        }
        #expect(Set(SkinInput.allCases.map(\.help)).count == SkinInput.allCases.count)
    }
}
