import Protocol
import Testing

@testable import Raster

@Suite("A broadcast's picture")
struct StreamPictureTests {
    private static let palette = Palette.standard

    private func picture(_ width: Int, _ height: Int, _ size: CanvasSize) -> StreamPicture {
        StreamPicture(width: width, height: height, size: size, palette: Self.palette)
    }

    private func size(_ width: Int, _ height: Int) throws -> CanvasSize {
        try #require(CanvasSize(width: width, height: height))
    }

    private func color(_ picture: StreamPicture, x: Int, y: Int) -> Palette.Color {
        let offset = (y * picture.width + x) * 3
        return Palette.Color(
            red: picture.bytes[offset], green: picture.bytes[offset + 1], blue: picture.bytes[offset + 2])
    }

    @Test("enlarges a small canvas by a whole number, in the middle, each cell in its palette's color")
    func enlarges() throws {
        let size = try size(10, 10)
        var picture = picture(320, 180, size)
        var cells = [UInt8](repeating: 1, count: 100)
        cells[0] = 5
        cells[99] = 7
        picture.paint(cells)
        // 170 rows are the canvas's: 17 pixels a cell, 75 to its left.
        #expect(color(picture, x: 75, y: 0) == Self.palette.colors[5])
        #expect(color(picture, x: 75 + 16, y: 16) == Self.palette.colors[5])
        #expect(color(picture, x: 75 + 17, y: 16) == Self.palette.colors[1])
        #expect(color(picture, x: 75 + 169, y: 169) == Self.palette.colors[7])
        #expect(color(picture, x: 74, y: 0) != Self.palette.colors[5])
    }

    @Test(
        "painted change by change equals one painted whole",
        arguments: [(10, 10), (300, 200), (1000, 40), (33, 700), (1, 1), (641, 359)])
    func repaints(width: Int, height: Int) throws {
        let size = try size(width, height)
        var generator = SeededGenerator(seed: UInt64(width * height))
        var cells = (0..<size.cellCount).map { _ in UInt8.random(in: 0..<32, using: &generator) }
        var stepwise = picture(320, 180, size)
        stepwise.paint(cells)
        for _ in 0..<5 {
            var changed: [UInt32] = []
            for _ in 0..<200 {
                let cell = Int.random(in: 0..<size.cellCount, using: &generator)
                cells[cell] = UInt8.random(in: 0..<32, using: &generator)
                changed.append(UInt32(cell))
            }
            stepwise.paint(changed, of: cells)
            var whole = picture(320, 180, size)
            whole.paint(cells)
            #expect(stepwise.bytes == whole.bytes)
        }
    }

    @Test("averages light where several cells fall on a pixel: black and white make more than half gray")
    func averages() throws {
        let size = try size(640, 340)
        let palette = try #require(
            Palette(colors: [
                Palette.Color(red: 0, green: 0, blue: 0), Palette.Color(red: 255, green: 255, blue: 255),
            ]))
        var picture = StreamPicture(width: 320, height: 180, size: size, palette: palette)
        picture.paint((0..<size.cellCount).map { UInt8($0 % 2) })
        #expect(color(picture, x: 160, y: 80) == Palette.Color(red: 188, green: 188, blue: 188))
    }

    @Test("tells the time and counts below the canvas, and leaves the canvas alone")
    func writes() throws {
        let size = try size(100, 50)
        var picture = picture(1280, 720, size)
        picture.paint([UInt8](repeating: 3, count: 5000))
        let before = picture.bytes
        var facts = StreamPicture.Facts(players: 12, queued: 3, version: 4567, atMs: 1_795_821_296_000)
        picture.write(facts)
        let line = 680 * 1280 * 3
        #expect(picture.bytes[..<line] == before[..<line])
        #expect(picture.bytes[line...] != before[line...])
        let once = picture.bytes
        picture.write(facts)
        #expect(picture.bytes == once)
        facts.players = 13
        picture.write(facts)
        #expect(picture.bytes != once)
    }

    @Test("writes letters as they are drawn: a 1 is its seven rows, a small letter its capital, others a gap")
    func letters() {
        #expect(PixelFont.rows(of: "1") == [4, 12, 4, 4, 4, 4, 14])
        #expect(PixelFont.rows(of: "p") == PixelFont.rows(of: "P"))
        #expect(PixelFont.rows(of: "é") == [0, 0, 0, 0, 0, 0, 0])
    }
}
