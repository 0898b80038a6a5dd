import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct TemplateTests {
    /// A template of digits, one a pixel; a dot is clear.
    static func template(_ rows: [String], at origin: Place = Place(x: 0, y: 0)) -> Template {
        let cells = rows.joined().map { $0.wholeNumberValue.map { UInt8($0) } }
        return Template(
            name: "test", origin: origin, width: rows.first?.count ?? 0, height: rows.count, cells: cells)
    }

    static func canvas(_ rows: [String]) throws -> CanvasImage {
        let size = try #require(CanvasSize(width: rows[0].count, height: rows.count))
        let cells = rows.joined().compactMap { $0.wholeNumberValue.map { UInt8($0) } }
        return try #require(CanvasImage(size: size, palette: .standard, cells: cells))
    }

    @Test("what is right and wrong is counted by color, what is clear or outside not at all")
    func count() throws {
        let canvas = try Self.canvas(["0120", "0120", "0000"])
        let match = TemplateMatch(Self.template(["111", "2.2", "333"], at: Place(x: 2, y: -1)), canvas)
        #expect(match.wanted == 3 && match.wrong == 2)
        #expect(match.colors[2] == TemplateMatch.Count(wanted: 1, wrong: 0))
        #expect(match.colors[3] == TemplateMatch.Count(wanted: 2, wrong: 2))
        #expect(match.percent == 33)
        #expect(match.byRest.map(\.color) == [3, 2])
    }

    @Test("changes keep the count as counting anew would have it")
    func incremental() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20 {
            let size = try #require(CanvasSize(width: 20, height: 17))
            let random = (0..<size.cellCount).map { _ in UInt8.random(in: 0..<4, using: &generator) }
            var canvas = try #require(CanvasImage(size: size, palette: .standard, cells: random))
            let cells = (0..<15 * 11).map { _ in
                Bool.random(using: &generator) ? UInt8.random(in: 0..<4, using: &generator) : nil
            }
            let origin = Place(
                x: Int.random(in: -14...19, using: &generator), y: Int.random(in: -10...16, using: &generator)
            )
            let template = Template(name: "t", origin: origin, width: 15, height: 11, cells: cells)
            var match = TemplateMatch(template, canvas)
            for _ in 0..<300 {
                let place = Place(
                    x: Int.random(in: 0..<20, using: &generator), y: Int.random(in: 0..<17, using: &generator)
                )
                let color = UInt8.random(in: 0..<4, using: &generator)
                if let wanted = template.wanted(at: place) {
                    match.change(place, wanted: wanted, from: canvas.index(at: place), to: color)
                }
                canvas.apply(Pixel(x: place.x, y: place.y, color: color))
            }
            #expect(match == TemplateMatch(template, canvas))
        }
    }

    @Test("from a right pixel the nearest wrong one is next, of equals the first in reading order")
    func nearest() throws {
        let canvas = try Self.canvas(["00000", "00000", "00000", "00000"])
        let template = Self.template(["1...1", ".....", ".0...", "1..1."])
        func next(_ x: Int, _ y: Int) -> Place? {
            template.nextWrong(from: Place(x: x, y: y), on: canvas.extent) { canvas.index(at: $0) }
        }
        #expect(next(1, 2) == Place(x: 0, y: 3))
        #expect(next(2, 0) == Place(x: 0, y: 0))
        #expect(next(4, 1) == Place(x: 4, y: 0))
        #expect(next(100, 100) == Place(x: 3, y: 3))
        #expect(next(-50, 0) == Place(x: 0, y: 0))
    }

    @Test("asking again and again comes to every wrong pixel, in reading order")
    func order() throws {
        let canvas = try Self.canvas(["0000", "0000", "0000"])
        let template = Self.template(["1.1", ".1.", "111"], at: Place(x: 1, y: 0))
        var place = Place(x: 1, y: 0)
        var seen: [Place] = []
        for _ in 0..<6 {
            place = try #require(
                template.nextWrong(from: place, on: canvas.extent) { canvas.index(at: $0) })
            seen.append(place)
        }
        #expect(
            seen == [
                Place(x: 3, y: 0), Place(x: 2, y: 1), Place(x: 1, y: 2), Place(x: 2, y: 2), Place(x: 3, y: 2),
                Place(x: 1, y: 0),
            ])
    }

    @Test("a template that is done, or lies outside, has no next pixel")
    func done() throws {
        let canvas = try Self.canvas(["11", "11"])
        for origin in [Place(x: 0, y: 0), Place(x: 2, y: 0), Place(x: -2, y: 0), Place(x: 0, y: 999_999)] {
            let template = Self.template(["11", "1."], at: origin)
            #expect(template.nextWrong(from: Place(x: 0, y: 0), on: canvas.extent) { _ in 1 } == nil)
            #expect(TemplateMatch(template, canvas).percent == 100)
        }
    }

    @Test("however it is moved, some of it stays on the canvas")
    func kept() {
        let template = Self.template(["111", "111"])
        let canvas = Extent(width: 10, height: 8)
        for x in [-999_999, -3, -2, 0, 9, 10, 999_999] {
            for y in [-999_999, -2, -1, 7, 8, 999_999] {
                var moved = template
                moved.origin = template.kept(Place(x: x, y: y), on: canvas)
                let covered = moved.covered(of: canvas)
                #expect(!covered.columns.isEmpty && !covered.rows.isEmpty)
            }
        }
        #expect(template.kept(Place(x: -2, y: -1), on: canvas) == Place(x: -2, y: -1))
    }

    @Test("a picture takes the nearest of the palette's colors, and is clear where it is rather transparent")
    func picture() throws {
        let rgba: [UInt8] = [255, 70, 2, 255, 0, 0, 0, 127, 250, 250, 250, 128, 1, 1, 1, 0]
        let picture = RasterImage(width: 2, height: 2, rgba: rgba)
        let template = try #require(
            Template(picture, palette: .standard, name: "sun\u{1b}[2J.png", origin: Place(x: 4, y: 5)))
        #expect(template.cells == [7, nil, 0, nil])
        #expect(template.wanted(at: Place(x: 4, y: 5)) == 7)
        #expect(template.wanted(at: Place(x: 5, y: 5)) == nil)
        #expect(template.wanted(at: Place(x: 3, y: 5)) == nil)
        #expect(!template.name.contains("\u{1b}"))
        let clear = RasterImage(width: 1, height: 1, rgba: [1, 2, 3, 127])
        #expect(Template(clear, palette: .standard, name: "x", origin: Place(x: 0, y: 0)) == nil)
    }
}
