import Protocol
import Testing

@testable import TUI

@Suite struct CanvasImageTests {
    @Test("a reduced canvas kept up by single pixels equals one made anew", arguments: [2, 3, 5, 7, 8])
    func reduction(block: Int) throws {
        var image = try SampleModels.image(width: 31, height: 17)
        image.prepare(for: .reduced(block))
        image.prepareMap(block: block + 1)
        for step in 0..<200 {
            image.apply(Pixel(x: step * 7 % 31, y: step * 5 % 17, color: UInt8(step % 32)))
        }
        var fresh = try #require(CanvasImage(size: image.size, palette: image.palette, cells: image.cells))
        fresh.prepare(for: .reduced(block))
        fresh.prepareMap(block: block + 1)
        #expect(image.reduction == fresh.reduction)
        #expect(image.map == fresh.map)
    }

    @Test(
        "a block's mean is that of its pixels, whether it is kept in quarters or not",
        arguments: [2, 3, 5, 8, 13])
    func means(block: Int) throws {
        var image = try SampleModels.image(width: 31, height: 17)
        image.prepare(for: .reduced(block))
        let reduction = try #require(image.reduction)
        for row in 0..<reduction.rows {
            for column in 0..<reduction.columns {
                var (sum, count) = (ColorVector.zero, Float(0))
                for y in row * block..<min(row * block + block, 17) {
                    for x in column * block..<min(column * block + block, 31) {
                        sum += ColorVector(image.color(image.index(at: Place(x: x, y: y))))
                        count += 1
                    }
                }
                let mean = ColorVector(reduction.mean(column: column, row: row))
                #expect((mean - sum / count).square <= 0.76)
            }
        }
    }

    @Test("quarters are read as their pixels' means, in whatever direction", arguments: [2, 3, 5, 8, 13])
    func quarters(block: Int) throws {
        var image = try SampleModels.image(width: 31, height: 17)
        image.prepare(for: .reduced(block))
        let reduction = try #require(image.reduction)
        let reader = QuarterReader(image, reduction, outside: ColorVector(1, 2, 3, 0))
        let flat = ViewTransform.Linear(xx: 1, xy: 0, yx: 0, yy: 1)
        for row in 0..<reduction.rows * 2 {
            let line = ViewTransform(flat, shift: ViewTransform.Point(x: 0, y: -Double(row))).line(halfRow: 0)
            var read = [ColorVector](repeating: .zero, count: reduction.columns * 2)
            reader.read(line, into: &read)
            for (column, color) in read.enumerated() {
                var (sum, count) = (ColorVector.zero, Float(0))
                for y in 0..<17 where y >= row * block / 2 && y < (row + 1) * block / 2 {
                    for x in 0..<31 where x >= column * block / 2 && x < (column + 1) * block / 2 {
                        sum += ColorVector(image.color(image.index(at: Place(x: x, y: y))))
                        count += 1
                    }
                }
                let wanted = count > 0 ? sum / count : ColorVector(1, 2, 3, 0)
                #expect((color - wanted).square < 0.01)
            }
        }
    }

    @Test("pixels that arrive are put into the canvas where it is, and nothing is copied")
    func inPlace() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, width: 600, height: 400)
        func address() -> UnsafeRawPointer? {
            model.canvas?.cells.withUnsafeBytes { $0.baseAddress }
        }
        _ = model.update(.server(.changed([Pixel(x: 1, y: 1, color: 3)], version: 1235)), nowMs: 60_000)
        let before = address()
        for step in 0..<20 {
            let frame = View.frame(of: model)
            #expect(frame.rows == 24)
            let pixels = [Pixel(x: step * 7, y: step * 3, color: UInt8(step % 32))]
            _ = model.update(.server(.changed(pixels, version: Version(1236 + step))), nowMs: 60_000)
        }
        #expect(before != nil && address() == before)
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
