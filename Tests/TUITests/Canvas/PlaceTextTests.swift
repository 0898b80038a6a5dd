import Testing

@testable import TUI

@Suite struct PlaceTextTests {
    @Test(
        "places are read as people write them",
        arguments: ["12,34", "12 34", " 12, 34 \n", "(12; 34)", "12x34", "12×34", "12\t34", "0012,034"])
    func places(text: String) {
        #expect(PlaceText.place(text) == Place(x: 12, y: 34))
    }

    @Test(
        "anything else is none",
        arguments: [
            "", "12", "12,", ",34", "1,2,3", "a12,34", "12,34b", "-1,2", "1.5,2", "(1,2", "1,2)", "1e3,2",
            "99999999999999999999,5", "1,,2", "١,٢", "12,34\u{0}", "\u{1b}[1,2H",
            String(repeating: " ", count: 80) + "1,2",
        ])
    func others(text: String) {
        #expect(PlaceText.place(text) == nil)
    }

    @Test("a template's order is a file, and a place behind the last @ where there is one")
    func orders() {
        func order(_ text: String) -> [String]? {
            TemplateOrder(text).map { [$0.file, $0.place.map { "\($0.x),\($0.y)" } ?? "-", $0.name] }
        }
        #expect(order("a/sun.png@10,20") == ["a/sun.png", "10,20", "sun.png"])
        #expect(order("sun.png@-5,-7") == ["sun.png", "-5,-7", "sun.png"])
        #expect(order("me@home/sun.png") == ["me@home/sun.png", "-", "sun.png"])
        #expect(order("me@home/sun.png@1 2") == ["me@home/sun.png", "1,2", "sun.png"])
        #expect(order("@2x.png") == ["@2x.png", "-", "@2x.png"])
        #expect(order("") == nil && order("@1,2") == nil)
    }

    @Test("every color has a sign of its own, and the first ten the keys that choose them")
    func signs() {
        let signs = (UInt8(0)...255).map { ColorSigns.sign(of: $0) }
        #expect(Set(signs).count == 256)
        #expect(String(String.UnicodeScalarView(signs[..<12])) == "0123456789AB")
        #expect(signs.allSatisfy { TextWidth.of($0) == 1 })
    }
}
