import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct TemplatingTests {
    private static func model(at origin: Place = Place(x: 50, y: 10)) throws -> Model {
        var model = try ToolTests.model()
        let template = TemplateTests.template(["717", "000", "7.7"], at: origin)
        model.report(.canvas(.template(template)), atMs: 60_000)
        return model
    }

    @Test("T asks for a file; without a place it belongs to the cursor, and nothing typed takes it away")
    func prompt() throws {
        var model = try ToolTests.model()
        _ = model.type("T~/sun.png@3,4")
        var order = try #require(TemplateOrder("~/sun.png@3,4"))
        #expect(model.press([KeyPress(.enter)]) == [.desk(.read(order, .standard))])
        _ = model.type("Tsun.png")
        order = try #require(TemplateOrder("sun.png"))
        order.place = model.cursor
        #expect(model.press([KeyPress(.enter)]) == [.desk(.read(order, .standard))])
        model = try Self.model()
        _ = model.type("T")
        #expect(model.press([KeyPress(.enter)]).isEmpty)
        #expect(model.template == nil && model.desk.match == nil)
    }

    @Test("one that was asked for at the start is read when there is a canvas, once")
    func start() throws {
        var model = Model(
            purpose: .play, depth: .truecolor, serverName: "x", columns: 80, rows: 24, page: .home)
        let order = try #require(TemplateOrder("sun.png"))
        model.desk.order = order
        #expect(model.update(.clock, nowMs: 1).isEmpty)
        let image = try SampleModels.image(width: 100, height: 60)
        #expect(
            model.update(.server(.replaced(image, epoch: 1, version: 1)), nowMs: 2) == [
                .desk(.read(order, .standard))
            ])
        #expect(model.update(.clock, nowMs: 3).isEmpty)
    }

    @Test("progress follows what is painted, by whomever")
    func progress() throws {
        var model = try Self.model()
        let before = try #require(model.desk.match)
        #expect(before.wanted == 8 && before.wrong == 5)
        model.report(
            .changed([Pixel(x: 50, y: 10, color: 7), Pixel(x: 50, y: 11, color: 9)], version: 1_300),
            atMs: 60_000)
        #expect(model.desk.match?.wrong == 5)
        #expect(model.desk.match?.colors[7].wrong == 3)
        let image = try SampleModels.image(width: 400, height: 300)
        model.report(.replaced(image, epoch: 1, version: 2_000), atMs: 61_000)
        #expect(model.desk.match == before)
    }

    @Test(
        "e goes from wrong pixel to wrong pixel with its color, over those that are being painted, to the end"
    )
    func next() throws {
        var model = try Self.model()
        var visited: [Place] = []
        for _ in 0..<5 {
            _ = model.type("e")
            visited.append(model.cursor)
            #expect(model.color == model.template?.wanted(at: model.cursor))
            _ = model.type(" ")
        }
        #expect(Set(visited).count == 5)
        _ = model.type("e")
        #expect(model.toast?.text == "test is done" && model.toast?.kind == .celebration)
    }

    @Test("m moves it by keys; Enter keeps it there, Esc puts it back, and some of it stays on the canvas")
    func move() throws {
        var model = try Self.model()
        let place = model.cursor
        _ = model.type("mllJ")
        #expect(model.template?.origin == Place(x: 52, y: 20))
        #expect(model.desk.match == TemplateMatch(try #require(model.template), try #require(model.canvas)))
        _ = model.press([KeyPress(.enter)])
        #expect(model.overlay == .none && model.cursor == place && model.template?.origin.y == 20)
        _ = model.type("m")
        for _ in 0..<100 { _ = model.type("HK") }
        #expect(model.template?.origin == Place(x: -2, y: -2))
        _ = model.press([KeyPress(.escape)])
        #expect(model.template?.origin == Place(x: 52, y: 20) && model.overlay == .none)
        _ = model.type("mc")
        #expect(model.template?.origin == place)
    }

    @Test("a template that lies outside the canvas isn't taken, and a bad picture is told of")
    func refused() throws {
        var model = try Self.model(at: Place(x: 400, y: 0))
        #expect(model.template == nil && model.toast?.kind == .warning)
        model = try Self.model(at: Place(x: -999_999, y: 999_999))
        #expect(model.template == nil)
        model.report(.canvas(.templateRefused("sun.png: not a PNG")), atMs: 60_000)
        #expect(model.toast?.text == "sun.png: not a PNG" && model.toast?.kind == .failure)
    }

    @Test("keys for a template say so where there is none")
    func none() throws {
        for key in ["t", "m", "e", "%"] {
            var model = try ToolTests.model()
            #expect(model.type(key).isEmpty)
            #expect(model.toast?.text == "No template: T takes one", "\(key)")
        }
    }
}
