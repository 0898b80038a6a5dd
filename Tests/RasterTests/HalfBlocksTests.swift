import Protocol
import Raster
import Testing

@Suite struct HalfBlocksTests {
    func text(
        _ cells: [UInt8], _ width: Int, _ height: Int, columns: Int = 80, rows: Int = 24, _ depth: ColorDepth
    )
        throws -> String
    {
        let size = try #require(CanvasSize(width: width, height: height))
        return HalfBlocks.ansi(
            cells: cells, size: size, palette: fourColors, columns: columns, rows: rows, depth: depth
        ).replacing("\u{1b}[", with: "<")
    }

    @Test(
        "two pixels share a character, the upper in the foreground",
        arguments: [
            (ColorDepth.truecolor, "<38;2;255;0;0;48;2;0;0;255m▀<0m\n"),
            (.ansi256, "<38;5;196;48;5;21m▀<0m\n"),
            (.ansi16, "<91;44m▀<0m\n"),
        ])
    func upperAndLower(depth: ColorDepth, expected: String) throws {
        #expect(try text([2, 3], 1, 2, depth) == expected)
    }

    @Test("colors are sent when they change only, and a plain stretch is spaces on a background")
    func changesOnly() throws {
        #expect(
            try text([2, 2, 2, 3, 2, 2, 3, 3], 4, 2, .ansi16)
                == "<101m  <91;44m▀<44m <0m\n".replacing("<44m ", with: " "))
    }

    @Test("each line starts afresh, and an odd last row leaves the terminal's background below it")
    func oddHeight() throws {
        #expect(try text([2, 3, 2], 1, 3, .ansi16) == "<91;44m▀<0m\n<91m▀<0m\n")
    }

    @Test("monochrome has no escape sequences, and black and white are solid")
    func monochrome() throws {
        #expect(try text([1, 1, 0, 0, 1, 0, 1, 0], 4, 2, .monochrome) == "█▀▄ \n")
    }

    @Test("middle brightness is dithered to about half the pixels lit")
    func dither() throws {
        let gray = try #require(
            Palette(colors: [Palette.Color(red: 60, green: 60, blue: 60), .init(red: 0, green: 0, blue: 0)]))
        let size = try #require(CanvasSize(width: 64, height: 64))
        let text = HalfBlocks.ansi(
            cells: [UInt8](repeating: 0, count: 4_096), size: size, palette: gray, columns: 64, rows: 32,
            depth: .monochrome)
        let lit = text.reduce(0) { $0 + ($1 == "█" ? 2 : $1 == "▀" || $1 == "▄" ? 1 : 0) }
        #expect((500...2_200).contains(lit))
    }

    @Test("a canvas is shrunk to fit in its own shape, its light averaged")
    func shrunk() throws {
        // Columns of white and black: each pixel of the half-sized picture is half the light of white.
        let cells = (0..<64).map { UInt8($0 % 2) }
        #expect(
            try text(cells, 8, 8, columns: 4, rows: 24, .truecolor)
                == "<48;2;188;188;188m    <0m\n<48;2;188;188;188m    <0m\n")
    }

    @Test(
        "lines and columns never exceed what the terminal has",
        arguments: [(1, 1), (3, 2), (80, 24), (200, 3), (0, 0), (-5, 7)],
        [(1, 1), (100, 3), (3, 100), (97, 61)])
    func bounds(terminal: (Int, Int), canvas: (Int, Int)) throws {
        let cells = [UInt8](repeating: 1, count: canvas.0 * canvas.1)
        let text = try text(
            cells, canvas.0, canvas.1, columns: terminal.0, rows: terminal.1, .monochrome)
        let lines = text.split(separator: "\n")
        #expect((1...max(1, terminal.1)).contains(lines.count))
        #expect(lines.allSatisfy { (1...max(1, terminal.0)).contains($0.count) })
    }

    @Test("a canvas that fits is printed cell for cell")
    func unscaled() throws {
        let lines = try text([UInt8](repeating: 1, count: 60), 10, 6, .monochrome).split(separator: "\n")
        #expect(lines == [Substring](repeating: "██████████", count: 3))
    }
}
