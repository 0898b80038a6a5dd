import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct ColorNumberTests {
    @Test("each depth sends the number that it can show")
    func numbers() {
        let red = Ink(255, 0, 0)
        func number(_ depth: ColorDepth, _ size: Int, _ ink: Ink) -> Int32 {
            var table = InkTable(depth: depth, tableSize: size)
            return table.number(for: ink)
        }
        #expect(number(.truecolor, 1 << 24, red) == 0xff0000)
        #expect(number(.ansi256, 256, red) == 196)
        #expect(number(.ansi16, 16, red) == 9)
        #expect(number(.ansi16, 8, red) == 1, "eight colors fold the bright half")
        #expect(number(.monochrome, 0, red) == -1)
        #expect(number(.ansi256, 256, .indexed(5)) == 5)
        #expect(number(.truecolor, 1 << 24, .standard) == -1)
    }

    @Test(
        "the cursor differs from the color under it at every depth",
        arguments: [(ColorDepth.truecolor, 1 << 24), (.ansi256, 256), (.ansi16, 16), (.ansi16, 8)])
    func cursorColor(depth: ColorDepth, size: Int) {
        var table = InkTable(depth: depth, tableSize: size)
        let hidden = (0..<4096).filter { part in
            let color = Palette.Color(
                red: UInt8(part >> 8) * 17, green: UInt8(part >> 4 & 15) * 17, blue: UInt8(part & 15) * 17)
            let cursor = Theme.contrast(to: color, depth: depth)
            return table.number(for: Ink(cursor)) == table.number(for: Ink(color))
        }
        #expect(hidden.isEmpty)
    }

    @Test("24-bit numbers never fall on the terminal's first eight", arguments: UInt8(0)...UInt8(8))
    func lowNumbers(blue: UInt8) {
        var table = InkTable(depth: .truecolor, tableSize: 1 << 24)
        #expect(table.number(for: Ink(0, 0, blue)) == 8)
    }

    @Test("pairs are numbered from one, remembered, and run out without being reused")
    func pairs() {
        var pairs = ColorPairs(capacity: 2)
        #expect(pairs.pair(foreground: 1, background: 2) == .init(number: 1, isNew: true))
        #expect(pairs.pair(foreground: 2, background: 1) == .init(number: 2, isNew: true))
        #expect(pairs.pair(foreground: 1, background: 2) == .init(number: 1, isNew: false))
        #expect(pairs.pair(foreground: 3, background: 3) == nil)
        pairs.removeAll()
        #expect(pairs.pair(foreground: 3, background: 3) == .init(number: 1, isNew: true))
    }
}
