import Foundation
import Protocol
import Testing

@Suite struct SkinAssetTests {
    @Test("each skin of the project passes the check that a host's skins pass, and is called as its file")
    func files() throws {
        let colors = try SkinAssets.baseColors()
        let files = try SkinAssets.skinFiles()
        #expect(files.count >= 12)
        for (name, json) in files {
            let skin = try Skin(json: json, colors: colors)
            #expect(skin.id.rawValue == name)
            #expect(skin.json() == json, "\(name) is written as the studio writes it")
        }
    }

    @Test("one skin of the project is free, the others cost 50 to 2,000, and no two have one title or price")
    func prices() throws {
        let skins = try SkinAssets.skins()
        let prices = skins.map(\.price)
        #expect(prices.filter { $0 == 0 }.count == 1)
        #expect(prices.allSatisfy { $0 == 0 || (50...2_000).contains($0) })
        #expect(Set(prices).count == skins.count)
        #expect(Set(skins.map(\.title)).count == skins.count)
    }

    @Test("no two skins of the project share ground and accent, cursor, dot or trail")
    func different() throws {
        let skins = try SkinAssets.skins()
        for input in SkinInput.allCases where input != .frame {
            #expect(Set(skins.map { $0.inputs[input] }).count == skins.count, "\(input)")
        }
        let pairs = skins.map { [$0.inputs[.palette]?.first, $0.inputs[.palette]?.last] }
        #expect(Set(pairs).count == skins.count)
    }

    @Test("each palette of the project can be read: text at 4.5:1 on its ground, quiet and accent at 3:1")
    func readable() throws {
        let colors = try SkinAssets.baseColors()
        for skin in try SkinAssets.skins() {
            let look = try #require(skin.look(in: colors))
            #expect(contrast(look.text, look.ground) >= 4.5, "text of \(skin.id)")
            #expect(contrast(look.quiet, look.ground) >= 3, "quiet of \(skin.id)")
            #expect(contrast(look.accent, look.ground) >= 3, "accent of \(skin.id)")
        }
    }

    @Test("what is aimed with and at stands out: cursors at 3:1, the first color of each dot and trail, too")
    func visible() throws {
        let colors = try SkinAssets.baseColors()
        for skin in try SkinAssets.skins() {
            let look = try #require(skin.look(in: colors))
            let aims = look.colors(of: .cursor) + look.colors(of: .dot).prefix(1)
            for color in aims + look.colors(of: .trail).prefix(1) {
                #expect(contrast(color, look.ground) >= 3, "\(color.hex) of \(skin.id)")
            }
        }
    }

    @Test("the contrast that these tests measure is WCAG's")
    func measure() throws {
        let white = try #require(Palette.Color(hex: "#ffffff"))
        let black = try #require(Palette.Color(hex: "#000000"))
        let gray = try #require(Palette.Color(hex: "#767676"))
        #expect(contrast(white, black) == 21 && contrast(black, white) == 21)
        #expect(contrast(gray, gray) == 1)
        // The darkest gray of all that passes AA on white, as WCAG's own examples have it.
        #expect((4.5..<4.6).contains(contrast(gray, white)))
    }

    /// The contrast ratio of two colors, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance").
    private func contrast(_ one: Palette.Color, _ other: Palette.Color) -> Double {
        func light(_ component: UInt8) -> Double {
            let share = Double(component) / 255
            return share <= 0.040_45 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        func luminance(_ color: Palette.Color) -> Double {
            0.2126 * light(color.red) + 0.7152 * light(color.green) + 0.0722 * light(color.blue)
        }
        let (first, second) = (luminance(one), luminance(other))
        return (max(first, second) + 0.05) / (min(first, second) + 0.05)
    }
}
