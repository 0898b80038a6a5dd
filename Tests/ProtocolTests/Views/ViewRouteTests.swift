import Protocol
import Testing

@Suite struct ViewRouteTests {
    private func parse(
        _ path: String, _ query: String? = nil, userAgent: String? = nil
    ) throws(RouteFailure) -> Route {
        try Route.parse(
            method: "GET", path: path, query: query,
            headers: { $0 == "User-Agent" ? userAgent : nil }, body: [])
    }

    @Test(
        "/ is the canvas for shells and a page for everyone else",
        arguments: [
            ("curl/7.88.1", true), ("Wget/1.21.3", true), ("wget2/2.0", true), ("Mozilla/5.0", false),
            ("my-curl", false),
        ])
    func home(userAgent: String, isShell: Bool) throws {
        #expect(
            try parse("/", userAgent: userAgent) == .views(.home(isShell ? CanvasView() : nil)))
        #expect(try parse("/") == .views(.home(nil)))
    }

    @Test("nothing needs to be said: 80 by 24 in 256 colors, two frames a second")
    func defaults() throws {
        let usual = CanvasView(columns: 80, rows: 24, depth: .xterm)
        #expect(try parse("/ansi") == .views(.text(usual, ifNoneMatch: nil)))
        #expect(try parse("/watch") == .views(.watch(usual, framesPerSecond: 2)))
        #expect(try parse("/api/canvas.png", "scale=1") == .canvasPNG)
        #expect(try parse("/api/canvas.png", "scale=4") == .views(.enlarged(scale: 4)))
    }

    @Test("one of x, y and zoom makes it a part")
    func parts() throws {
        let view = CanvasView(part: CanvasView.Part(x: 0, y: 7, zoom: 1))
        #expect(try parse("/ansi", "y=7") == .views(.text(view, ifNoneMatch: nil)))
    }

    @Test(
        "what is out of bounds is named",
        arguments: [
            ("cols", "cols=1"), ("cols", "cols=501"), ("rows", "rows=0"), ("rows", "rows=x"),
            ("color", "color=rgb"), ("x", "x=-1"), ("zoom", "zoom=17"), ("zoom", "zoom=0"),
            ("fps", "fps=0"), ("fps", "fps=11"),
        ])
    func bounds(field: String, query: String) {
        do throws(RouteFailure) {
            _ = try parse("/watch", query)
            Issue.record("taken")
        } catch {
            #expect(error.failure.code == .badRequest)
            #expect(error.failure.message.contains("\"\(field)\""))
        }
    }

    @Test("a picture's scale is named, too", arguments: ["scale=0", "scale=17", "scale=two"])
    func scale(query: String) {
        #expect(throws: RouteFailure.self) { try parse("/api/canvas.png", query) }
    }
}
