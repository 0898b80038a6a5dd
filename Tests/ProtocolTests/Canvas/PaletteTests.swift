import Foundation
import Protocol
import Testing

@Suite struct PaletteTests {
    @Test("the standard palette has 32 colors, all different, on white")
    func standard() {
        #expect(Palette.standard.count == 32)
        #expect(Palette.standard.indexBits == 5)
        #expect(Set(Palette.standard.colors).count == 32)
        #expect(Palette.standard.hexes.first == "#ffffff")
    }

    @Test("the file of the standard palette holds the same colors")
    func file() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "assets/palettes/standard.json"))
        #expect(try Palette(json: Array(data)) == .standard)
    }

    @Test(
        "a palette file that isn't one says what is wrong",
        arguments: [
            ("", "not JSON"), ("[]", "object"), (#"{"name":"a"}"#, #""colors" is missing"#),
            (##"{"colors":["#000000","#ffffff"]}"##, #""name" is missing"#),
            (##"{"name":"a","colors":["#000000"]}"##, "2 to 256"),
            (##"{"name":"a","colors":["#000000","#fffff"]}"##, "#rrggbb"),
            (##"{"name":"a","colors":["#000000","red"]}"##, "#rrggbb"),
            (##"{"name":"a","colors":["#000000",5]}"##, "strings"),
        ])
    func refused(text: String, why: String) {
        do {
            _ = try Palette(json: Array(text.utf8))
            Issue.record("taken: \(text)")
        } catch {
            #expect(error.code == .badRequest)
            #expect(error.message.contains(why), "\(error.message)")
        }
    }
}

@Suite struct SeededGeneratorTests {
    @Test("a seed gives the sequence of the reference implementation")
    func reference() {
        var generator = SeededGenerator(seed: 1_234_567)
        let numbers = (0..<3).map { _ in generator.next() }
        #expect(numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }
}
