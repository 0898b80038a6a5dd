import Protocol
import Testing

@testable import TUI

@Suite struct ColorNamesTests {
    let names = ColorNames(.standard)

    @Test("each color of the standard palette has a name of its own, without a number")
    func standard() {
        #expect(Set(names.names).count == Palette.standard.count)
        #expect(!names.names.contains { $0.contains(where: \.isNumber) })
        #expect(names[0] == "white")
        #expect(names[4] == "black")
    }

    @Test("colors that share a word are told apart by numbers")
    func alike() throws {
        let reds = (0..<40).map { Palette.Color(red: 250, green: UInt8($0), blue: 0) }
        let names = ColorNames(try #require(Palette(colors: reds)))
        #expect(Set(names.names).count == 40)
        #expect(names.names[0] == "red")
        #expect(names.names[1] == "red 2")
    }

    @Test(
        "a color is found by its number, its name, or a part that no other name has",
        arguments: [
            ("7", 7), ("red", 7), ("RED", 7), ("light grey", 1), ("burg", 5), ("0", 0), ("31", 31),
        ])
    func found(text: String, index: UInt8) {
        #expect(names.meaning(of: text) == .color(index))
    }

    @Test("a part that several names have asks which one", arguments: ["blu", "light"])
    func several(text: String) {
        guard case .several(let alike) = names.meaning(of: text) else {
            Issue.record("\(names.meaning(of: text))")
            return
        }
        #expect(alike.count > 1)
        #expect(alike.allSatisfy { $0.contains(text) })
    }

    @Test("what is no color means none", arguments: ["", "32", "-1", "plaid", "99999999999999999999"])
    func none(text: String) {
        #expect(names.meaning(of: text) == .none)
    }
}
