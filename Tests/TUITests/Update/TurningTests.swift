import Protocol
import Testing

@testable import TUI

/// The cursor over a canvas that is turned, and views on their way.
@Suite struct TurningTests {
    static let arrows: [KeyPress.Key] = [.left, .right, .up, .down]

    static func turned(_ change: [ViewChange], zoom: String = "") throws -> Model {
        var model = try SampleModels.playing(columns: 80, rows: 24, width: 300, height: 200)
        _ = model.type(zoom)
        for one in change { model.turnView(one) }
        return model
    }

    @Test(
        "an arrow moves the cursor to where it points on the screen, however the canvas is turned",
        arguments: [0.0, 15, 30, 45, 60, 90, 137, 180, 270, 345], ["", "++"])
    func arrows(degrees: Double, zoom: String) throws {
        for isMirrored in [false, true] {
            let changes: [ViewChange] = [.rotate(degrees: degrees)] + (isMirrored ? [.flipAcross] : [])
            for key in Self.arrows {
                var model = try Self.turned(changes, zoom: zoom)
                let start = model.viewport.transform.middle(of: model.cursor)
                let origin = model.viewport.transform.shift
                for _ in 0..<12 {
                    let before = model.cursor
                    _ = model.press([KeyPress(key)])
                    #expect(model.cursor != before)
                    #expect(model.viewport.shows(model.cursor))
                }
                let shift = model.viewport.transform.shift
                let end = model.viewport.transform.middle(of: model.cursor)
                let scale = model.viewport.transform.scale
                let (x, y) = (
                    (end.x - shift.x - start.x + origin.x) / scale,
                    (end.y - shift.y - start.y + origin.y) / scale
                )
                let (along, off) =
                    switch key {
                    case .left: (-x, y)
                    case .right: (x, y)
                    case .up: (-y, x)
                    default: (y, x)
                    }
                #expect(along > 7 && along < 13)
                #expect(abs(off) < 1)
            }
        }
    }

    @Test("the arrows reach every pixel, even where rows run diagonally")
    func everyPixel() throws {
        var model = try Self.turned([.rotate(degrees: 45)])
        let start = model.cursor
        var seen: Set<Place> = [start]
        var frontier = [start]
        while !frontier.isEmpty, seen.count < 300 {
            let from = frontier.removeFirst()
            for key in Self.arrows {
                model.cursor = from
                model.walk = nil
                _ = model.press([KeyPress(key)])
                if seen.insert(model.cursor).inserted { frontier.append(model.cursor) }
            }
        }
        let neighbours = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (2, 1)]
        for (dx, dy) in neighbours { #expect(seen.contains(Place(x: start.x + dx, y: start.y + dy))) }
    }

    @Test(
        "a click places at the pixel that is seen under it, however the canvas is turned",
        arguments: [15.0, 37, 90, 180, 251], ["", "+", "+++"])
    func click(degrees: Double, zoom: String) throws {
        var model = try Self.turned([.rotate(degrees: degrees), .shear(by: 0.25)], zoom: zoom)
        for (column, row) in [(40, 11), (3, 5), (70, 18)] {
            let seen = [0, 1].map { model.viewport.pixel(column: column, halfRow: (row - 1) * 2 + $0) }
            guard let canvas = model.canvas, seen.allSatisfy(canvas.extent.contains) else { continue }
            let commands = model.mouse(.press(.left), column: column, row: row)
            #expect(commands.count == 1)
            #expect(seen.contains(model.cursor))
            let spot = model.seenSpot(of: model.cursor)
            #expect(model.viewport.pixel(column: spot.column, halfRow: spot.halfRow) == model.cursor)
        }
    }

    @Test("keys turn the view around the cursor, and one makes it upright again")
    func keys() throws {
        var model = try Self.turned([])
        let (cursor, before) = (model.cursor, model.viewport)
        _ = model.type("..,<")
        #expect(model.viewport.turn.degrees == 285)
        _ = model.type("XY(")
        #expect(!model.viewport.turn.isUpright)
        #expect(model.cursor == cursor)
        #expect(View.frame(of: model).rows == 24)
        _ = model.type("R")
        #expect(model.viewport.turn.isUpright && model.cursor == cursor)
        #expect(model.viewport.zoom == before.zoom && model.viewport.shows(cursor))
    }

    @Test("an angle can be typed, and what is none is refused with a word")
    func prompt() throws {
        var model = try Self.turned([])
        _ = model.type("r37")
        #expect(model.overlay == .turn("37"))
        _ = model.press([KeyPress(.enter)])
        #expect(model.viewport.turn.degrees == 37 && model.overlay == .none)
        _ = model.type("rspin")
        _ = model.press([KeyPress(.enter)])
        #expect(model.toast?.kind == .warning && model.viewport.turn.degrees == 37)
        _ = model.type("r1")
        _ = model.press([KeyPress(.escape)])
        #expect(model.viewport.turn.degrees == 37 && model.overlay == .none)
    }

    @Test("the whole turned canvas is in view at the whole zoom", arguments: [0.0, 30, 90, 200])
    func whole(degrees: Double) throws {
        var model = try Self.turned([.rotate(degrees: degrees)])
        _ = model.type("0")
        let canvas = try #require(model.canvas?.extent)
        for place in ViewportTests.places(canvas) {
            let spot = model.viewport.spot(of: place)
            #expect((0..<model.viewport.columns).contains(spot.column))
            #expect((0..<model.viewport.halfRows).contains(spot.halfRow))
        }
    }

    @Test(
        "half a screen, dragging and the wheel keep the cursor in a turned view", arguments: [37.0, 90, 200])
    func moves(degrees: Double) throws {
        var model = try Self.turned([.rotate(degrees: degrees)])
        func check() {
            let spot = model.viewport.spot(of: model.cursor)
            #expect((0..<model.viewport.columns).contains(spot.column))
            #expect((0..<model.viewport.halfRows).contains(spot.halfRow))
        }
        for key in "LLJHHHHKKLL" {
            _ = model.type(String(key))
            check()
        }
        _ = model.mouse(.press(.right), column: 40, row: 11)
        for offset in 1...30 { _ = model.mouse(.motion(.right), column: 40 - offset, row: 11) }
        _ = model.mouse(.release(.right), column: 10, row: 11)
        check()
        for _ in 0..<20 { _ = model.mouse(.wheelDown, column: 33, row: 8) }
        check()
        for _ in 0..<20 { _ = model.mouse(.wheelUp, column: 33, row: 8) }
        check()
        _ = model.update(.resized(columns: 50, rows: 20), nowMs: 60_000)
        check()
    }

    // MARK: Pixels too small to be seen

    @Test("where pixels are too small to be seen, a press comes near first and the next one places")
    func comesNear() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.type("0")
        #expect(model.viewport.zoom.isFarther(than: .actual))
        #expect(model.mouse(.press(.left), column: 41, row: 11) == [])
        #expect(model.viewport.zoom == .magnified(4) && model.viewport.shows(model.cursor))
        let place = model.cursor
        let commands = model.press([KeyPress(.enter)])
        #expect(commands == [.place(request: 1, Pixel(x: place.x, y: place.y, color: model.color))])
    }
}
