import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct UpdateTests {
    @Test("the cursor moves by arrows and by vi's keys, and stops at the canvas's edges")
    func cursor() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        let start = model.cursor
        _ = model.press([KeyPress(.right), KeyPress(.down)])
        #expect(model.cursor == Place(x: start.x + 1, y: start.y + 1))
        _ = model.type("hk")
        #expect(model.cursor == start)
        for _ in 0..<300 { _ = model.type("HK") }
        #expect(model.cursor == Place(x: 0, y: 0))
        #expect(model.viewport.shows(model.cursor))
        for _ in 0..<300 { _ = model.type("lj") }
        #expect(model.cursor == Place(x: 99, y: 59))
        #expect(model.viewport.shows(model.cursor))
    }

    @Test(
        "placing shows the pixel at once, and asks the server",
        arguments: [KeyPress(.enter), KeyPress(.character(" "))])
    func place(key: KeyPress) throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.type("5")
        let commands = model.press([key])
        let pixel = Pixel(x: model.cursor.x, y: model.cursor.y, color: 5)
        #expect(commands == [.place(request: 1, pixel)])
        #expect(model.shownIndex(at: model.cursor) == 5)
        #expect(model.canvas?.index(at: model.cursor) == 0)
    }

    @Test("a placed pixel stays under way until the replica has its version")
    func confirmed() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.type("5 ")
        let cursor = model.cursor
        _ = model.update(.server(.placed(request: 1, version: 1235)), nowMs: 60_000)
        #expect(model.shownIndex(at: cursor) == 5, "no flicker between the answer and the frame")
        let pixel = Pixel(x: cursor.x, y: cursor.y, color: 5)
        _ = model.update(.server(.changed([pixel], version: 1235)), nowMs: 60_000)
        #expect(model.pending.isEmpty)
        #expect(model.canvas?.index(at: cursor) == 5)
    }

    @Test("a refused pixel is taken back, the others stay, and the person hears how long to wait")
    func refused() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.type("5 l l ")
        let failure = Failure(.rateLimited, "slow down", retryAfterMs: 250)
        _ = model.update(.server(.refused(request: 2, failure)), nowMs: 60_000)
        #expect(model.pending.map(\.request) == [1, 3])
        #expect(model.toast?.text == "Wait 0.3 s")
        _ = model.update(.server(.placed(request: 1, version: 1235)), nowMs: 60_000)
        _ = model.update(.server(.placed(request: 3, version: 1236)), nowMs: 60_000)
        // Meanwhile the seconds are counted in which the pixels can be taken back.
        #expect(model.deadlineMs == 61_000)
        _ = model.update(.clock, nowMs: 60_000 + Toast.lifetimeMs)
        #expect(model.toast == nil)
        _ = model.update(.clock, nowMs: 60_000 + UndoWindow.windowMs)
        #expect(model.deadlineMs == nil)
    }

    @Test("a lost connection forgets latency, state and what was under way")
    func lost() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.type(" ")
        _ = model.update(.server(.link(.waiting(attempt: 1, delayMs: 500, reason: "gone"))), nowMs: 60_000)
        #expect(model.latencyUs == nil)
        #expect(model.counts == nil, "who is there is unknown, too")
        #expect(model.pending.isEmpty)
        #expect(model.play == .unknown)
        _ = model.update(.server(.latency(microseconds: 900)), nowMs: 60_000)
        #expect(model.latencyUs == nil, "an answer that comes too late says nothing")
        #expect(model.type(" ") == [])
    }

    @Test("who isn't playing places nothing and is told what to do")
    func notPlaying() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.update(.server(.status(.afk, idleLeftMs: nil)), nowMs: 60_000)
        #expect(model.type(" u") == [])
        #expect(model.toast?.text == "Press p to play")
        #expect(model.type("p") == [.play])
    }

    @Test("a watcher's keys and clicks change nothing on the server")
    func watching() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, purpose: .watch)
        #expect(model.type(" up") == [])
        #expect(model.mouse(.press(.left), column: 10, row: 10) == [])
        #expect(model.pending.isEmpty)
    }

    @Test("undo asks, quit quits, and the help swallows what it shows")
    func commands() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        #expect(model.type("u") == [.undo(request: 1)])
        #expect(model.press([KeyPress(.character("z"), .control)]) == [.suspend])
        #expect(model.press([KeyPress(.character("l"), .control)]) == [.repaint])
        #expect(model.type("? ") == [], "the key that closes the help does nothing else")
        #expect(model.overlay == .none)
        #expect(model.type("?q") == [.quit])
        #expect(model.press([KeyPress(.character("c"), .control)]) == [.quit])
    }

    @Test("a server that doesn't answer a pixel is told of once, without a round trip that no longer holds")
    func silence() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        #expect(model.deadlineMs == nil)
        _ = model.press([KeyPress(.enter)], nowMs: 60_000)
        #expect(model.deadlineMs == 62_000)
        _ = model.update(.clock, nowMs: 61_999)
        #expect(model.toast == nil)
        #expect(model.latencyUs == 1_800)
        _ = model.update(.clock, nowMs: 62_000)
        #expect(model.toast?.text == "No answer from the server yet")
        #expect(model.latencyUs == nil)
        #expect(model.deadlineMs == model.toast?.untilMs)
        _ = model.update(.clock, nowMs: 70_000)
        #expect(model.deadlineMs == nil, "nothing wakes the program again")
    }

    @Test(
        "the first color is one that is seen on a canvas of color 0",
        arguments: [
            (["#ffffff", "#d4d7d9", "#ff4500", "#ffa800"], 2), (["#000000", "#ffffff"], 1),
            (["#ff0000", "#ff0000", "#330000"], 2), (["#ffffff", "#eeeeee", "#000000", "#888888"], 2),
        ] as [([String], UInt8)])
    func firstColor(colors: [String], expected: UInt8) throws {
        let list = colors.map { "\"\($0)\"" }.joined(separator: ",")
        let palette = try Palette(json: Array("{\"name\":\"p\",\"colors\":[\(list)]}".utf8))
        let size = try #require(CanvasSize(width: 4, height: 4))
        let image = try #require(
            CanvasImage(size: size, palette: palette, cells: [UInt8](repeating: 0, count: 16)))
        var model = Model(
            purpose: .play, depth: .truecolor, serverName: "s", columns: 80, rows: 24, page: .canvas)
        _ = model.update(.server(.replaced(image, epoch: 1, version: 1)), nowMs: 0)
        #expect(model.color == expected)
    }

    @Test("colors go round, by steps, by digits and by the pixel under the cursor")
    func colors() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.type("1[[")
        #expect(model.color == 31)
        _ = model.type("]}")
        #expect(model.color == 8)
        _ = model.press([KeyPress(.tab), KeyPress(.tab, .shift)])
        #expect(model.color == 8)
        _ = model.type("g0,0")
        _ = model.press([KeyPress(.enter)])
        _ = model.type("i")
        #expect(model.color == 4)
    }

    @Test("the prompt goes to the place that was typed or pasted, inside the canvas")
    func goTo() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.type("g1q2,3")
        #expect(model.overlay == .goTo("12,3"))
        _ = model.press([KeyPress(.enter)])
        #expect(model.cursor == Place(x: 12, y: 3))
        _ = model.type("g")
        _ = model.update(.input(.paste("9999, 7\n")), nowMs: 60_000)
        _ = model.press([KeyPress(.enter)])
        #expect(model.cursor == Place(x: 99, y: 7))
        _ = model.type("g5")
        _ = model.press([KeyPress(.enter)])
        #expect(model.toast?.text == "Type two numbers: x,y")
        #expect(GoTo.place("99999999999999999999,1") == nil)
    }

    @Test("every key of a table is bound once, and help names every line", arguments: KeyScene.allCases)
    func keyTable(scene: KeyScene) {
        let entries = KeyTable.entries(of: scene)
        let presses = entries.flatMap { $0.keys.map(\.press) }
        #expect(Set(presses).count == presses.count)
        #expect(entries.allSatisfy { !$0.names.isEmpty && !$0.words.isEmpty })
    }

    @Test("a new canvas of another size is looked at anew, one of the same size where we are")
    func replaced() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.type("g3,4")
        _ = model.press([KeyPress(.enter)])
        let same = try SampleModels.image(width: 100, height: 60)
        _ = model.update(.server(.replaced(same, epoch: 1, version: 1300)), nowMs: 60_000)
        #expect(model.cursor == Place(x: 3, y: 4))
        #expect(model.version == 1300)
        let other = try SampleModels.image(width: 20, height: 10)
        _ = model.update(.server(.replaced(other, epoch: 1, version: 1)), nowMs: 60_000)
        #expect(model.cursor == Place(x: 10, y: 5))
        #expect(model.viewport.shows(model.cursor))
    }
}
