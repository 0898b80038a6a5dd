import Protocol
import Testing

@testable import TUI

@Suite struct CanvasImageTests {
    @Test("a reduced canvas kept up by single pixels equals one made anew", arguments: [2, 3, 7])
    func reduction(block: Int) throws {
        var image = try SampleModels.image(width: 31, height: 17)
        image.prepare(for: .reduced(block))
        for step in 0..<200 {
            image.apply(Pixel(x: step * 7 % 31, y: step * 5 % 17, color: UInt8(step % 32)))
        }
        var fresh = try #require(CanvasImage(size: image.size, palette: image.palette, cells: image.cells))
        fresh.prepare(for: .reduced(block))
        #expect(image.reduction == fresh.reduction)
    }

    @Test("a block's mean counts only the pixels that the canvas has")
    func meanAtEdge() throws {
        let size = try #require(CanvasSize(width: 3, height: 1))
        var image = try #require(CanvasImage(size: size, palette: .standard, cells: [0, 4, 4]))
        image.prepare(for: .reduced(2))
        let reduction = try #require(image.reduction)
        #expect(reduction.mean(column: 0, row: 0) == Palette.Color(red: 128, green: 128, blue: 128))
        #expect(reduction.mean(column: 1, row: 0) == Palette.Color(red: 0, green: 0, blue: 0))
    }

    @Test("pixels outside the canvas and colors outside the palette do no harm")
    func outside() throws {
        var image = try SampleModels.image(width: 4, height: 4)
        let before = image
        image.apply(Pixel(x: 4, y: 0, color: 1))
        image.apply(Pixel(x: 0, y: -1, color: 1))
        #expect(image == before)
        #expect(image.color(255) == image.color(0))
        #expect(CanvasImage(size: image.size, palette: .standard, cells: [1]) == nil)
    }

    @Test(
        "every column of the palette line leads to the color that is drawn there",
        arguments: [36, 40, 66, 80, 200], [2, 32, 256])
    func strip(columns: Int, count: Int) {
        for chosen in [0, count / 2, count - 1] {
            let strip = PaletteStrip(count: count, chosen: chosen, columns: columns)
            #expect(strip.end < columns)
            #expect(strip.swatches.contains { Int($0.index) == chosen && $0.columns.count > 2 })
            for swatch in strip.swatches {
                for column in swatch.columns { #expect(strip.index(at: column) == swatch.index) }
            }
            #expect(strip.clippedLeft || strip.swatches.first?.index == 0)
            #expect(strip.clippedRight || strip.swatches.last.map { Int($0.index) } == count - 1)
        }
    }
}
