import Protocol
import Testing

@testable import TUI

@Suite struct MouseTests {
    @Test(
        "a click places at the pixel under it, at every zoom that shows pixels",
        arguments: ["", "+", "++", "+++", "++++"])
    func click(zoom: String) throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.type(zoom)
        let (column, row) = (41, 11)
        let commands = model.mouse(.press(.left), column: column, row: row)
        let under = model.viewport.pixel(column: column, halfRow: (row - 1) * 2)
        let below = model.viewport.pixel(column: column, halfRow: (row - 1) * 2 + 1)
        #expect(
            commands == [.place(request: 1, Pixel(x: model.cursor.x, y: model.cursor.y, color: model.color))])
        #expect(model.cursor.x == under.x)
        #expect(model.cursor.y == under.y || model.cursor.y == below.y)
    }

    @Test("hovering takes the half of a cell that it came from, and stays in the cursor's own cell")
    func halves() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        let row = 11
        let upper = model.viewport.pixel(column: 20, halfRow: (row - 1) * 2)
        _ = model.mouse(.motion(.none), column: 20, row: row - 3)
        _ = model.mouse(.motion(.none), column: 20, row: row)
        #expect(model.cursor == upper)
        _ = model.mouse(.motion(.none), column: 20, row: row + 3)
        _ = model.mouse(.motion(.none), column: 20, row: row)
        #expect(model.cursor == Place(x: upper.x, y: upper.y + 1))
        _ = model.mouse(.motion(.none), column: 20, row: row)
        #expect(model.cursor == Place(x: upper.x, y: upper.y + 1))
    }

    @Test("a click on the palette chooses the color that is drawn there")
    func palette() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        for column in [1, 5, 30, 66] {
            let strip = PaletteStrip(count: 32, chosen: Int(model.color), columns: 80)
            let expected = try #require(strip.index(at: column))
            #expect(model.mouse(.press(.left), column: column, row: 22) == [])
            #expect(model.color == expected)
        }
    }

    @Test("dragging with the right button moves the canvas with the pointer", arguments: [0, 1, 2, 3])
    func drag(steps: Int) throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, width: 600, height: 400)
        _ = model.type(String(repeating: "+", count: steps))
        let grabbed = model.viewport.pixel(column: 40, halfRow: 20)
        _ = model.mouse(.press(.right), column: 40, row: 11)
        for offset in 1...16 { _ = model.mouse(.motion(.right), column: 40 - offset, row: 11 - offset / 2) }
        _ = model.mouse(.release(.right), column: 24, row: 3)
        #expect(model.viewport.pixel(column: 24, halfRow: 4) == grabbed)
        #expect(model.viewport.shows(model.cursor))
        let origin = model.viewport.pixel(column: 0, halfRow: 0)
        _ = model.mouse(.motion(.none), column: 50, row: 11)
        #expect(model.viewport.pixel(column: 0, halfRow: 0) == origin)
    }

    @Test("a click on an open box, or beside an open prompt, places nothing and moves nothing")
    func covered() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.takeTemplate()
        _ = model.type("w%")
        let boxes = try #require(Placement(model).boxes?.areas)
        #expect(boxes.count == 2)
        for area in boxes {
            let before = model.cursor
            for (column, row) in [(area.column, area.row), (area.column + 3, area.row + 1)] {
                _ = model.mouse(.motion(.none), column: column, row: row)
                #expect(model.mouse(.press(.left), column: column, row: row).isEmpty)
                #expect(model.cursor == before && model.pending.isEmpty)
            }
        }
        for keys in ["g", "n"] {
            model = try SampleModels.playing(columns: 80, rows: 24)
            _ = model.type(keys)
            let before = model
            for (column, row) in [(3, 3), (60, 20), (5, model.layout.paletteRow)] {
                #expect(model.mouse(.press(.left), column: column, row: row).isEmpty)
            }
            #expect(model.cursor == before.cursor && model.color == before.color)
            #expect(model.overlay == before.overlay && model.pending.isEmpty)
        }
    }

    @Test("a click on a box asks for no place, one on the notice below it does")
    func coveredAway() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.type("w")
        model.goAFK()
        let box = try #require(Placement(model).boxes?.areas.first)
        #expect(model.mouse(.press(.left), column: box.column + 1, row: box.row + 1).isEmpty)
        let notice = try #require(Placement(model).notice)
        #expect(model.mouse(.press(.left), column: notice.column + 1, row: notice.row + 1) == [.play])
    }

    @Test("the wheel zooms and keeps the pixel under the pointer")
    func wheel() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, width: 600, height: 400)
        _ = model.mouse(.wheelUp, column: 33, row: 8)
        let place = model.cursor
        #expect(model.viewport.zoom == .magnified(2))
        for _ in 0..<3 {
            _ = model.mouse(.wheelUp, column: 33, row: 8)
            #expect(model.cursor == place)
        }
        #expect(model.viewport.zoom == .magnified(16))
        for _ in 0..<20 { _ = model.mouse(.wheelDown, column: 33, row: 8) }
        #expect(model.viewport.zoom == model.wholeZoom)
        #expect(model.viewport.shows(model.cursor))
    }

    @Test("events outside the canvas move nothing")
    func outside() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        let before = model
        for (column, row) in [(10, 0), (10, 23), (500, 5), (10, 99)] {
            #expect(model.mouse(.motion(.none), column: column, row: row) == [])
            #expect(model.mouse(.wheelUp, column: column, row: row) == [])
            if row != 22 { #expect(model.mouse(.press(.left), column: column, row: row) == []) }
        }
        #expect(model == before)
    }
}
