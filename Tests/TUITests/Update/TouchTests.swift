import Protocol
import Raster
import Testing

@testable import TUI

/// Buttons for fingers, and keys that a click presses where they are written.
@Suite struct TouchTests {
    static func phone(_ columns: Int = 40, _ rows: Int = 20, purpose: Model.Purpose = .play) throws -> Model {
        try SampleModels.playing(columns: columns, rows: rows, width: 200, height: 120, purpose: purpose)
    }

    /// Taps a button by what stands on it.
    static func tap(_ title: String, _ model: inout Model) throws -> [Command] {
        let button = try #require(TouchBar(model).lines.joined().first { $0.title == title }, "no \(title)")
        return model.mouse(
            .press(.left), column: button.area.column + button.area.columns / 2, row: button.area.row)
    }

    @Test(
        "where nobody has said, buttons stand on narrow screens that have rows for them",
        arguments: [(40, 20, 4), (45, 30, 4), (50, 16, 2), (51, 30, 0), (80, 24, 0), (40, 12, 0), (36, 8, 0)])
    func auto(columns: Int, rows: Int, touchRows: Int) {
        #expect(TouchBar.rowCount(columns: columns, rows: rows, .auto) == touchRows)
        #expect(TouchBar.rowCount(columns: columns, rows: rows, .off) == 0)
    }

    @Test("a person can have them anywhere but on the smallest screens, and be without")
    func wished() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        let rows = model.viewport.rows
        model.settings.touch = .on
        #expect(model.layout.touchRows == 4 && model.viewport.rows == rows - 4)
        #expect(model.viewport.shows(model.cursor))
        model.settings.touch = .off
        #expect(model.viewport.rows == rows)
        #expect(TouchBar.rowCount(columns: 36, rows: 8, .on) == 0)
    }

    @Test(
        "on every page the buttons fill their rows, each with a key that means something there",
        arguments: PageMatrix.pages, [(40, 20), (45, 30), (50, 16)])
    func pages(page: PageMatrix.Page, size: (Int, Int)) throws {
        let model = try page.model(columns: size.0, rows: size.1)
        let lines = TouchBar(model).lines
        let frame = View.frame(of: model)
        if page.name == "run" {
            #expect(lines.joined().map(\.title) == [" end "] && model.layout.touchRows == 0)
            return
        }
        #expect(lines.count == 2)
        for (number, buttons) in lines.enumerated() {
            let height = model.layout.touchRows / 2
            #expect(buttons.first?.area.column == 0)
            #expect(buttons.reduce(0) { $0 + $1.area.columns } == size.0)
            for button in buttons {
                #expect(button.area.row == model.layout.touchBar.row + number * height)
                #expect(button.area.columns >= 6 && button.area.rows == height, "\(button.title)")
                #expect(TextWidth.of(button.title) <= button.area.columns)
                #expect(frame.press(column: button.area.column, row: button.area.row) == button.press)
                let means =
                    model.overlay != .none || button.press == KeyPress(.backspace)
                    || model.bindings.action(for: button.press, in: model.keyScene) != nil
                #expect(means, "\(button.title)")
            }
        }
    }

    @Test("a first tap shows where, the second one places there")
    func twice() throws {
        var model = try Self.phone()
        #expect(model.mouse(.press(.left), column: 7, row: 4) == [])
        let place = model.cursor
        #expect(model.viewport.area(of: place).columns.contains(7))
        let commands = model.mouse(.press(.left), column: 7, row: 4)
        #expect(commands == [.place(request: 1, Pixel(x: place.x, y: place.y, color: model.color))])
        #expect(model.mouse(.press(.left), column: 9, row: 4) == [])
        #expect(model.pending.count == 1)
    }

    @Test("a pixel can be painted, zoomed and undone by taps alone")
    func canvas() throws {
        var model = try Self.phone()
        let (cursor, color, zoom) = (model.cursor, model.color, model.viewport.zoom)
        _ = try Self.tap("→", &model)
        _ = try Self.tap("↓", &model)
        #expect(model.cursor == Place(x: cursor.x + 1, y: cursor.y + 1))
        _ = try Self.tap("›", &model)
        #expect(model.color == color + 1)
        _ = try Self.tap("+", &model)
        #expect(zoom.isFarther(than: model.viewport.zoom))
        _ = try Self.tap("−", &model)
        #expect(model.viewport.zoom == zoom)
        let placed = try Self.tap("PLACE", &model)
        #expect(
            placed == [.place(request: 1, Pixel(x: cursor.x + 1, y: cursor.y + 1, color: color + 1))])
        _ = model.update(.server(.placed(request: 1, version: 1235)), nowMs: 60_000)
        #expect(try Self.tap("undo", &model) == [.undo(request: 2)])
        _ = try Self.tap("menu", &model)
        #expect(model.page == .home)
        _ = try Self.tap("↓", &model)
        _ = try Self.tap("go", &model)
        #expect(model.page == .clicks)
    }

    @Test("what has no button on the canvas is reached by the one for all commands")
    func more() throws {
        for purpose in [Model.Purpose.play, .watch] {
            var model = try Self.phone(purpose: purpose)
            #expect(try Self.tap("more", &model).isEmpty)
            #expect(model.overlay == .palette(CommandPalette()))
            _ = model.type("who placed")
            _ = try Self.tap("do it", &model)
            #expect(model.overlay == .none && model.desk.owners.isOpen)
        }
    }

    @Test("who doesn't play is offered to, and who only watches is not offered to paint")
    func states() throws {
        var model = try Self.phone()
        model.goAFK()
        #expect(try Self.tap("PLAY", &model).contains(.play))
        let watcher = try Self.phone(purpose: .watch)
        let titles = TouchBar(watcher).lines.joined().map(\.title)
        #expect(!titles.contains("PLACE") && !titles.contains("undo") && titles.contains("whole"))
    }

    @Test("a tap counts as a click of the click war, and a prompt has its own buttons")
    func others() throws {
        var model = try Self.phone()
        model.clickWar()
        let before = model.clicks.own
        _ = model.update(.clock, nowMs: 70_000)
        let button = try #require(TouchBar(model).lines[0].first)
        let click = MouseEvent(kind: .press(.left), column: button.area.column, row: button.area.row)
        _ = model.update(.input(.mouse(click)), nowMs: 70_000)
        _ = model.update(.clock, nowMs: 70_000 + KeyHold.gapMs)
        #expect(model.clicks.own != before)

        _ = model.go(.canvas)
        _ = model.type("g12,3")
        _ = try Self.tap("⌫", &model)
        #expect(model.overlay == .goTo("12,"))
        _ = try Self.tap("leave", &model)
        #expect(model.overlay == .none)
    }

    @Test("in a run fingers hit the field, which has all the room, and two taps end it")
    func run() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.settings.touch = .on
        let rows = model.viewport.rows
        model.run(.dot)
        #expect(model.arcade.play != nil && FieldLayout(.dot, model.layout) != nil)
        _ = model.update(.resized(columns: 79, rows: 24), nowMs: model.clockMs)
        for _ in 0..<2 {
            #expect(model.arcade.play != nil)
            let button = try #require(TouchBar(model).lines.joined().first)
            let tap = MouseEvent(kind: .press(.left), column: button.area.column, row: button.area.row)
            _ = model.update(.input(.mouse(tap)), nowMs: model.clockMs)
        }
        #expect(model.arcade.play == nil && model.layout.touchRows == 4)
        #expect(model.viewport.rows == rows)
    }

    @Test("keys that are written on the screen are pressed by a click on them")
    func written() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        try Self.click("? help", &model)
        #expect(model.overlay == .help(scroll: 0))
        _ = model.press([KeyPress(.escape)])
        model.goAFK()
        #expect(try Self.click(" p ", &model).contains(.play))
        model.queue()
        try Self.click("x leaves the queue", &model)
        #expect(model.leaveUntilMs != nil)
    }

    @Test("what is written below a prompt is no key while it is open")
    func covered() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.queue()
        _ = model.type("g")
        try Self.click("x leaves the queue", &model)
        #expect(model.overlay == .goTo("") && model.leaveUntilMs == nil)
    }

    @Test("the studio's hints are pressed by a click on them")
    func studio() throws {
        var studio = try StudioSamples.studio()
        let frame = StudioView.frame(of: studio)
        let row = studio.rows - 2
        let text = GridText.characters(frame, row: row)
        let at = try #require(text.firstRange(of: "F1 keys")?.lowerBound)
        _ = studio.click(column: text.distance(from: text.startIndex, to: at), row: row)
        #expect(studio.overlay == .help)
    }

    @Test("a label is read as the keys that it names")
    func labels() {
        func presses(_ label: String) -> [KeyPress] { KeyPress.named(in: label).compactMap(\.press) }
        #expect(presses("Space Enter") == [KeyPress(" "), KeyPress(.enter)])
        #expect(presses("↑↓") == [KeyPress(.up), KeyPress(.down)])
        #expect(presses("Ctrl-u") == [KeyPress(.character("u"), .control)])
        #expect(presses("F1") == [KeyPress(.function(1))])
        #expect(presses("⇧←") == [KeyPress(.left, .shift)])
        #expect(presses("1…9 click") == [])
        #expect(KeyPress.named(in: "x  y").map(\.text).joined() == "x  y")
        for scene in KeyScene.allCases {
            for (press, _) in KeyTable.entries(of: scene).flatMap(\.keys) {
                #expect(presses(press.label) == [press], "\(press.label)")
            }
        }
    }

    /// Clicks on the first character of a text on the screen.
    @discardableResult
    static func click(_ text: String, _ model: inout Model) throws -> [Command] {
        let frame = View.frame(of: model)
        for row in 0..<frame.rows {
            let line = GridText.characters(frame, row: row)
            guard let range = line.firstRange(of: text) else { continue }
            let offset = text.prefix { $0 == " " }.count
            let column = line.distance(from: line.startIndex, to: range.lowerBound) + offset
            return model.update(
                .input(.mouse(MouseEvent(kind: .press(.left), column: column, row: row))),
                nowMs: model.clockMs)
        }
        throw ProgramFailure("\(text) isn't on the screen")
    }
}
