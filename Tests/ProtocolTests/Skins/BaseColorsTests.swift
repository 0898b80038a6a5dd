import Foundation
import Protocol
import Testing

@Suite struct BaseColorsTests {
    @Test("the project's base colors are many, all of them different")
    func standard() throws {
        let colors = try SkinAssets.baseColors()
        #expect(colors.colors.count >= 48)
        #expect(Set(colors.colors.map(\.color)).count == colors.colors.count)
    }

    @Test("the project's base colors go around the color wheel and from dark to light")
    func spread() throws {
        var hues: [Int: Int] = [:]
        var shades: [Int: Int] = [:]
        for color in try SkinAssets.baseColors().colors.map(\.color) {
            let parts = [color.red, color.green, color.blue].map { Double($0) / 255 }
            let high = parts.max() ?? 0
            let range = high - (parts.min() ?? 0)
            shades[min(4, Int((high + high - range) / 2 * 5)), default: 0] += 1
            guard range > 0.25 else { continue }
            let hue: Double
            if high == parts[0] {
                hue = (parts[1] - parts[2]) / range + 6
            } else if high == parts[1] {
                hue = (parts[2] - parts[0]) / range + 2
            } else {
                hue = (parts[0] - parts[1]) / range + 4
            }
            hues[Int(hue) % 6, default: 0] += 1
        }
        #expect((0..<6).allSatisfy { hues[$0, default: 0] >= 4 }, "sixths of the wheel: \(hues)")
        #expect((0..<5).allSatisfy { shades[$0, default: 0] >= 5 }, "fifths of lightness: \(shades)")
    }

    @Test("base colors come back from their text in order, and are found by name")
    func roundTrip() throws {
        let colors = try SkinAssets.baseColors()
        #expect(try BaseColors(json: colors.json()) == colors)
        #expect(colors.names.first == "ink")
        #expect(colors["coral"]?.hex == "#ff7a66")
        #expect(colors["Coral"] == nil && colors[""] == nil)
    }

    @Test("the text of base colors is the contract's")
    func text() throws {
        let coral = try BaseColor(name: "coral", color: #require(Palette.Color(hex: "#FF7A66")))
        let json = String(decoding: try BaseColors([coral]).json(), as: UTF8.self)
        #expect(json == ##"[{"name":"coral","color":"#ff7a66"}]"##)
    }

    @Test(
        "base colors that can't be are refused by what is wrong",
        arguments: [
            ("", "not JSON"), ("{}", "array"), ("[]", "1 to 256"), ("[1]", "array of objects"),
            (##"[{"color":"#000000"}]"##, #""items[0].name" is missing"#),
            (#"[{"name":"a"}]"#, #""items[0].color" is missing"#),
            (##"[{"name":"a","color":"#00000"}]"##, #""items[0].color""#),
            (##"[{"name":"a","color":"red"}]"##, #""items[0].color""#),
            (##"[{"name":"a","color":"#000000"},{"name":"B","color":"#111111"}]"##, #""items[1].name""#),
            (##"[{"name":"","color":"#000000"}]"##, #""items[0].name""#),
            (##"[{"name":"sea green","color":"#000000"}]"##, #""items[0].name""#),
            (##"[{"name":"aaaaaaaaaaaaaaaaaaaaaaaaa","color":"#000000"}]"##, #""items[0].name""#),
            (##"[{"name":"a","color":"#000000"},{"name":"a","color":"#111111"}]"##, #""a" stands twice"#),
        ])
    func refused(text: String, why: String) throws {
        let failure = try #require(throws: Failure.self) { try BaseColors(json: Array(text.utf8)) }
        #expect(failure.code == .badRequest)
        #expect(failure.message.contains(why), "\(failure.message)")
    }

    @Test("there may be 256 base colors, and no more")
    func bound() throws {
        func colors(_ count: Int) -> [BaseColor] {
            (0..<count).map {
                BaseColor(name: "c\($0)", color: Palette.Color(red: UInt8($0 & 255), green: 0, blue: 0))
            }
        }
        #expect(try BaseColors(colors(256)).colors.count == 256)
        #expect(throws: Failure.self) { try BaseColors(colors(257)) }
    }
}
