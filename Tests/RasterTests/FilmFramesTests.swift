import Protocol
import Raster
import Testing

@Suite("Frames of a film")
struct FilmFramesTests {
    private func size(_ width: Int, _ height: Int) throws -> CanvasSize {
        try #require(CanvasSize(width: width, height: height))
    }

    /// The color that a frame shows at a pixel.
    private func color(_ frames: FilmFrames, x: Int, y: Int) -> Palette.Color {
        let pixel = y * frames.width + x
        switch frames.form {
        case .rgb24:
            let start = pixel * 3
            return Palette.Color(
                red: frames.bytes[start], green: frames.bytes[start + 1], blue: frames.bytes[start + 2])
        case .pal8:
            let start = frames.width * frames.height + Int(frames.bytes[pixel]) * 4
            return Palette.Color(
                red: frames.bytes[start + 2], green: frames.bytes[start + 1], blue: frames.bytes[start])
        }
    }

    @Test(
        "show each cell as a square of its color, whether all were painted or only those that changed",
        arguments: [1, 2, 3, 5], [FilmFrames.Form.rgb24, .pal8])
    func squares(scale: Int, form: FilmFrames.Form) throws {
        let size = try size(7, 5)
        var random = SeededGenerator(seed: 11)
        var cells = [UInt8](repeating: 0, count: size.cellCount)
        var frames = try FilmFrames(size: size, palette: .standard, scale: scale, form: form)
        for round in 0..<40 {
            var changed: [UInt32] = []
            for _ in 0..<6 {
                let cell = Int.random(in: 0..<size.cellCount, using: &random)
                cells[cell] = UInt8.random(in: 0..<32, using: &random)
                changed.append(UInt32(cell))
            }
            if round % 10 == 9 { frames.paint(cells) } else { frames.paint(changed, of: cells) }
            for y in 0..<frames.height {
                for x in 0..<frames.width {
                    let cell = size.cell(x: min(x / scale, 6), y: min(y / scale, 4))
                    #expect(color(frames, x: x, y: y) == Palette.standard.colors[Int(cells[cell])])
                }
            }
        }
    }

    @Test("have even sides in full color, and just their own with a palette")
    func sides() throws {
        let full = try FilmFrames(size: try size(7, 5), palette: .standard, scale: 3, form: .rgb24)
        #expect((full.width, full.height) == (22, 16))
        #expect(full.bytes.count == 22 * 16 * 3)
        let indexed = try FilmFrames(size: try size(7, 5), palette: .standard, scale: 3, form: .pal8)
        #expect((indexed.width, indexed.height) == (21, 15))
        #expect(indexed.bytes.count == 21 * 15 + 1_024)
    }

    @Test("are refused where they would be too large")
    func tooLarge() throws {
        for scale in [0, 65, 9] {
            #expect(throws: RasterError.self) {
                try FilmFrames(size: try size(1_000, 1_000), palette: .standard, scale: scale, form: .rgb24)
            }
        }
    }
}
