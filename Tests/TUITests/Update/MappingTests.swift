import Protocol
import Testing

@testable import TUI

/// The small map of the whole canvas.
@Suite struct MappingTests {
    @Test("the map is there while only a part is in view, the window has room and it is wanted")
    func presence() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, width: 600, height: 400)
        #expect(Placement(model).map != nil)
        _ = model.type("0")
        #expect(Placement(model).map == nil)
        _ = model.type("0")
        #expect(Placement(model).map != nil)
        _ = model.type("M")
        #expect(Placement(model).map == nil && !model.settings.showsMinimap)
        let small = try SampleModels.playing(columns: 59, rows: 24, width: 600, height: 400)
        #expect(Placement(small).map == nil)
    }

    @Test("the map keeps off the cursor, in whatever corner that is")
    func keepsOff() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, width: 600, height: 400)
        for row in 0..<model.viewport.halfRows {
            for column in stride(from: 0, to: model.viewport.columns, by: 3) {
                model.cursor = model.viewport.pixel(column: column, halfRow: row)
                let map = try #require(Placement(model).map)
                #expect(!map.area.contains(column: column, row: 1 + row / 2))
            }
        }
    }

    @Test("a press on the map goes there, and dragging goes on", arguments: ["", "++", "<", "."])
    func press(keys: String) throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, width: 600, height: 400)
        _ = model.type(keys)
        let area = try #require(Placement(model).map?.area)
        let before = model.cursor
        _ = model.mouse(.motion(.none), column: area.column + 2, row: area.row + 2)
        #expect(model.cursor == before)
        #expect(model.mouse(.press(.left), column: area.column + 2, row: area.row + 2) == [])
        #expect(model.cursor.x < 100 && model.cursor.y < 150 && model.viewport.shows(model.cursor))
        _ = model.mouse(.motion(.left), column: area.column + area.columns - 3, row: area.row + area.rows - 3)
        #expect(model.cursor.x > 450 && model.cursor.y > 250)
        #expect(model.mouse(.release(.left), column: area.column + 3, row: area.row + 3) == [])
        #expect(!model.isOnMinimap)
    }

    @Test("the map shows the canvas's colors, and its frame moves with the view")
    func frame() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, width: 600, height: 400)
        let before = View.frame(of: model)
        _ = model.press([KeyPress(.right, .shift), KeyPress(.down, .shift)])
        let map = try #require(Placement(model).map)
        let after = View.frame(of: model)
        var changed = 0
        for row in map.area.row..<map.area.row + map.area.rows {
            for column in map.area.column..<map.area.column + map.area.columns
            where before[column, row] != after[column, row] {
                changed += 1
            }
        }
        #expect(changed > 0)
    }
}
