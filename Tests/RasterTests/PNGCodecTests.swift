import Protocol
import Raster
import Testing

/// Black, white, red, blue.
let fourColors: Palette = {
    let colors = ["#000000", "#ffffff", "#ff0000", "#0000ff"].compactMap { Palette.Color(hex: $0) }
    guard let palette = Palette(colors: colors) else { preconditionFailure("four are enough") }
    return palette
}()

/// A palette of as many different colors as asked for.
func palette(of count: Int) throws -> Palette {
    let colors = (0..<count).map { (number: Int) -> Palette.Color in
        let mixed = UInt8(truncatingIfNeeded: number * 37)
        return Palette.Color(red: mixed, green: UInt8(number), blue: UInt8(255 - number))
    }
    return try #require(Palette(colors: colors))
}

@Suite struct PNGCodecTests {
    func size(_ width: Int, _ height: Int) throws -> CanvasSize {
        try #require(CanvasSize(width: width, height: height))
    }

    @Test(
        "a canvas comes back pixel for pixel", arguments: [2, 3, 16, 17, 32, 256], [(1, 1), (7, 5), (300, 2)])
    func roundTrip(colors: Int, shape: (Int, Int)) throws {
        let palette = try palette(of: colors)
        let size = try size(shape.0, shape.1)
        var state: UInt32 = 1
        let cells = (0..<size.cellCount).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(Int(state >> 16) % colors)
        }
        let png = try PNGCodec.encode(cells: cells, size: size, palette: palette)
        let image = try PNGCodec.decode(png, maxPixels: size.cellCount)
        #expect(image.width == size.width)
        #expect(image.height == size.height)
        #expect(
            image.rgba
                == cells.flatMap { cell in
                    let color = palette.colors[Int(cell)]
                    return [color.red, color.green, color.blue, 255]
                })
        #expect(image.cells(in: palette) == cells)
    }

    @Test("the picture is indexed: a 1000×1000 canvas of one color is tiny, of noise at most a byte a cell")
    func smallness() throws {
        let size = try size(1_000, 1_000)
        let blank = [UInt8](repeating: 0, count: size.cellCount)
        let png = try PNGCodec.encode(cells: blank, size: size, palette: try palette(of: 32))
        #expect(png.count < 8_000)
        // Byte 25 of a PNG is its color type: 3 means indexed.
        #expect(png[25] == 3)
        var state: UInt32 = 7
        let noise = blank.map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        let noisy = try PNGCodec.encode(cells: noise, size: size, palette: try palette(of: 256))
        #expect(noisy.count < 1_010_000)
        #expect(try PNGCodec.decode(noisy, maxPixels: size.cellCount).width == 1_000)
    }

    @Test("each cell becomes a square when enlarged")
    func enlarged() throws {
        let png = try PNGCodec.encode(
            cells: [0, 1, 2, 3], size: try size(2, 2), palette: fourColors, scale: 3)
        let image = try PNGCodec.decode(png, maxPixels: 36)
        #expect(image.width == 6)
        #expect(image.height == 6)
        for y in 0..<6 {
            for x in 0..<6 {
                #expect(image.color(x: x, y: y) == fourColors.colors[y / 3 * 2 + x / 3])
            }
        }
    }

    @Test("cells that don't fit the size or the palette are refused, and so is an impossible scale")
    func badArguments() throws {
        let size = try size(2, 2)
        for (cells, scale) in [([0, 1, 2], 1), ([0, 1, 2, 4], 1), ([0, 1, 2, 3], 0), ([0, 1, 2, 3], 65)]
            as [([UInt8], Int)]
        {
            #expect(throws: RasterError.self) {
                try PNGCodec.encode(cells: cells, size: size, palette: fourColors, scale: scale)
            }
        }
    }

    @Test("a picture larger than asked for is refused by its head alone")
    func tooLarge() throws {
        let size = try size(20, 10)
        let png = try PNGCodec.encode(
            cells: [UInt8](repeating: 0, count: 200), size: size, palette: fourColors)
        #expect(throws: RasterError.tooLarge(width: 20, height: 10)) {
            try PNGCodec.decode(png, maxPixels: 199)
        }
        // The head alone, with nothing behind it, is enough to tell.
        #expect(throws: RasterError.self) { try PNGCodec.decode(Array(png.prefix(33)), maxPixels: 199) }
    }

    @Test("a PNG cut anywhere or with any byte changed is read or refused, never trapped on")
    func damaged() throws {
        let size = try size(9, 6)
        let cells = (0..<54).map { UInt8($0 % 4) }
        let png = try PNGCodec.encode(cells: cells, size: size, palette: fourColors)
        // The library reads no further than the last byte of the pixels: 12 bytes of end and 4 of checksum.
        let lastNeeded = png.count - 17
        var refused = 0
        for place in png.indices {
            #expect(throws: RasterError.self) {
                try PNGCodec.decode(Array(png[..<min(place, lastNeeded)]), maxPixels: 1_000)
            }
            for value in [0, 1, 0x7f, 0x80, 0xff] as [UInt8] {
                var changed = png
                changed[place] = value
                do {
                    let image = try PNGCodec.decode(changed, maxPixels: 1_000)
                    #expect(image.rgba.count == image.width * image.height * 4)
                } catch {
                    refused += 1
                }
            }
        }
        #expect(refused > png.count)
    }

    @Test(
        "bytes that are no picture are refused",
        arguments: [[], [0x89], Array("GIF89a".utf8), Array("\u{89}PNG".utf8)])
    func foreign(bytes: [UInt8]) {
        #expect(throws: RasterError.self) { try PNGCodec.decode(bytes, maxPixels: 1_000) }
    }
}
